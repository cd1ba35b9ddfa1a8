import TerminalCells

extension RecordedState {
  /// The numbers of the screen that can be asked about.
  var explainedPlaces: ExplainedPlaces {
    ExplainedPlaces(RecordedScreen.hitMap(self)) { $0.panelName != nil && !$0.name.isEmpty }
  }

  /// The lines about a number.
  func explanation(of place: ScreenPlace) -> [BoxLine] {
    panel(of: place)?.explain(self, place) ?? []
  }

  /// The box that a click on a place opens.
  func explained(_ place: ScreenPlace?) -> Overlay {
    place.map { panel(of: $0) == nil || $0.name.isEmpty ? .none : .explanation($0) } ?? .none
  }

  /// Explains the first number of the focused panel, of the selected unit or layer where it has
  /// rows; all of the panel where it has no number that can be pointed at.
  mutating func explain() {
    let row = formulaPanel == .sums ? unit : layer
    overlay =
      explainedPlaces.first(of: formulaPanel.name, row: row).map { .explanation($0) }
      ?? .formula(scroll: 0)
  }

  /// Takes up a key while a number is explained; nil where it closes the box and does its work.
  mutating func press(
    _ key: Key, explaining place: ScreenPlace, _ command: RecordedCommand?
  ) -> [RecordedEffect]? {
    let places = explainedPlaces
    if let direction = ExplainedPlaces.Direction(key) ?? direction(command) {
      overlay = .explanation(places.neighbor(of: place, direction))
      return []
    }
    switch command {
    case .panel(let neighbor):
      overlay = .explanation(places.panel(after: place.panelName, by: neighbor.offset) ?? place)
      return []
    case .look, .hold, .logAxis:
      // The number changes while it is read.
      return command.map { perform($0) } ?? []
    case .formula: break
    default:
      guard key == .enter else { return nil }
    }
    focus = panel(of: place)
    overlay = .formula(scroll: 0)
    return []
  }

  private func panel(of place: ScreenPlace) -> RecordedPanel? {
    RecordedPanel.all.first { $0.name == place.panelName }
  }

  /// The way that a command goes on the screen; nil for any other command.
  private func direction(_ command: RecordedCommand?) -> ExplainedPlaces.Direction? {
    switch command {
    case .layer(.previous): .left
    case .layer(.next): .right
    case .unit(.up): .up
    case .unit(.down): .down
    default: nil
    }
  }
}
