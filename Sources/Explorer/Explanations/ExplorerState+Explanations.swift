import TerminalCells

extension ExplorerState {
  /// The numbers of the screen that can be asked about.
  var explainedPlaces: ExplainedPlaces { ExplainedPlaces(Screen.hitMap(self)) }

  /// Explains the first number of the focused panel, else that of the selected row; the formulas
  /// of the panel where it has no number that can be pointed at.
  mutating func explain() {
    guard hiddenPlaces.isEmpty else {
      message = "numbers are hidden in this step of the lesson, and so is what they are"
      return
    }
    let places = explainedPlaces
    if let place = places.first(of: formulaPanel.name, row: view.selectedRow(self)) {
      overlay = .explanation(place)
    } else {
      overlay = .formula(scroll: 0)
    }
  }

  /// Takes up a key while a number is explained; nil where it closes the box and does its work.
  mutating func press(
    _ key: Key, explaining place: ScreenPlace, _ command: KeyCommand?
  ) -> [Effect]? {
    let places = explainedPlaces
    if let direction = ExplainedPlaces.Direction(key) ?? direction(command) {
      overlay = .explanation(places.neighbor(of: place, direction))
      return []
    }
    switch command {
    case .panel(let neighbor):
      overlay = .explanation(places.panel(after: place.panelName, by: neighbor.offset) ?? place)
      return []
    case .formula:
      showFormulas(of: place)
      return []
    case .toggleRunning, .stepOn, .travel, .nextScaling, .keep, .l2, .example:
      // The number changes while it is read.
      return command.map { perform($0) } ?? []
    default: break
    }
    guard key == .enter else { return nil }
    showFormulas(of: place)
    return []
  }

  private mutating func showFormulas(of place: ScreenPlace) {
    if let panel = place.panel, view.panels.contains(panel) { focus = panel }
    overlay = .formula(scroll: 0)
  }

  /// The way that a command goes on the screen; nil for any other command.
  private func direction(_ command: KeyCommand?) -> ExplainedPlaces.Direction? {
    switch command {
    case .layer(.previous): .left
    case .layer(.next): .right
    case .unit(.up): .up
    case .unit(.down): .down
    default: nil
    }
  }
}

extension ExplorerState {
  /// The box that a click on a place opens; nil where there is no number to ask about.
  func explanation(of place: ScreenPlace?) -> Overlay? {
    guard let place, hiddenPlaces.isEmpty, PlaceExplanation.isExplained(place)
    else { return nil }
    return .explanation(place)
  }
}
