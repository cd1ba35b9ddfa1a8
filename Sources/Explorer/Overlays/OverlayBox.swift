import DropoutEngine
import TerminalCells

/// Draws what lies over the view, in a frame of its own.
enum OverlayBox {
  static func draw(_ state: ExplorerState, in body: Rect, on buffer: inout CellBuffer) {
    switch state.overlay {
    // The screen gives them another room.
    case .none, .explanation, .questions: return
    case .help(let scroll):
      text(
        "keys  (\(state.keys[.help]) again: questions that people ask)",
        HelpText.lines(state.keys)
          + TimeLineRow.help(state.glyphs).wrapped(to: textWidth(body)) + HelpText.screen(state),
        scroll: scroll,
        state, in: body, on: &buffer
      )
    case .formula(let scroll):
      let panel = state.formulaPanel
      text(
        "formulas: \(panel.name)  (\(state.keys[.panel(.next)]): the next panel's)",
        panel.formulas(state), scroll: scroll, state, in: body, on: &buffer)
    case .message(let title, let lines, let scroll):
      text(title, lines.map { BoxLine($0) }, scroll: scroll, state, in: body, on: &buffer)
    case .menu(let line): MenuBox.draw(state, line: line, in: body, on: &buffer)
    case .variants(let line): VariantsBox.draw(state, line: line, in: body, on: &buffer)
    case .palette(let palette): PaletteBox.draw(palette, state, in: body, on: &buffer)
    case .saveAs(let form):
      SaveBox(
        title: "save the session as", act: "save",
        about: "A session has the experiment, every change, all branches, and where you are; "
          + "dropscope --resume NAME goes on with it."
      ).draw(form, state, in: body, on: &buffer)
    case .writeTo(let form):
      SaveBox(
        title: "write to the folder", act: "write",
        about: "The screen becomes a picture (SVG), the curves so far a table (CSV), and the "
          + "step's evidence a trace (JSON). A dot is the folder that dropscope was started in."
      ).draw(form, state, in: body, on: &buffer)
    case .goTo(let form): GoToBox.draw(form, state, in: body, on: &buffer)
    case .branches(let line): BranchesBox.draw(state, line: line, in: body, on: &buffer)
    case .branchRemoval(let line):
      BranchesBox.draw(state, line: line, isRemoving: true, in: body, on: &buffer)
    case .branchName(let number, let field):
      BranchesBox.drawName(of: number, field, state, in: body, on: &buffer)
    case .answer(let question):
      QuestionsBox.drawAnswer(state, question: question, in: body, on: &buffer)
    case .lessons(let line): LessonsBox.draw(state, line: line, in: body, on: &buffer)
    }
  }

  /// The widest text that a box shows.
  static func textWidth(_ body: Rect) -> Int { TextBox.textWidth(body) }

  /// Opens a box with the characters of a state.
  static func open(
    _ title: String, width: Int, height: Int, _ state: ExplorerState, in body: Rect,
    atBottom: Bool = false, on buffer: inout CellBuffer
  ) -> Rect {
    TextBox.open(
      title, width: width, height: height, in: body, atBottom: atBottom, glyphs: state.glyphs,
      on: &buffer)
  }

  /// Draws a text at the lower or the upper edge, so that what it is about stays in sight; keys
  /// work under it.
  static func drawAtEdge(
    _ title: String, _ text: String, hints: [String], atBottom: Bool, _ state: ExplorerState,
    in body: Rect, on buffer: inout CellBuffer
  ) {
    let width = textWidth(body)
    let lines = wrap(text, width: width)
    let edge = atBottom ? body : body.splitTop(min(body.height, lines.count + 3)).0
    let inside = open(
      title, width: width, height: lines.count + 1, state, in: edge, atBottom: true, on: &buffer)
    buffer.clipped(to: inside) { buffer in
      for (row, line) in lines.enumerated() { buffer.write(line, x: inside.x, y: inside.y + row) }
      StyledLine.hint(hints, fitting: inside.width).write(
        x: inside.x, y: inside.maxY - 1, on: &buffer)
    }
  }

  private static func text(
    _ title: String, _ lines: [BoxLine], scroll: Int, _ state: ExplorerState, in body: Rect,
    on buffer: inout CellBuffer
  ) {
    TextBox.draw(title, lines, scroll: scroll, in: body, glyphs: state.glyphs, on: &buffer)
  }
}

/// A line of text and how it is drawn.
struct BoxLine: Equatable {
  var text: String
  var style: Style

  init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }

  /// The line in lines of at most `width` columns, those after the first one indented as the first
  /// is.
  func wrapped(to width: Int) -> [BoxLine] {
    guard text.columns > width, width > 8 else { return [self] }
    let indent = String(text.prefix { $0 == " " })
    return wrap(String(text.dropFirst(indent.count)), width: width - indent.count).map {
      BoxLine(indent + $0, style)
    }
  }
}

/// The text of the help: the key table.
enum HelpText {
  /// The type, size, colours and characters of the screen.
  static func screen(_ state: ExplorerState) -> [BoxLine] {
    screen(state.terminalType, state.size, state.theme, state.glyphs)
  }

  /// The type, size, colours and characters of a screen; none where the type is not known.
  static func screen(
    _ terminalType: String, _ size: ScreenSize, _ theme: Theme, _ glyphs: GlyphSet
  ) -> [BoxLine] {
    guard !terminalType.isEmpty else { return [] }
    let colors =
      switch theme.depth {
      case .colors256: "256 colours"
      case .colors8: "8 colours"
      case .none: "no colours"
      }
    return [
      BoxLine(
        "This screen: TERM \(ForeignText.shown(terminalType, limit: 40)), "
          + "\(size.columns)x\(size.rows), \(colors), "
          + (glyphs.isUnicode ? "Unicode" : "ASCII"), Style(.dim))
    ]
  }

  static func lines(_ keys: KeyMap<KeyCommand>) -> [BoxLine] {
    keyLines(keys.rows) + [
      BoxLine(""),
      BoxLine("Words: a unit is kept or masked; scaling is off or on.", Style(.dim)),
      BoxLine(
        "keep is the probability to be kept, drop is 1 - keep: frameworks' p is the drop rate.",
        Style(.dim)),
      BoxLine(
        "Curves: test is the test pass as it is, scaled the same weights tested with scaling, "
          + "train masked the training pass.",
        Style(.dim)),
      BoxLine(
        "A click on a number says what it is; one on a unit selects it; the wheel scrolls.",
        Style(.dim)),
    ]
  }

  /// The most columns of keys that have their help beside them, and not below.
  private static let widestKeys = 16

  /// The lines of a table of keys.
  static func keyLines<Command>(_ rows: [KeyBindings<Command>]) -> [BoxLine] {
    let keys = rows.map(\.keys.columns).filter { $0 <= widestKeys }.max() ?? 0
    let indent = String(repeating: " ", count: keys + 2)
    return rows.flatMap { row in
      row.keys.columns > keys
        ? [BoxLine(row.keys), BoxLine(indent + row.help)]
        : [BoxLine(row.keys + indent.dropFirst(row.keys.columns) + row.help)]
    }
  }
}
