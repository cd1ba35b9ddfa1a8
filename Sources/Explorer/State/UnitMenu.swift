public import DropoutCore

/// One thing that can be done to the selected unit.
public struct UnitMenuItem: Equatable, Sendable {
  /// What it does.
  public enum Deed: Equatable, Sendable {
    /// Keep the sentence on this unit, or let it follow the selection again.
    case watch(Bool)
    /// Change what the masks do to it.
    case intervene(UnitIntervention)
  }

  /// What it is called.
  public var title: String
  /// What it does, in a sentence.
  public var help: String
  /// What it does.
  public var deed: Deed
}

extension ExplorerState {
  /// What can be done to the selected unit; an output unit is never masked, so it can only be watched.
  public var unitMenu: [UnitMenuItem] {
    let isWatched = watchedUnit == Selection(layer: shownLayer, unit: shownUnit)
    var items = [
      UnitMenuItem(
        title: isWatched ? "stop watching" : "watch",
        help: isWatched
          ? "the sentence follows the selection again"
          : "the sentence stays on this unit while you look at others",
        deed: .watch(!isWatched))
    ]
    guard shownLayer < outputLayer else { return items }
    let address = UnitAddress(layer: shownLayer, unit: shownUnit)
    let now = snapshot.interventions[address]
    if now != .kill {
      items.append(
        UnitMenuItem(
          title: "kill", help: "always masked in training, tested as ever",
          deed: .intervene(.kill)))
    }
    if now != .pin {
      items.append(
        UnitMenuItem(title: "pin", help: "never masked", deed: .intervene(.pin)))
    }
    if now != nil {
      items.append(
        UnitMenuItem(
          title: "release", help: "masked as the others are", deed: .intervene(.release)))
    }
    return items
  }
}
