import DropoutEngine
import TerminalCells

/// The text of a branch in the list.
struct BranchLine {
  /// Its name, with its number where it has another one.
  var title: String
  /// The branch that it left, and where; empty for the first one.
  var origin: String
  /// The steps that it got to.
  var reached: Int
  /// The number of changes on it, and the last one.
  var changes: String
  /// The lowest test loss that was measured on it; NaN where none was.
  var lowest: Double
  /// Whether training is on it.
  var isCurrent: Bool

  /// A line for each branch.
  static func all(_ state: ExplorerState) -> [BranchLine] {
    let run = state.snapshot.timeline
    // There may be a hundred thousand of them.
    let titles = Dictionary(uniqueKeysWithValues: run.branches.map { ($0.number, $0.title) })
    let curves = Dictionary(
      uniqueKeysWithValues: state.snapshot.measured.otherCurves.map { ($0.branch, $0.points) })
    return run.branches.map { branch in
      let isCurrent = branch.number == run.position.branch
      let points =
        isCurrent
        ? state.snapshot.measured.curves
        : curves[branch.number] ?? []
      let parent = branch.parent.flatMap { titles[$0] }
      let entries = branch.journal.entries
      return BranchLine(
        title: branch.name.map { "\(branch.number) \($0)" } ?? branch.title,
        origin: origin(of: branch, parent),
        reached: isCurrent ? max(branch.reached, state.snapshot.step) : branch.reached,
        changes: entries.last.map { "\(entries.count), last \($0.change.label)" } ?? "none",
        lowest: points.map(\.testLoss).filter(\.isFinite).min() ?? .nan, isCurrent: isCurrent)
    }
  }

  /// Where a branch comes from.
  ///
  /// A session does not know the number of a branch that was removed.
  private static func origin(of branch: Branch, _ parent: String?) -> String {
    if branch.number == 1, branch.parent == nil { return "the first one" }
    return "left \(parent ?? "a removed one") at step \(branch.origin)"
  }

  /// The line as a sentence.
  var sentence: String {
    "\(title)\(isCurrent ? " (here)" : ""): \(origin), \(reached) steps, changes: \(changes), "
      + "lowest test loss \(NumberText.fixed(lowest, decimals: 4))"
  }
}

/// The branches of the run.
enum BranchesBox {
  static func draw(
    _ state: ExplorerState, line: Int, isRemoving: Bool = false, in body: Rect,
    on buffer: inout CellBuffer
  ) {
    let lines = BranchLine.all(state)
    let width = OverlayBox.textWidth(body)
    let inside = OverlayBox.open(
      "branches of the run", width: width, height: lines.count + 3, state, in: body, on: &buffer)
    let (list, foot) = inside.splitBottom(2)
    let isWide = width >= 90
    Table(
      columns: [.init("branch", width: 18), .init("steps", .right, width: 9)]
        + [.init("test loss", .right, width: 9), .init("changes", width: isWide ? 30 : 22)]
        + (isWide ? [.init("begun")] : []),
      rows: lines.map { line in
        let style = Style(line.isCurrent ? .selected : .strong)
        return [
          Table.Entry(line.title, style), Table.Entry("\(line.reached)"),
          Table.Entry(
            line.lowest.isFinite ? NumberText.fixed(line.lowest, decimals: 4) : "",
            Style(.test)), Table.Entry(line.changes),
        ] + (isWide ? [Table.Entry(line.origin, Style(.dim))] : [])
      }, selection: min(line, lines.count - 1)
    ).draw(in: list, on: &buffer, glyphs: state.glyphs)
    let about =
      isRemoving
      ? removal(state, line: line)
      : "A change in the past starts a branch; the other one stays as it is."
    buffer.write(
      about.truncated(to: foot.width, ellipsis: state.glyphs.ellipsis), x: foot.x, y: foot.y,
      style: Style(isRemoving ? .error : .dim))
    if isRemoving {
      buffer.write(
        "x: remove it  any other key: keep it", x: foot.x, y: foot.maxY - 1, style: Style(.strong))
      return
    }
    let keys = [
      "Enter: go to its end  c: race it against this one  n: name it  x: remove it  Esc: back",
      "Enter: go to its end  c: race both  n: name  x: remove  Esc: back",
      "Enter: go  c: race  n: name  x: remove  Esc: back",
    ]
    StyledLine.hint(keys, fitting: foot.width).write(x: foot.x, y: foot.maxY - 1, on: &buffer)
  }

  /// The question that the next press of the key answers.
  static func removal(_ state: ExplorerState, line: Int) -> String {
    let branches = state.snapshot.timeline.branches
    let branch = branches[min(line, branches.count - 1)]
    let changes = branch.journal.entries.count
    return "Remove \(branch.title) with its \(changes) change\(changes == 1 ? "" : "s")? "
      + "Nothing brings it back."
  }

  /// Draws the line in which a branch is named.
  static func drawName(
    of number: Int, _ field: TextField, _ state: ExplorerState, in body: Rect,
    on buffer: inout CellBuffer
  ) {
    let inside = OverlayBox.open(
      "the name of branch \(number)", width: 46, height: 2, state, in: body, on: &buffer)
    field.draw(in: inside.row(0), on: &buffer, style: Style(.strong))
    buffer.write(
      "Enter: take it  Esc: back", x: inside.x, y: inside.maxY - 1, style: Style(.dim))
  }
}
