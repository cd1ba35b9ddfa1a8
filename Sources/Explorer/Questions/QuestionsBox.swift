import TerminalCells

/// The list of questions, and an answer at the lower edge so that its numbers stay in sight.
enum QuestionsBox {
  static func draw(
    _ state: ExplorerState, line: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    let width = Question.all.map { $0.text.columns + 3 }.max() ?? 0
    let inside = OverlayBox.open(
      "questions", width: max(width, 44), height: Question.all.count + 2, state, in: body,
      on: &buffer)
    let (list, foot) = inside.splitBottom(2)
    Table(
      columns: [.init("", width: 1), .init("")],
      rows: Question.all.enumerated().map { index, question in
        [.init("\(index + 1)", Style(.key)), .init(question.text, Style(.strong))]
      }, selection: line, showsTitles: false
    ).draw(in: list, on: &buffer, glyphs: state.glyphs)
    buffer.write(
      "Enter or its digit: the answer  Esc: back", x: foot.x, y: foot.maxY - 1, style: Style(.dim))
  }

  /// Draws the answer to a question.
  static func drawAnswer(
    _ state: ExplorerState, question: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    guard Question.all.indices.contains(question) else { return }
    let question = Question.all[question]
    let width = OverlayBox.textWidth(body)
    let lines = wrap(question.answer(state), width: width)
    let inside = OverlayBox.open(
      question.text, width: width, height: lines.count + 1, state, in: body, atBottom: true,
      on: &buffer)
    buffer.clipped(to: inside) { buffer in
      for (row, line) in lines.enumerated() { buffer.write(line, x: inside.x, y: inside.y + row) }
      buffer.write(
        "Enter: more questions  Esc: end; all other keys work as ever", x: inside.x,
        y: inside.maxY - 1, style: Style(.dim))
    }
  }
}
