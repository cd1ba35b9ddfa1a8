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
    let (list, foot) = inside.splitBottom(inside.height < Question.all.count + 2 ? 1 : 2)
    Table(
      columns: [.init("", width: 1), .init("")],
      rows: Question.all.enumerated().map { index, question in
        [.init(String(Question.keys[index]), Style(.key)), .init(question.text, Style(.strong))]
      }, selection: line, showsTitles: false
    ).draw(in: list, on: &buffer, glyphs: state.glyphs)
    buffer.write(
      "Enter or its key: the answer  Esc: back", x: foot.x, y: foot.maxY - 1, style: Style(.dim))
  }

  /// Draws the answer to a question.
  static func drawAnswer(
    _ state: ExplorerState, question: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    guard Question.all.indices.contains(question) else { return }
    let question = Question.all[question]
    OverlayBox.drawAtBottom(
      question.text, question.answer(state), hint: "Enter: more questions  Esc: end", state,
      in: body, on: &buffer)
  }
}
