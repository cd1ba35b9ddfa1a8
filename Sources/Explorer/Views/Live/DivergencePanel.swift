import DropoutMeasure
import TerminalCells

extension Panel {
  /// How much training and test sums differ, layer by layer.
  public static let divergence = Panel(
    "divergence", parts: ["measured", "theory", "ratio", "noise"], draw: DivergencePanel.draw,
    formulas: DivergenceFormulas.lines,
    explain: DivergenceExplanations.lines)
}

/// How far the sums into each layer part between training and testing: drawn by the engine, and
/// expected.
enum DivergencePanel {
  /// The rows that all layers need, with the heading.
  static func rows(_ state: ExplorerState) -> Int { layers(state).count + 1 }

  /// The layers that something masks, or all where there are none; a layer that nothing masks has
  /// nothing to show.
  private static func layers(_ state: ExplorerState) -> [Int] {
    let all = state.snapshot.measured.divergence.value
    guard !all.isEmpty else { return Array(0...state.outputLayer) }
    let masked = all.indices.filter { all[$0].method != .none }
    return masked.isEmpty ? Array(all.indices) : masked
  }

  /// Draws the heading and a row for each layer that fits; the selected one and the output layer
  /// first.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let values = state.snapshot.measured.divergence.value
    let isWide = frame.area.width >= 52
    frame.heading("DIVERGENCE", on: &buffer)
    let layers = layers(state)
    let hasGloss = layers.count + 1 < frame.area.height && Self.gloss.columns <= frame.area.width
    for column in Column.allCases {
      guard let place = column.end(isWide: isWide), place <= frame.area.width else { continue }
      buffer.write(
        column.heading(isWide: isWide), endX: frame.area.x + place, y: frame.area.y,
        style: Style(.dim))
    }
    if values.isEmpty { return frame.pending(on: &buffer) }
    let shown = shownLayers(layers, room: frame.area.height - 1, selected: state.shownLayer)
    for (row, layer) in shown.enumerated() {
      drawRow(
        layer, state, isWide: isWide, in: frame.area.row(row + 1), frame: &frame, on: &buffer)
    }
    if hasGloss {
      buffer.write(Self.gloss, x: frame.area.x, y: frame.area.maxY - 1, style: Style(.dim))
    }
    if shown.count < layers.count, frame.area.width >= 38 {
      let text = "+\(layers.count - shown.count)"
      buffer.write(text, endX: frame.area.maxX, y: frame.area.y, style: Style(.dim))
    }
  }

  /// The meaning of the numbers, for the row below the layers.
  private static let gloss = "0: test and train agree; noise: left by chance"

  /// The columns of numbers.
  enum Column: String, CaseIterable {
    /// The divergence of the masks that were drawn.
    case measured
    /// The divergence that follows from the weights and keep.
    case theory
    /// How many times the test sums are as large.
    case ratio
    /// The least that masks drawn by chance leave.
    case noise

    /// The column behind its last digit, from the left of the panel; nil where there is no room.
    ///
    /// The noise stays: without it a right scaling seems to leave something. The ratio goes, since
    /// the sums have it.
    func end(isWide: Bool) -> Int? {
      switch self {
      case .measured: isWide ? 22 : 18
      case .theory: isWide ? 32 : 25
      case .ratio: isWide ? 41 : nil
      case .noise: isWide ? 50 : 31
      }
    }

    /// Its word above the numbers: those that are measured are of masks that were drawn.
    func heading(isWide: Bool) -> String {
      self == .measured && !isWide ? "drawn" : rawValue
    }
  }

  /// The same among all layers of a network.
  static func shownLayers(_ count: Int, room: Int, selected: Int) -> [Int] {
    shownLayers(Array(0..<max(0, count)), room: room, selected: selected)
  }

  /// The layers that are shown where there is not room for all: the selected one, the output layer,
  /// and those before the selected one.
  static func shownLayers(_ layers: [Int], room: Int, selected: Int) -> [Int] {
    guard room > 0 else { return [] }
    guard layers.count > room else { return layers }
    var chosen = Set([selected].filter(layers.contains))
    if room > 1 || chosen.isEmpty, let last = layers.last { chosen.insert(last) }
    for layer in layers.sorted(by: { abs($0 - selected) < abs($1 - selected) })
    where chosen.count < room {
      chosen.insert(layer)
    }
    return chosen.sorted()
  }

  private static func drawRow(
    _ layer: Int, _ state: ExplorerState, isWide: Bool, in line: Rect, frame: inout PanelFrame,
    on buffer: inout CellBuffer
  ) {
    let measured = state.snapshot.measured.divergence
    let value = measured.value[layer]
    let isCurrent = state.snapshot.isCurrent(measured)
    let isSelected = layer == state.shownLayer
    let into = "into " + state.layerName(layer)
    buffer.write(
      isWide || into.columns <= 12 ? into : state.layerName(layer), x: line.x, y: line.y,
      style: Style(isSelected ? .selected : .text))
    func put(_ column: Column, _ number: Double, _ decimals: Int, _ style: Style) {
      let text = NumberText.fitted(number, decimals: decimals, width: isWide ? 7 : 5)
      guard let place = column.end(isWide: isWide), place <= line.width else { return }
      let end = line.x + place
      buffer.write(text, endX: end, y: line.y, style: style)
      frame.mark(
        column.rawValue, row: layer,
        at: Rect(x: end - text.columns, y: line.y, width: text.columns, height: 1))
    }
    put(
      .measured, value.drawn, 3, Style(isCurrent ? .text : .dim, bold: isSelected && isCurrent))
    if value.method == .none {
      let x = line.x + (Column.measured.end(isWide: isWide) ?? 0) + 1
      buffer.write("inputs kept", x: x, y: line.y, style: Style(.dim))
      return
    }
    put(.theory, value.expected, 3, Style(isCurrent ? .theory : .dim))
    let agreement = SumAgreement(
      ratio: value.ratio, into: layer, of: state.snapshot.configuration)
    put(.ratio, value.ratio, 2, Style(isCurrent ? agreement.role : .dim, bold: isSelected))
    put(.noise, value.drawnFloor, 3, Style(.dim))
  }
}

extension MeanMethod {
  /// Where an expected value comes from, in two words for the screen.
  var words: String {
    switch self {
    case .none: "unmasked"
    case .theory: "theory"
    case .exact: "all masks"
    case .monteCarlo(let count): "\(NumberText.compact(count)) masks"
    }
  }
}
