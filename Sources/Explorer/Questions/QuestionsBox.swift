import TerminalCells

/// The list of questions, and an answer at the edge where its numbers stay in sight.
enum QuestionsBox {
  static func draw(
    _ state: ExplorerState, line: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    let width = Question.all.map { $0.text.columns + 3 }.max() ?? 0
    let inside = OverlayBox.open(
      "questions  (Enter or its key: the answer  Esc: back)", width: max(width, 54),
      height: Question.all.count, state, in: body, on: &buffer)
    let isWhole = inside.height >= Question.all.count
    let (list, foot) = inside.splitBottom(isWhole ? 0 : 1)
    let shown = Table(
      columns: [.init("", width: 1), .init("")],
      rows: Question.all.enumerated().map { index, question in
        [.init(String(Question.keys[index]), Style(.key)), .init(question.text, Style(.strong))]
      }, selection: line, showsTitles: false
    ).draw(in: list, on: &buffer, glyphs: state.glyphs)
    if !isWhole {
      let (above, below) = (shown.lowerBound, Question.all.count - shown.upperBound)
      buffer.write(
        "\(above) more above, \(below) below: their keys work, too", x: foot.x, y: foot.y,
        style: Style(.dim))
    }
  }

  /// Draws the answer to a question.
  static func drawAnswer(
    _ state: ExplorerState, question: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    guard Question.all.indices.contains(question) else { return }
    let question = Question.all[question]
    let views = ViewDefinition.all.map { state.keys[.view($0)] }
    let keys = "\(views.first ?? "") to \(views.last ?? "")"
    let hints = [
      "Enter: more questions  Esc: end  \(keys): leave it for that view",
      "Enter: more  Esc: end  \(keys): to that view", "Enter: more  Esc: end",
    ]
    let text = question.answer(state)
    let subject = ScreenLayout(state).panels.first { $0.panel == question.subject }?.area
    let isBelow = subject.map { 2 * $0.y + $0.height > 2 * body.y + body.height } ?? false
    OverlayBox.drawAtEdge(
      question.text, text, hints: hints, atBottom: !isBelow, state, in: body, on: &buffer)
  }
}
