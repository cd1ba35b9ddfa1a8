import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The best and worst subnetworks with their masks.
  public static let ranked = Panel(
    "ranked", draw: RankedPanel.draw, formulas: EnsembleFormulas.ranked)
}

/// The best and the worst subnetworks by loss, with their masks.
enum RankedPanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let columns = Columns(width: frame.area.width, masks: state.snapshot.ensemble?.units.count ?? 0)
    buffer.write(
      columns.isNarrow ? "LOSS" : "BEST, WORST", x: frame.area.x, y: frame.area.y,
      style: Style(.title))
    guard let watched = state.snapshot.ensemble else { return }
    let output = state.outputName(watched.ensemble.histogram.output)
    let headings = [
      (columns.isNarrow ? "" : "loss", columns.loss),
      (watched.ensemble.hasProbabilities ? "P" : output, columns.output),
    ]
    for (text, end) in headings {
      buffer.write(
        text.truncated(to: 6, ellipsis: frame.glyphs.ellipsis), endX: frame.area.x + end,
        y: frame.area.y,
        style: Style(.dim))
    }
    heading(watched, state, width: frame.area.width - columns.mask).write(
      x: frame.area.x + columns.mask, y: frame.area.y, on: &buffer)
    let all =
      watched.ensemble.best.map { ("best", $0, Role.kept) }
      + watched.ensemble.worst.reversed().map { ("worst", $0, Role.warning) }
    for (index, entry) in all.enumerated() {
      let y = frame.area.y + 1 + index
      buffer.write(entry.0, x: frame.area.x, y: y, style: Style(entry.2))
      buffer.write(
        NumberText.fitted(entry.1.loss, decimals: 3, width: columns.isNarrow ? 5 : 8),
        endX: frame.area.x + columns.loss, y: y,
        style: Style(.text))
      buffer.write(
        NumberText.fitted(entry.1.output, decimals: 3, width: columns.isNarrow ? 4 : 6),
        endX: frame.area.x + columns.output, y: y,
        style: Style(.text))
      drawMask(
        entry.1, watched, x: frame.area.x + columns.mask, y: y, glyphs: frame.glyphs, on: &buffer)
    }
  }

  /// Where loss and output end and the mask starts: closer together where the masks need the room.
  private struct Columns {
    let isNarrow: Bool
    var loss: Int { isNarrow ? 11 : 19 }
    var output: Int { isNarrow ? 16 : 26 }
    var mask: Int { isNarrow ? 17 : 28 }

    init(width: Int, masks: Int) { isNarrow = width < 29 + masks }
  }

  /// The heading of the masks: the layers of the units.
  private static func heading(
    _ watched: WatchedEnsemble, _ state: ExplorerState, width: Int
  ) -> StyledLine {
    var names: [String] = []
    for unit in watched.units {
      let name = unit.source == 0 ? "inputs" : "hidden\(unit.source)"
      if names.last != name { names.append(name) }
    }
    let masks = names.joined(separator: " | ")
    return .longest(
      of: [
        StyledLine([("masks of \(masks)", Style(.dim))]), StyledLine([("masks", Style(.dim))]),
      ], fitting: width)
  }

  /// A mask as dots, a gap between places.
  private static func drawMask(
    _ subnetwork: RankedSubnetwork, _ watched: WatchedEnsemble, x: Int, y: Int, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    var x = x
    var source: Int?
    for (unit, isKept) in zip(watched.units, subnetwork.kept) {
      if let source, source != unit.source { x += 1 }
      source = unit.source
      buffer[x, y] = Cell(
        isKept ? glyphs.kept : glyphs.masked, Style(isKept ? .kept : .masked))
      x += 1
    }
  }
}
