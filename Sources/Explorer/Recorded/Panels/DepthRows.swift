import DropoutEngine
import Recordings
import TerminalCells

extension RecordedPanel {
  /// The divergence of the sums, layer by layer.
  static let depth = RecordedPanel(
    "depth", draw: DepthRows.draw, formulas: RecordedFormulas.divergence,
    explain: RecordedExplanations.depth)
}

/// The divergence of each layer with its floor: rows where all layers fit, else a curve over depth.
enum DepthRows {
  static func draw(
    _ state: RecordedState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let count = state.header.layers.count
    guard count > 0 else { return }
    frame.heading(
      [
        line("DIVERGENCE", "  and what noise alone would show"),
        line("DIVERGENCE", "  and of noise"), line("DIVERGENCE", ""),
      ], on: &buffer)
    if count <= frame.area.height - 1 {
      drawRows(state, in: &frame, on: &buffer)
    } else {
      drawCurve(state, in: &frame, on: &buffer)
    }
  }

  /// The divergence that fills a bar or a plot at least, so that noise does not look large.
  private static let least = 0.1

  /// The meaning of a divergence: one that noise does not explain shines, and so does that of a
  /// layer behind a gap that is a bug.
  static func role(
    _ divergence: Double?, floor: Double?, layer: Int, _ state: RecordedState
  ) -> Role {
    let isBug = state.shown.worstVerdict(ofGap: layer).severity == .bug
    return isBug || (divergence ?? .nan) > 3 * (floor ?? .nan) ? .extra : .text
  }

  /// The heights of curves of divergences: from 0 on; nil leaves a logarithmic axis to the values.
  static func range(
    _ state: RecordedState, _ values: some Sequence<Double?>
  ) -> ClosedRange<Double>? {
    guard !state.logAxis else { return nil }
    return 0...max(least, SumRows.barScale(values.lazy.compactMap { $0 }))
  }

  private static func line(_ title: String, _ rest: String) -> StyledLine {
    StyledLine([(title, Style(.title)), (rest, Style(.dim))])
  }

  private static func drawRows(
    _ state: RecordedState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let (area, glyphs) = (frame.area.inset(top: 1), frame.glyphs)
    let look = state.shown.look
    let most = look.divergence.lazy.compactMap { $0 }.filter(\.isFinite).max() ?? 0
    let name = max(6, min(24, area.width - 15 - 6))
    for layer in state.header.layers.indices {
      let row = area.row(layer)
      let isSelected = layer == state.layer
      let title = ForeignText.shown(state.header.layers[layer].title, limit: 200)
      buffer.write(
        title.ending(in: name, ellipsis: glyphs.ellipsis), x: row.x, y: row.y,
        style: Style(isSelected ? .selected : .text))
      let value = look.divergence[layer] ?? .nan
      let floor = look.floor[layer] ?? .nan
      let role = role(value, floor: floor, layer: layer, state)
      buffer.write(
        NumberText.fitted(value, decimals: 3, width: 6), endX: row.x + name + 7, y: row.y,
        style: Style(role, bold: isSelected))
      buffer.write(
        NumberText.fitted(floor, decimals: 3, width: 6), endX: row.x + name + 14, y: row.y,
        style: Style(.dim))
      for (place, end) in [("divergence", name + 7), ("noise", name + 14)] {
        frame.mark(place, row: layer, at: Rect(x: row.x + end - 6, y: row.y, width: 6, height: 1))
      }
      let bar = row.inset(left: name + 15)
      Bar(
        value: min(floor, value), total: value, scale: max(most, least), valueRole: .dim,
        extraRole: role == .extra ? .extra : .dim
      ).draw(in: bar, on: &buffer, glyphs: glyphs, axisX: bar.x)
    }
  }

  private static func drawCurve(
    _ state: RecordedState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let (area, glyphs) = (frame.area.inset(top: 1), frame.glyphs)
    func curve(_ name: String, _ role: Role, _ values: [Double?]) -> PlotSeries {
      let marker = name.unicodeScalars.first ?? "?"
      var curve = PlotSeries(marker: marker, role: role, values: values.map { $0 ?? .nan })
      curve.label = .init(glyphs.usesBraille ? name : "\(marker) \(name)", Style(role))
      return curve
    }
    let look = state.shown.look
    let isLarge = look.divergence.indices.contains {
      role(look.divergence[$0], floor: look.floor[$0], layer: $0, state) == .extra
    }
    let (plot, foot) = area.splitBottom(area.height >= 5 ? 1 : 0)
    let inner = LinePlot(
      series: [
        curve("noise", .dim, look.floor),
        curve("measured", isLarge ? .extra : .text, look.divergence),
      ], marks: [PlotMark(x: Double(state.layer), role: .frame)],
      yRange: range(state, look.divergence + look.floor),
      scale: state.logAxis ? .logarithmic : .linear
    ).draw(in: plot, on: &buffer, glyphs: glyphs)
    frame.mark("divergence", row: state.layer, at: inner)
    guard !foot.isEmpty else { return }
    buffer.write("layer 1", x: inner.x, y: foot.y, style: Style(.dim))
    buffer.write(
      "\(state.header.layers.count)", endX: inner.maxX, y: foot.y, style: Style(.dim))
  }
}
