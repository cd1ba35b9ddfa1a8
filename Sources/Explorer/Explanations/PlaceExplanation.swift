import DropoutEngine
import TerminalCells

/// The meaning of one number in its place: its name, its formula, its values put in.
package enum PlaceExplanation {
  /// The most lines of a panel's formulas that stand in for a place without words of its own.
  private static let mostLines = 8

  /// Whether a place is one that can be asked about.
  static func isExplained(_ place: ScreenPlace) -> Bool {
    place == .hero || place == .title || place.isOfSentence || place.parameter != nil
      || place.panel != nil && !place.name.isEmpty
  }

  /// The heading and the lines of the explanation of a place.
  static func lines(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine] {
    if let own = state.view.explain(state, place) { return own }
    if place == .title { return title(state) }
    if let name = place.parameter { return parameter(name, state) }
    if place.isOfSentence { return SentenceNumbers.lines(state, drawn(place, state)) }
    guard let panel = place.panel else {
      return excerpt(of: (state.view.formulaPanel ?? state.view.panels[0]).formulas(state), place)
    }
    if let lines = panel.explainAxis(state, place) { return lines }
    return panel.explain(state, place) ?? excerpt(of: panel.formulas(state), place)
  }

  /// The lines as text.
  package static func texts(_ state: ExplorerState, _ place: ScreenPlace) -> [String] {
    lines(state, place).map(\.text)
  }

  /// The formulas of a panel where they are short, else the ones that name the place.
  private static func excerpt(of formulas: [BoxLine], _ place: ScreenPlace) -> [BoxLine] {
    let lines = formulas.filter { !$0.text.isEmpty }
    guard lines.count > mostLines else { return lines }
    let named = lines.filter { $0.text.lowercased().contains(place.name.lowercased()) }
    return Array((named.isEmpty ? lines : named).prefix(mostLines))
  }

  /// The text of a number of the sentence.
  private static func drawn(_ place: ScreenPlace, _ state: ExplorerState) -> String {
    let (buffer, map) = Screen.ground(state)
    let regions = SentenceNumbers.regions(map, in: ScreenLayout(state).sentence, on: buffer)
    guard let area = regions.first(where: { $0.target == .place(place) })?.area else { return "" }
    return buffer.text(x: area.x, y: area.y, columns: area.width)
  }

  /// A parameter: its value, its effect, and how it is changed.
  private static func parameter(_ name: String, _ state: ExplorerState) -> [BoxLine] {
    guard let definition = ParameterTable.definition(named: name) else {
      preconditionFailure("no parameter has the name \(name)")
    }
    let anew = definition.effect == .startsAnew ? ", and starts anew" : ""
    return [
      Explained.head(name, definition.get(state.settings)), Explained.gloss(definition.help + "."),
      Explained.note("Values: \(definition.range)."),
      Explained.note("\(state.keys[.palette]) and \(name) with a value changes it\(anew)."),
    ]
  }

  /// The step and the epoch.
  private static func title(_ state: ExplorerState) -> [BoxLine] {
    let snapshot = state.snapshot
    let batch = snapshot.configuration.batch
    let count = snapshot.dataset.trainingExamples.count
    return [
      BoxLine("step \(snapshot.step): how often the weights were updated", Style(.title)),
      BoxLine("Each step draws a minibatch of \(batch) examples and new masks, and updates once."),
      BoxLine(
        "epoch \(snapshot.epoch): how often all \(count) training examples were gone through."),
      BoxLine("The sums on the screen are of the last step that was taken.", Style(.dim)),
    ]
  }
}
