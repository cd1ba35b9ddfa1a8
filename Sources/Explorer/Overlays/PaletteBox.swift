import DropoutEngine
import TerminalCells

/// The palette: a line to type into, the parameters that it could mean, and what the chosen one is.
enum PaletteBox {
  static func draw(
    _ palette: PaletteState, _ state: ExplorerState, in body: Rect, on buffer: inout CellBuffer
  ) {
    let width = OverlayBox.textWidth(body)
    let suggestions = palette.suggestions
    let about = about(palette, state).flatMap { $0.wrapped(to: width) }
    let listRows = min(suggestions.count, max(3, body.height - about.count - 6))
    let inside = OverlayBox.open(
      "any parameter: name value", width: width, height: listRows + about.count + 3, state,
      in: body, on: &buffer)
    let (line, rest) = inside.splitTop(1)
    let key = buffer.write(state.keys[.palette], x: line.x, y: line.y, style: Style(.key))
    palette.field.draw(in: line.inset(left: key + 1), on: &buffer, style: Style(.strong))
    let (middle, foot) = rest.splitBottom(1)
    let (list, below) = middle.splitBottom(min(about.count, max(0, middle.height - 1)))
    Table(
      columns: [.init("parameter"), .init("now"), .init("")],
      rows: suggestions.map { row($0, state) }, selection: palette.choice ?? (-1),
      showsTitles: false
    ).draw(in: list, on: &buffer, glyphs: state.glyphs)
    buffer.clipped(to: below) { buffer in
      for (row, line) in about.enumerated() {
        buffer.write(line.text, x: below.x, y: below.y + row, style: line.style)
      }
    }
    buffer.write(
      "Tab: complete  arrows: choose  Enter: set it  Esc: back", x: foot.x, y: foot.y,
      style: Style(.dim))
  }

  private static func row(
    _ suggestion: PaletteSuggestion, _ state: ExplorerState
  ) -> [Table.Entry] {
    let definition = suggestion.definition
    if let value = suggestion.value {
      return [Table.Entry("\(definition.name) \(value)", Style(.strong)), Table.Entry("")]
    }
    return [
      Table.Entry(definition.name, Style(.strong)),
      Table.Entry(definition.get(state.settings)), Table.Entry(definition.help, Style(.dim)),
    ]
  }

  /// Whether a change is in force in the step on the screen: while training stands, that is the one
  /// that comes next.
  private static func isOfThisStep(
    _ definition: ParameterDefinition, _ state: ExplorerState
  ) -> Bool {
    definition.effect == .nextStep && state.lesson != nil && !state.isRunning
  }

  private static func about(_ palette: PaletteState, _ state: ExplorerState) -> [BoxLine] {
    if let error = palette.error { return [BoxLine(error, Style(.error))] }
    guard let definition = palette.definition else {
      return [BoxLine("no parameter has this name", Style(.warning))]
    }
    return [
      BoxLine("\(definition.name): \(definition.help)."),
      BoxLine("takes \(definition.range)", Style(.dim)),
      BoxLine(
        "now \(definition.get(state.settings)), default \(definition.defaultValue); takes effect "
          + (isOfThisStep(definition, state) ? "in this very step" : definition.effect.words),
        Style(.dim)),
    ]
  }
}
