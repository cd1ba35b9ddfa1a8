import DropoutEngine
import TerminalCells

/// The rows of the data view's panel of classes, of which only those in sight are formatted.
struct ClassLines {
  /// The state that is drawn.
  let state: ExplorerState
  /// The columns that there are.
  let width: Int
  /// Sentences below the classes: what reading the data decided.
  private let below: [String]

  /// Prepares the rows.
  init(state: ExplorerState, width: Int) {
    self.state = state
    self.width = width
    below = state.snapshot.dataset.notes.flatMap { wrap($0, width: width) }
  }

  /// The classes or targets.
  var entries: Int {
    let summary = state.snapshot.summary
    return state.snapshot.dataset.isClassification ? summary.classes.count : summary.targets.count
  }

  /// All rows: the heading, the entries, a blank, sentences.
  var count: Int { 1 + entries + (below.isEmpty ? 0 : 1 + below.count) }

  /// Draws one row.
  func draw(_ line: Int, in area: Rect, frame: inout PanelFrame, on buffer: inout CellBuffer) {
    let entry = line - 1
    if entry < entries {
      if state.snapshot.dataset.isClassification {
        drawClass(entry, in: area, frame: &frame, on: &buffer)
      } else {
        drawTarget(entry, in: area, frame: &frame, on: &buffer)
      }
      return
    }
    let note = entry - entries - 1
    guard below.indices.contains(note) else { return }
    buffer.write(below[note], x: area.x, y: area.y, style: Style(.dim))
  }

  private func nameWidth(_ names: [String], most: Int) -> Int {
    let longest = names.map(\.columns).max() ?? 0
    return min(max(longest, 4), max(4, most))
  }

  /// A row of a class, or with -1 the heading.
  private func drawClass(
    _ entry: Int, in area: Rect, frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let glyphs = frame.glyphs
    let classes = state.snapshot.summary.classes
    let name = nameWidth(classes.prefix(500).map(\.name), most: max(width / 3, min(width - 15, 16)))
    let train = area.x + name + 8
    let test = train + 7
    let bar = area.inset(left: name + 17)
    guard classes.indices.contains(entry) else {
      buffer.write("train", endX: train, y: area.y, style: Style(.training))
      buffer.write("test", endX: test, y: area.y, style: Style(.test))
      return
    }
    let row = classes[entry]
    buffer.write(
      row.name.truncated(to: name, ellipsis: glyphs.ellipsis), x: area.x, y: area.y)
    for (name, count, end, role) in [
      ("train", row.training, train, Role.training), ("test", row.test, test, Role.test),
    ] {
      let columns = "\(count)".columns
      buffer.write("\(count)", endX: end, y: area.y, style: Style(role))
      frame.mark(
        name, row: entry, at: Rect(x: end - columns, y: area.y, width: columns, height: 1))
    }
    let largest = classes.map { $0.training + $0.test }.max() ?? 0
    guard bar.width > 0, largest > 0 else { return }
    func cells(_ count: Int) -> Int {
      let share = Double(count) / Double(largest)
      return count == 0 ? 0 : Int(drawn: share * Double(bar.width), in: 1...bar.width)
    }
    let first = min(cells(row.training), bar.width)
    for x in 0..<first { buffer[bar.x + x, area.y] = Cell(glyphs.thinBar, Style(.training)) }
    for x in first..<min(bar.width, first + cells(row.test)) {
      buffer[bar.x + x, area.y] = Cell(glyphs.dashedBar, Style(.test))
    }
  }

  /// A row of a target, or with -1 the heading.
  private func drawTarget(
    _ entry: Int, in area: Rect, frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let glyphs = frame.glyphs
    let targets = state.snapshot.summary.targets
    let name = nameWidth(targets.prefix(500).map(\.name), most: width / 3)
    let shown = min(4, max(0, (width - name) / 9))
    guard targets.indices.contains(entry) else {
      for (index, text) in InputsPanel.names.prefix(shown).enumerated() {
        buffer.write(
          text, endX: area.x + name + (index + 1) * 9, y: area.y, style: Style(.dim))
      }
      return
    }
    let target = targets[entry]
    buffer.write(
      target.name.truncated(to: name, ellipsis: glyphs.ellipsis), x: area.x, y: area.y)
    let values = [
      Double(target.minimum), target.mean, Double(target.maximum), target.standardDeviation,
    ]
    for (index, value) in values.prefix(shown).enumerated() {
      let text = InputsPanel.text(of: value, decimals: InputsPanel.decimals(of: [target]))
      let end = area.x + name + (index + 1) * 9
      buffer.write(text, endX: end, y: area.y)
      frame.mark(
        InputsPanel.names[index], row: entry,
        at: Rect(x: end - text.columns, y: area.y, width: text.columns, height: 1))
    }
    let bar = area.inset(left: name + shown * 9 + 2)
    guard bar.width >= 9 else { return }
    RangeBar(target).draw(
      in: Rect(x: bar.x, y: bar.y, width: min(bar.width, 21), height: 1), glyphs: glyphs,
      on: &buffer)
  }
}
