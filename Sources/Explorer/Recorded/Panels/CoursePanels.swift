import DropoutEngine
import Recordings
import TerminalCells

extension RecordedPanel {
  /// The divergence of the selected layer over the steps.
  static let course = RecordedPanel(
    "over time", draw: CoursePanels.drawDivergence, formulas: RecordedFormulas.divergence)
  /// The losses over the steps.
  static let losses = RecordedPanel(
    "losses", draw: CoursePanels.drawLosses, formulas: RecordedFormulas.losses)
}

/// Curves over the steps of the training.
enum CoursePanels {
  static func drawDivergence(
    _ state: RecordedState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let name = state.selectedLayer.map { ForeignText.shown($0.title, limit: 200) } ?? ""
    let room = max(8, frame.area.width - "OVER STEPS  D ".count)
    let layer = name.ending(in: min(24, room), ellipsis: frame.glyphs.ellipsis)
    let legend: [(String, Style)] = [
      ("  D", Style(.strong)), (" \(layer)", Style(.text)), ("  f", Style(.dim, bold: true)),
      (" floor", Style(.dim)),
    ]
    frame.heading(
      [
        StyledLine([("DIVERGENCE OVER STEPS", Style(.title))] + legend),
        StyledLine([("OVER STEPS", Style(.title))] + legend),
        StyledLine([("OVER STEPS", Style(.title))] + legend[..<2]),
      ], on: &buffer)
    let floor = state.history.floor(of: state.layer)
    let divergence = state.history.divergence(of: state.layer)
    draw(
      [
        ("f", .dim, floor),
        ("D", DepthRows.role(divergence.last, floor: floor.last), divergence),
      ],
      upwards: DepthRows.range(state, floor + divergence), state, in: frame.area.inset(top: 1),
      on: &buffer)
  }

  static func drawLosses(
    _ state: RecordedState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    func legend(_ test: String, _ training: String, _ batch: String) -> StyledLine {
      StyledLine([
        ("LOSS", Style(.title)), ("  T", Style(.test, bold: true)), (test, Style(.test)),
        ("  m", Style(.training, bold: true)), (training, Style(.training)),
        ("  b", Style(.dim, bold: true)), (batch, Style(.dim)),
      ])
    }
    frame.heading(
      [
        legend(" eval mode", " training mode (masked)", " minibatch"),
        legend(" eval", " masked", " batch"), legend("est", "asked", ""), legend("", "", ""),
      ], on: &buffer)
    let points = state.history.points
    draw(
      [
        ("b", .dim, points.map { $0.losses.batch ?? .nan }),
        ("m", .training, points.map { $0.losses.training ?? .nan }),
        ("T", .test, points.map { $0.losses.test ?? .nan }),
      ], state, in: frame.area.inset(top: 1), on: &buffer)
  }

  private static func draw(
    _ curves: [(marker: Unicode.Scalar, role: Role, values: [Double])],
    upwards: ClosedRange<Double>? = nil, _ state: RecordedState, in area: Rect,
    on buffer: inout CellBuffer
  ) {
    guard curves.contains(where: { $0.values.contains(where: \.isFinite) }) else {
      buffer.write("nothing was measured", x: area.x, y: area.y, style: Style(.dim))
      return
    }
    let steps = state.history.points.map { Double($0.step) }
    let (plot, foot) = area.splitBottom(area.height >= 6 ? 1 : 0)
    let first = steps.first ?? 0
    let inner = LinePlot(
      series: curves.map { curve in
        PlotSeries(
          marker: curve.marker, role: curve.role,
          points: zip(steps, curve.values).map { PlotPoint($0, $1) })
      },
      marks: state.isFollowing
        ? [] : [PlotMark(x: Double(state.shown.look.step), role: .frame)],
      xRange: first...max(first, steps.last ?? 0), yRange: upwards,
      scale: state.logAxis ? .logarithmic : .linear
    ).draw(in: plot, on: &buffer, glyphs: state.glyphs)
    guard !foot.isEmpty else { return }
    buffer.write(NumberText.compact(first), x: inner.x, y: foot.y, style: Style(.dim))
    buffer.write(
      "step " + NumberText.compact(steps.last ?? 0), endX: inner.maxX, y: foot.y,
      style: Style(.dim))
  }
}
