import DropoutEngine

/// The actions on whatever a view shows, in lines of which one is chosen.
struct ViewMenu: Sendable {
  /// One line.
  struct Item: Sendable {
    /// Its name.
    var title: String
    /// Its effect, in a sentence.
    var help: String
    /// Whether it is the present setting; that line is chosen first.
    var isNow = false
    /// The action.
    var perform: @Sendable (inout ExplorerState) -> [Effect]
  }

  /// The subject of the lines.
  var title: String
  /// A hint that holds for all of them.
  var hint: String
  /// The columns of the box.
  var width = 66
  /// The lines.
  var items: [Item]
}

extension ViewMenu {
  /// Creates the menu of the selected unit: an output unit is never masked, so it can only be
  /// watched.
  init(unitOf state: ExplorerState) {
    let unit = Selection(layer: state.shownLayer, unit: state.shownUnit)
    let isOutput = unit.layer == state.outputLayer
    title = "unit \(unit.unit + 1) of \(state.layerName(unit.layer))"
    hint = isOutput ? "output units are never masked" : "from the next step on"
    let isWatched = state.watchedUnit == unit
    items = [
      Item(
        title: isWatched ? "stop watching" : "watch",
        help: isWatched
          ? "the sentence follows the selection again"
          : "the sentence stays on this unit while you look at others"
      ) { state in
        state.watchedUnit = isWatched ? nil : unit
        return []
      }
    ]
    guard !isOutput else { return }
    let interventions: [(UnitIntervention, title: String, help: String)] = [
      (.kill, "kill", "always masked in training, tested as ever"),
      (.pin, "pin", "never masked"), (.release, "release", "masked as the others are"),
    ]
    let now = state.snapshot.interventions[UnitAddress(layer: unit.layer, unit: unit.unit)]
    items += interventions.filter { $0.0 != (now ?? .release) }.map { intervention, title, help in
      Item(title: title, help: help) { $0.intervene(intervention) }
    }
  }
}

extension ExplorerState {
  /// The menu of the key m in this view.
  var menu: ViewMenu { view.menu(self) }

  /// Changes what the masks do to the selected unit.
  fileprivate mutating func intervene(_ intervention: UnitIntervention) -> [Effect] {
    guard !isStartingAnew else {
      message = "another experiment is about to be shown: choose a unit there"
      return []
    }
    return send(
      .change(
        .unit(UnitAddress(layer: shownLayer, unit: shownUnit), intervention),
        of: snapshot.experiment.start))
  }
}
