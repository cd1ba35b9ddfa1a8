import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The best and worst subnetworks with their masks.
  public static let ranked = Panel(
    "ranked", parts: ["loss", "output", "mask"], draw: RankedPanel.draw,
    formulas: EnsembleFormulas.ranked,
    explain: EnsembleExplanations.ranked)
}

/// The best and the worst subnetworks by loss, with their masks.
enum RankedPanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let columns = Columns(width: frame.area.width, masks: state.snapshot.ensemble?.units.count ?? 0)
    buffer.write(
      columns.isNarrow ? "RANKS" : "BEST, WORST", x: frame.area.x, y: frame.area.y,
      style: Style(.title))
    guard let watched = state.snapshot.ensemble else { return }
    let output = state.outputName(watched.ensemble.histogram.output)
    let headings = [
      ("loss", columns.loss),
      (
        watched.ensemble.hasProbabilities ? columns.isNarrow ? "P" : "P(\(output))" : output,
        columns.output
      ),
    ]
    for (text, end) in headings {
      buffer.write(
        text.truncated(to: columns.isNarrow ? 4 : 9, ellipsis: frame.glyphs.ellipsis),
        endX: frame.area.x + end,
        y: frame.area.y,
        style: Style(.dim))
    }
    heading(watched, state, width: frame.area.width - columns.mask).write(
      x: frame.area.x + columns.mask, y: frame.area.y, on: &buffer)
    let all =
      watched.ensemble.best.enumerated().map {
        (Self.rank($0.offset, of: "best", columns), $0.element, Role.kept)
      }
      + watched.ensemble.worstBesideBest.enumerated().reversed().map {
        (Self.rank($0.offset, of: "worst", columns), $0.element, Role.dim)
      }
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
      frame.mark("loss", row: index, at: cells(columns.loss - 6, columns.loss, y, frame.area))
      frame.mark("output", row: index, at: cells(columns.loss, columns.output, y, frame.area))
      frame.mark("mask", row: index, at: cells(columns.mask, frame.area.width, y, frame.area))
      drawMask(
        entry.1, watched, x: frame.area.x + columns.mask, y: y, glyphs: frame.glyphs, on: &buffer)
    }
  }

  /// The cells of a row between two columns.
  private static func cells(_ from: Int, _ to: Int, _ y: Int, _ area: Rect) -> Rect {
    Rect(x: area.x + from, y: y, width: max(0, to - from), height: 1)
  }

  /// The name of a rank: `best`, `2nd best`; its word alone where columns are few.
  private static func rank(_ index: Int, of word: String, _ columns: Columns) -> String {
    index == 0 || columns.isNarrow ? word : ["", "2nd ", "3rd "][min(2, index)] + word
  }

  /// Where loss and output end and the mask starts: closer together where the masks need the room.
  private struct Columns {
    let isNarrow: Bool
    var loss: Int { isNarrow ? 11 : 19 }
    var output: Int { isNarrow ? 16 : 29 }
    var mask: Int { isNarrow ? 17 : 31 }

    init(width: Int, masks: Int) { isNarrow = width < 32 + masks }
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

extension SubnetworkEnsemble {
  /// The worst subnetworks that are not among the best: where few units tell, they are the same.
  var worstBesideBest: [RankedSubnetwork] {
    worst.filter { one in !best.contains { $0.kept == one.kept } }
  }

  /// The subnetworks that are listed, from the best to the worst.
  var ranked: [RankedSubnetwork] { best + worstBesideBest.reversed() }
}
