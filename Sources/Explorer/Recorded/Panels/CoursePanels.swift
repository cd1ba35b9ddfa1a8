import DropoutEngine
import Recordings
import TerminalCells

extension RecordedPanel {
  /// The divergence of the selected layer over the steps.
  static let course = RecordedPanel(
    "over time", draw: CoursePanels.drawDivergence, formulas: RecordedFormulas.divergence,
    explain: RecordedExplanations.course)
  /// The losses over the steps.
  static let losses = RecordedPanel(
    "losses", draw: CoursePanels.drawLosses, formulas: RecordedFormulas.losses,
    explain: RecordedExplanations.losses)
}

/// Curves over the steps of the training.
enum CoursePanels {
  static func drawDivergence(
    _ state: RecordedState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let name = state.selectedLayer.map { ForeignText.shown($0.title, limit: 200) } ?? ""
    let room = max(8, frame.area.width - "OVER STEPS  ".count)
    let layer = name.ending(in: min(24, room), ellipsis: frame.glyphs.ellipsis)
    frame.heading(
      [
        StyledLine([("DIVERGENCE OVER STEPS", Style(.title)), ("  of \(layer)", Style(.dim))]),
        StyledLine([("OVER STEPS", Style(.title)), ("  \(layer)", Style(.dim))]),
        StyledLine([("OVER STEPS", Style(.title))]),
      ], on: &buffer)
    let floor = state.history.floor(of: state.layer)
    let divergence = state.history.divergence(of: state.layer)
    draw(
      [
        Curve(marker: "n", name: "noise", role: .dim, values: floor),
        Curve(
          marker: "m", name: "measured",
          role: DepthRows.role(divergence.last, floor: floor.last, layer: state.layer, state),
          values: divergence),
      ],
      upwards: DepthRows.range(state, floor + divergence), state, in: &frame, on: &buffer)
  }

  static func drawLosses(
    _ state: RecordedState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    frame.heading(
      [
        StyledLine([("LOSS", Style(.title)), ("  of the probe batch, and as trained", Style(.dim))]
        ),
        StyledLine([("LOSS", Style(.title))]),
      ], on: &buffer)
    let points = state.history.points
    draw(
      [
        Curve(
          marker: "b", name: "minibatch", role: .dim, values: points.map { $0.losses.batch ?? .nan }
        ),
        Curve(
          marker: "m", name: "masked", role: .training,
          values: points.map { $0.losses.training ?? .nan }),
        Curve(
          marker: "t", name: "test", role: .test, values: points.map { $0.losses.test ?? .nan }),
      ], state, in: &frame, on: &buffer)
  }

  /// A curve with its name, which stands at its end.
  private struct Curve {
    var marker: Unicode.Scalar
    var name: String
    var role: Role
    var values: [Double]
  }

  private static func draw(
    _ curves: [Curve],
    upwards: ClosedRange<Double>? = nil, _ state: RecordedState, in frame: inout PanelFrame,
    on buffer: inout CellBuffer
  ) {
    let area = frame.area.inset(top: 1)
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
          points: zip(steps, curve.values).map { PlotPoint($0, $1) },
          label: .init(
            state.glyphs.usesBraille ? curve.name : "\(curve.marker) \(curve.name)",
            Style(curve.role)))
      },
      marks: state.isFollowing
        ? [] : [PlotMark(x: Double(state.shown.look.step), role: .frame)],
      xRange: first...max(first, steps.last ?? 0), yRange: upwards,
      scale: state.logAxis ? .logarithmic : .linear
    ).draw(in: plot, on: &buffer, glyphs: state.glyphs)
    frame.mark("curves", at: inner)
    frame.mark("heights", at: plot.left(of: inner))
    guard !foot.isEmpty else { return }
    frame.mark("steps", at: foot)
    let (start, end) = (NumberText.compact(first), NumberText.compact(steps.last ?? 0))
    let forms = [("step " + start, "step " + end), ("step " + start, end), (start, end)]
    // The first step has its word first: it stands below the heights.
    if let form = forms.first(where: { $0.columns + 2 + $1.columns <= inner.width }) {
      buffer.write(form.0, x: inner.x, y: foot.y, style: Style(.dim))
      buffer.write(form.1, endX: inner.maxX, y: foot.y, style: Style(.dim))
    } else {
      buffer.write(start, x: inner.x, y: foot.y, style: Style(.dim))
    }
  }
}
