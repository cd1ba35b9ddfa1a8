import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// Divergence and ratio over depth, under each scaling.
  public static let depth = Panel(
    "depth", draw: DepthPanel.draw, formulas: SumsFormulas.depth,
    explain: CloseSumExplanations.depth)
}

/// Ratio and divergence of each layer under every scaling, for the weights as they are: how the gap
/// between training and test grows with depth.
enum DepthPanel {
  /// A column of a layer.
  private struct Column {
    var place: String
    var title: String
    /// Where it ends, counted from the start of the layer's columns.
    var end: Int
  }

  /// The columns of names and verdicts.
  private static let names = 22

  /// The columns of each layer: the divergence is given up first.
  private static func columns(layers: Int, width: Int) -> [Column] {
    let all = [
      Column(place: "ratio", title: "ratio", end: 6),
      Column(place: "theory", title: "linear", end: 13),
      Column(place: "divergence", title: "divergence", end: 25),
    ]
    return names + min(2, layers) * all[2].end <= width ? all : Array(all.prefix(2))
  }

  /// The scalings that find room below the headings: the rarest mistake stands on a low panel only
  /// where it is the experiment's own.
  private static func shown(_ state: ExplorerState, height: Int) -> [ScalingDepth] {
    let all = state.snapshot.depth ?? []
    guard height < all.count + 2 else { return all }
    return all.filter {
      $0.scaling != .inverseDrop || $0.scaling == state.configuration.dropout.scaling
    }
  }

  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let depth = shown(state, height: frame.area.height)
    frame.heading("DEPTH", on: &buffer)
    guard !depth.isEmpty else {
      frame.pending(on: &buffer)
      return
    }
    let count = depth.first?.layers.count ?? 0
    let columns = columns(layers: count, width: frame.area.width)
    let group = columns.last?.end ?? 1
    let layers = DivergencePanel.shownLayers(
      count, room: max(1, (frame.area.width - names) / group), selected: state.shownLayer)
    let hasTitles = frame.area.height >= depth.count + 2
    for (place, layer) in layers.enumerated() {
      let x = frame.area.x + names + place * group
      let name = "into \(state.layerName(layer))"
      buffer.write(
        name, x: x + 1, y: frame.area.y,
        style: Style(layer == state.shownLayer ? .selected : .text), maxWidth: group - 1)
      guard hasTitles else { continue }
      for column in columns {
        buffer.write(
          column.title, endX: x + column.end, y: frame.area.y + 1,
          style: Style(column.place == "theory" ? .theory : .dim))
      }
    }
    let first = hasTitles ? 2 : 1
    let note = Self.note(
      columns, isHalfKept: state.snapshot.configuration.isHalfKept, width: frame.area.width,
      rows: frame.area.height - first - depth.count - 1)
    if hasTitles, !note.joined(separator: " ").contains("bend of the units") {
      buffer.write(
        "right leaves the bend", x: frame.area.x, y: frame.area.y + 1, style: Style(.dim),
        maxWidth: names)
    }
    for (row, scaling) in depth.enumerated() {
      draw(scaling, columns, layers: layers, state, row: first + row, in: &frame, on: &buffer)
    }
    for (index, line) in note.enumerated() {
      buffer.write(
        line, x: frame.area.x, y: frame.area.y + first + depth.count + 1 + index,
        style: Style(.dim))
    }
  }

  /// A scaling in words, and whether it is right or a bug.
  private static func words(
    _ scaling: Scaling, _ configuration: ExperimentConfiguration
  ) -> (name: String, verdict: String, role: Role) {
    switch scaling {
    case .swapped where configuration.isHalfKept: ("swapped, at .50", "same", .dim)
    case .inverseDrop where configuration.isHalfKept: ("1/drop, at .50", "same", .dim)
    case .off: ("off", "none", .dim)
    case .classic, .inverted: (scaling.rawValue, "right", .calm)
    case .double: ("scaled twice", "bug", .warning)
    case .swapped: ("keep/drop swapped", "bug", .warning)
    case .inverseDrop: ("times 1/drop", "bug", .warning)
    }
  }

  private static func draw(
    _ depth: ScalingDepth, _ columns: [Column], layers: [Int], _ state: ExplorerState, row: Int,
    in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let line = frame.area.row(row)
    guard !line.isEmpty else { return }
    let isNow = depth.scaling == state.configuration.dropout.scaling
    if isNow { buffer[line.x, line.y] = Cell(frame.glyphs.selected, Style(.selected)) }
    var scaled = state.snapshot.configuration
    scaled.dropout.scaling = depth.scaling
    let words = words(depth.scaling, scaled)
    buffer.write(
      words.name, x: line.x + 1, y: line.y, style: Style(isNow ? .selected : .text))
    buffer.write(words.verdict, endX: line.x + names, y: line.y, style: Style(words.role))
    frame.mark(
      depth.scaling.rawValue, at: Rect(x: line.x, y: line.y, width: names, height: 1))
    for (place, layer) in layers.enumerated() {
      let x = line.x + names + place * (columns.last?.end ?? 1)
      let value = depth.layers[layer]
      let agreement = SumAgreement(ratio: value.ratio, into: layer, of: scaled)
      for column in columns {
        let (number, style): (Double, Style) =
          switch column.place {
          case "ratio": (value.ratio, Style(agreement.role, bold: isNow))
          case "theory": (depth.compounded[layer], Style(.theory))
          default: (value.drawn, Style(.text, bold: isNow))
          }
        buffer.write(
          NumberText.fitted(number, decimals: 2, width: 5), endX: x + column.end, y: line.y,
          style: style)
        frame.mark(
          column.place, row: layer,
          at: Rect(x: x + column.end - 5, y: line.y, width: 5, height: 1))
      }
    }
  }

  /// The meaning of the numbers in the lines that there is room for; the reason why a right scaling
  /// leaves something goes before that why two are the same, whose name says it.
  private static func note(
    _ columns: [Column], isHalfKept: Bool, width: Int, rows: Int
  ) -> [String] {
    guard rows > 0 else { return [] }
    let divergence =
      columns.count > 2 ? " divergence: how far the sums are apart on average." : ""
    let ratio = "ratio: test sum over mean training sum, of the probe examples; 1.00: the same."
    let theory = " linear: the ratio if no unit bent its sum."
    let bend = " What right leaves is the bend of the units below."
    let half = isHalfKept ? " swapped and 1/drop are right here: keep and drop are both 0.5." : ""
    let scalings = " classic: times keep in testing. inverted: times 1/keep in training."
    let texts = [
      ratio + theory + bend + half + scalings + divergence,
      ratio + theory + bend + half + scalings, ratio + theory + bend + half, ratio + theory + bend,
      ratio + theory, ratio,
    ]
    return texts.map { wrap($0, width: width) }.first { $0.count <= rows } ?? []
  }
}

extension ExperimentConfiguration {
  /// Whether half is kept wherever something is dropped, so that keep and drop are one number.
  var isHalfKept: Bool {
    let keeps = (0...hidden.count).map { keepProbability(feeding: $0) }.filter { $0 < 1 }
    return !keeps.isEmpty && keeps.allSatisfy { $0 == 0.5 }
  }
}
