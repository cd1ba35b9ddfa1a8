import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The numbers of the race, a row for each variant.
  public static let raceTable = Panel(
    "race table",
    parts: [
      "name", "loss", "difference", "accuracy", "ratio", "masked", "divergence", "weights",
      "settings",
    ], draw: RaceTablePanel.draw, formulas: RaceFormulas.lines,
    explain: RaceExplanations.lines)
}

/// The numbers of all runners: the contest, then its references; where a runner's settings differ
/// from the first one's, they stand in its row or below the table.
enum RaceTablePanel {
  /// A line of the table.
  private enum Line {
    case references
    case lane(Int)
  }

  /// The rows that the whole table takes.
  static func rows(_ state: ExplorerState, width: Int) -> Int {
    1 + lines(RaceContest(state)).count + settingsLines(state, width: width).count
  }

  private static func lines(_ contest: RaceContest) -> [Line] {
    contest.contest.map { .lane($0) }
      + (contest.references.isEmpty ? [] : [.references])
      + contest.references.map { .lane($0) }
  }

  /// Whether the settings stand in the rows.
  private static func hasSettings(_ state: ExplorerState, width: Int) -> Bool {
    RaceColumns(state.lanes, width: width).hasSettings
  }

  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let first = state.lanes.first else { return }
    let contest = RaceContest(state)
    let columns = RaceColumns(state.lanes, width: frame.area.width)
    let hasSettings = hasSettings(state, width: frame.area.width)
    let all = lines(contest)
    // Without room for a column, the settings of the selected runner stand below the table.
    let below = settingsLines(state, width: frame.area.width)
    let hasLines = frame.area.height >= all.count + 1 + below.count
    let table = frame.area.splitTop(frame.area.height - (hasLines ? below.count : 0)).0
    drawHeading(
      contest, columns, hasSettings: hasSettings, first, of: table, in: &frame, on: &buffer)
    let room = table.height - 1
    let selected = all.firstIndex { if case .lane(state.raceLine) = $0 { true } else { false } }
    let shown = Table.visibleRows(count: all.count, height: max(0, room), selection: selected)
    for (row, index) in shown.enumerated() {
      switch all[index] {
      case .references:
        drawReferences(state, contest, in: frame.area.row(1 + row), on: &buffer)
      case .lane(let lane):
        draw(lane, state, columns, row: 1 + row, in: &frame, on: &buffer)
        if hasSettings {
          drawSettings(
            state, lane, x: frame.area.x + columns.end + 2, row: 1 + row, in: &frame, on: &buffer)
        }
      }
    }
    guard hasLines else { return }
    for (row, text) in below.enumerated() {
      let line = frame.area.row(frame.area.height - below.count + row)
      buffer.write(text, x: line.x + 1, y: line.y, style: Style(.dim))
      frame.mark("settings", at: line)
    }
  }

  /// The heading of the references, and what it means where no dropout at all does best.
  private static func drawReferences(
    _ state: ExplorerState, _ contest: RaceContest, in line: Rect, on buffer: inout CellBuffer
  ) {
    let x = line.x + 1 + buffer.write("REFERENCES", x: line.x + 1, y: line.y, style: Style(.title))
    let text = contest.referenceTexts(state.lanes).first { x + 2 + $0.columns <= line.maxX }
    if let text { buffer.write(text, x: x + 2, y: line.y, style: Style(.dim)) }
  }

  private static func drawHeading(
    _ contest: RaceContest, _ columns: RaceColumns, hasSettings: Bool, _ first: LaneSnapshot,
    of table: Rect, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let (x, y) = (table.x, table.y)
    buffer.write(
      contest.references.isEmpty ? "VARIANTS" : "CONTEST", x: x + 1, y: y, style: Style(.title))
    var end = x + columns.name
    for column in columns.columns {
      end += 2 + column.width
      buffer.write(column.title, endX: end, y: y, style: column.style)
      frame.mark(
        column.place,
        at: Rect(x: end - column.width, y: y, width: column.width, height: table.height))
    }
    guard hasSettings else { return }
    frame.mark(
      "settings",
      at: Rect(x: end + 2, y: y, width: table.maxX - end - 2, height: table.height))
    buffer.write("differs from \(first.shortName) in", x: end + 2, y: y, style: Style(.dim))
  }

  /// One runner: its mark and name, and its numbers.
  private static func draw(
    _ lane: Int, _ state: ExplorerState, _ columns: RaceColumns, row: Int,
    in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let line = frame.area.row(row)
    let value = state.lanes[lane]
    let isSelected = lane == state.raceLine
    let style = RaceMarks.style(lane, isFront: state.frontLanes.contains(lane))
    if isSelected { buffer[line.x, line.y] = Cell(frame.glyphs.selected, Style(.selected)) }
    buffer.write(RaceMarks.swatch(lane, state), x: line.x + 1, y: line.y, style: style)
    let name = value.shortName + (value.notFinite == nil ? "" : " !")
    buffer.write(
      name.truncated(to: columns.name - 4, ellipsis: frame.glyphs.ellipsis), x: line.x + 4,
      y: line.y, style: style)
    var end = line.x + columns.name
    for column in columns.columns {
      end += 2 + column.width
      var entry = column.entry(value, lane, column.width)
      entry.style.bold = entry.style.bold || isSelected
      buffer.write(entry.text, endX: end, y: line.y, style: entry.style)
      frame.mark(
        column.place, row: lane,
        at: Rect(x: end - column.width, y: line.y, width: column.width, height: 1))
    }
    // Its numbers come first, for a person who asks.
    frame.mark(
      "name", row: lane, at: Rect(x: line.x, y: line.y, width: columns.name, height: 1))
  }

  private static func drawSettings(
    _ state: ExplorerState, _ lane: Int, x: Int, row: Int, in frame: inout PanelFrame,
    on buffer: inout CellBuffer
  ) {
    let settings = RaceSettings(of: state.lanes[lane], among: state.lanes)
    let start = lane == 0 ? "(this one) " : ""
    let text =
      lane == 0 || settings.differs
      ? start + settings.text(width: frame.area.maxX - x - start.columns, key: state.keys[.formula])
      : "nothing"
    buffer.write(
      text, x: x, y: frame.area.y + row, style: Style(settings.differs ? .text : .dim))
    frame.mark(
      "settings", row: lane,
      at: Rect(x: x, y: frame.area.y + row, width: frame.area.maxX - x, height: 1))
  }

  /// The settings of the selected runner in lines; none where they stand in its row, whole.
  private static func settingsLines(_ state: ExplorerState, width: Int) -> [String] {
    guard let lane = state.shownLane, let first = state.lanes.first else { return [] }
    let settings = RaceSettings(of: lane, among: state.lanes)
    let columns = RaceColumns(state.lanes, width: width)
    if columns.hasSettings,
      (settings.differs ? "" : "(this one) ").columns + settings.text.columns
        <= width - columns.end - 2
    {
      return []
    }
    let start =
      settings.differs
      ? "\(lane.shortName) differs from \(first.shortName) in " : "\(lane.shortName): "
    let lines = wrap(start + settings.text, width: width - 1)
    guard lines.count > 3 else { return lines }
    return [
      start + settings.text(width: width - 1 - start.columns, key: state.keys[.formula])
    ]
  }
}
