import DropoutEngine
import TerminalCells

extension Panel {
  /// The classes, or the distribution of the targets, and the split.
  public static let classes = Panel(
    "classes", minimum: ScreenSize(columns: 1, rows: 1), draw: ClassesPanel.draw,
    formulas: DataFormulas.lines, explain: DataExplanations.classes)
}

/// The split of the dataset, the examples of each class or the ranges of the targets, and what
/// reading it decided.
enum ClassesPanel {
  /// The number of rows that can be scrolled through, for a width.
  static func rowCount(_ state: ExplorerState, width: Int) -> Int {
    ClassLines(state: state, width: width).count
  }

  /// Draws the heading and the rows that fit.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let lines = ClassLines(state: state, width: frame.area.width)
    let places = ScrolledRows(
      count: lines.count, room: frame.area.height - 1, scroll: state.scroll[.classes] ?? 0)
    let name = state.snapshot.dataset.isClassification ? "CLASSES" : "TARGETS"
    let title = (name, Style(.title))
    let count = [("  \(lines.entries)", Style(.dim))]
    let range = places.text.map { [("  rows " + $0, Style(.dim))] } ?? []
    frame.heading(
      [
        StyledLine([title] + count + range), StyledLine([title] + count), StyledLine([title]),
      ], on: &buffer)
    for (index, line) in places.shown.enumerated() {
      lines.draw(line, in: frame.area.row(index + 1), frame: &frame, on: &buffer)
    }
  }
}
