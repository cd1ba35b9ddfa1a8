import DropoutEngine
import Recordings
import TerminalCells

/// The first line: the model at the left, the look and whether the training runs at the right.
enum RecordedTitle {
  static func draw(_ state: RecordedState, in area: Rect, on buffer: inout CellBuffer) {
    let progress = progress(state)
    var x = area.x + 1
    x += buffer.write("dropscope", x: x, y: area.y, style: Style(.title)) + 2
    let room = area.maxX - 3 - progress.columns - x
    let model = ForeignText.shown(state.header.model, limit: 40)
    let count = state.header.layers.count
    let layers = count == 1 ? "1 layer" : "\(count) layers"
    let frameworks = state.header.frameworks.prefix(3).map {
      ForeignText.shown($0.name, limit: 20) + " " + ForeignText.shown($0.version, limit: 20)
    }
    let forms = [
      ([model, layers] + frameworks + [
        "\(state.header.passes) passes of "
          + "\(state.header.examples) examples"
      ]).joined(separator: "  "),
      ([model, layers] + frameworks).joined(separator: "  "), "\(model)  \(layers)", model,
    ]
    let text = forms.first { $0.columns <= room } ?? model
    buffer.write(
      text.truncated(to: max(0, room), ellipsis: state.glyphs.ellipsis), x: x, y: area.y)
    progress.write(x: area.maxX - 1 - progress.columns, y: area.y, on: &buffer)
  }

  private static func progress(_ state: RecordedState) -> StyledLine {
    let isOpen = state.activity.isOpen
    let mark = String(isOpen && state.isFollowing ? state.glyphs.running : state.glyphs.paused)
    let torn = !isOpen && state.unfinishedBytes > 0 ? ", last line torn" : ""
    let held = state.isFollowing || !isOpen ? "" : ", held"
    return StyledLine([
      ("\(mark) step \(state.shown.look.step)", Style(.strong)),
      (
        "  " + state.activity.words + torn + held,
        Style(isOpen || torn.isEmpty && !isWrong(state.activity) ? .dim : .warning)
      ),
    ])
  }

  private static func isWrong(_ activity: RecordingActivity) -> Bool {
    switch activity {
    case .gone, .unclaimed, .failed, .pipeEnded, .broken: true
    case .running, .piped, .ended: false
    }
  }
}

/// The line of all looks, with the place of the one that is shown.
enum LookLine {
  static func draw(_ state: RecordedState, in area: Rect, on buffer: inout CellBuffer) {
    let last = max(1, state.lookCount)
    let left = StyledLine([
      ("look ", Style(.dim)), ("\(state.shown.index + 1)", Style(.strong)),
      (" of \(last)", Style(.dim)),
    ])
    let newest = state.history.points.last?.step ?? state.shown.look.step
    let right = StyledLine([("newest: step \(newest)", Style(.dim))])
    let x = area.x + left.write(x: area.x, y: area.y, on: &buffer) + 1
    let end = area.maxX - right.columns - 1
    right.write(x: end + 1, y: area.y, on: &buffer)
    guard end - x >= 8 else { return }
    let line = Rect(x: x, y: area.y, width: end - x, height: 1)
    buffer.fill(line, with: Cell(state.glyphs.horizontal, Style(.frame)))
    let share = last > 1 ? Double(state.shown.index) / Double(last - 1) : 1
    let column = Int(drawn: share * Double(line.width - 1), in: 0...line.width - 1)
    buffer.fill(
      Rect(x: x, y: area.y, width: column, height: 1),
      with: Cell(state.glyphs.horizontal, Style(.dim)))
    buffer[x + column, area.y] = Cell(state.glyphs.kept, Style(.selected))
  }
}
