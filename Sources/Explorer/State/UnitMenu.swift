public import DropoutEngine
import TerminalCells

/// One thing that can be done to what is selected.
public struct UnitMenuItem: Equatable, Sendable {
  /// What it does.
  public enum Deed: Equatable, Sendable {
    /// Keep the sentence on this unit, or let it follow the selection again.
    case watch(Bool)
    /// Change what the masks do to it.
    case intervene(UnitIntervention)
    /// Start a race.
    case race(RacePreset)
    /// Enumerate the subnetworks of up to so many masked units.
    case enumerate(units: Int)
  }

  /// What it is called.
  public var title: String
  /// What it does, in a sentence.
  public var help: String
  /// What it does.
  public var deed: Deed
}

extension ExplorerState {
  /// What can be done to the ensemble, or to the selected unit: an output unit is never masked, so it can only be
  /// watched.
  public var unitMenu: [UnitMenuItem] {
    if view == .ensemble { return ensembleMenu }
    if view == .race {
      return RacePreset.allCases.map {
        UnitMenuItem(title: $0.title, help: $0.help, deed: .race($0))
      }
    }
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

  /// How many masked units are enumerated: more take longer, with progress on the screen.
  private var ensembleMenu: [UnitMenuItem] {
    [20, 22, 24, 26, 28, 30].map { units in
      let count = NumberText.grouped(1 << units)
      return UnitMenuItem(
        title: "up to \(units) units",
        help: units == 20
          ? "\(count) subnetworks, many times a second" : "\(count) subnetworks, with progress",
        deed: .enumerate(units: units))
    }
  }
}
