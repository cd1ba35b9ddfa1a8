import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The losses over the steps.
  public static let curves = Panel(
    "curves", draw: CurvesPanel.draw, formulas: CurveFormulas.lines)
}

/// The losses over the steps: T the test pass as it is, C the same weights scaled, m the masked
/// training pass.
enum CurvesPanel {
  /// Draws the heading, the curves and, with room, what was changed, the steps and the accuracy.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let body = frame.area.inset(top: 1)
    frame.heading(headings(state, width: frame.area.width), on: &buffer)
    guard !body.isEmpty else { return }
    guard CurveData.hasLoss(state.snapshot.measured.curves) else {
      let isEmpty = state.snapshot.measured.curves.isEmpty
      let text = isEmpty ? "no loss was measured yet" : "no loss is a finite number"
      buffer.write(text, x: body.x, y: body.y, style: Style(.dim))
      return
    }
    drawBody(state, in: body, glyphs: frame.glyphs, on: &buffer)
  }

  /// The heading with more or less of the legend, the longest first.
  private static func headings(_ state: ExplorerState, width: Int) -> [StyledLine] {
    if state.snapshot.timeline.isInPast { return pastHeadings(state) }
    let isOne = CurveData.isScaledItself(state)
    let hasLearners = !(state.snapshot.measured.curves.last?.learnerLosses.isEmpty ?? true)
    let learners: [(Character, String, Role)] = hasLearners ? [(".", " learners", .dim)] : []
    let showsTraining = CurveData.showsTraining(width: width)
    func line(_ names: [(Character, String, Role)], log: String) -> StyledLine {
      var line = StyledLine([("LOSS", Style(.title)), (log, Style(.dim))])
      for (letter, name, role) in names {
        line.append("  \(letter)", Style(role, bold: true))
        line.append(name, Style(role))
      }
      return line
    }
    let scaled: [(Character, String, Role)] = isOne ? [] : [("C", " scaled", .counterfactual)]
    let long: [(Character, String, Role)] =
      [("T", isOne ? " test as it is = C scaled" : " test as it is", .test)]
      + (isOne ? [] : [("C", " same weights scaled", .counterfactual)])
      + [("m", " masked training pass", .training)]
      + (showsTraining ? [("R", " test pass on the training part", .dim)] : []) + learners
    let middle: [(Character, String, Role)] =
      [("T", isOne ? "=C" : " as it is", .test)] + scaled + [("m", " masked", .training)]
      + (showsTraining ? [("R", " training part", .dim)] : []) + learners
    let masked: (Character, String, Role) = ("m", "=masked", .training)
    let log = state.logAxis ? " log" : ""
    return [
      line(long, log: log), line(middle, log: log),
      line(isOne ? [masked, ("T", "=C", .test)] : [masked], log: log), line([masked], log: log),
      line([masked], log: ""), line([], log: ""),
    ]
  }

  /// The step of the past at which training stands, and the curves' values there.
  private static func pastHeadings(_ state: ExplorerState) -> [StyledLine] {
    let snapshot = state.snapshot
    let own = snapshot.isCurrent(snapshot.measured.counterfactual) ? snapshot.ownEvaluation : nil
    // A point right behind a change has no minibatches of its own.
    let point = snapshot.measured.curves.last {
      $0.step <= snapshot.step && $0.minibatchLoss.isFinite
    }
    let scaled = snapshot.measured.counterfactual.value
      .evaluations[snapshot.configuration.scaledConvention]
    func value(_ name: String, _ value: Double?, _ role: Role) -> [(String, Style)] {
      let text = value.map { NumberText.fixed($0, decimals: 4) } ?? "…"
      return [("  \(name)", Style(role, bold: true)), (" " + text, Style(role))]
    }
    let title = [("LOSS", Style(.title)), (" at step \(snapshot.step)", Style(.selected))]
    let short = [("at \(snapshot.step)", Style(.selected))]
    let test = value("T", own?.loss, .test)
    let masked = value("m", point?.minibatchLoss, .training)
    let isOne = CurveData.isScaledItself(state)
    let other = isOne || own == nil ? [] : value("C", scaled?.loss, .counterfactual)
    return [
      StyledLine(title + test + other + masked), StyledLine(title + test),
      StyledLine(short + test), StyledLine(title), StyledLine(short),
      StyledLine([("LOSS", Style(.title))]),
    ]
  }

  private static func drawBody(
    _ state: ExplorerState, in body: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    let points = state.snapshot.measured.curves
    let hasAccuracy =
      body.height >= 15 && points.contains { ($0.testAccuracy ?? .nan).isFinite }
    let (losses, accuracies) = body.splitBottom(hasAccuracy ? max(4, body.height / 4) : 0)
    let (upper, line) = losses.splitBottom(losses.height >= 5 ? 1 : 0)
    let (over, legend) = upper.splitBottom(upper.height >= 11 ? 1 : 0)
    let hasNames = over.height >= 7 && !state.snapshot.marks.isEmpty
    let (plot, names) = over.splitBottom(hasNames ? 1 : 0)
    let run = state.snapshot.timeline
    let across = CurveData.stepRange(points, of: run)
    let readable =
      state.logAxis
      ? nil
      : ReadableLosses(points, others: state.snapshot.measured.otherCurves, of: run)
    let marks =
      state.snapshot.marks.map { PlotMark(x: Double($0.step), role: .frame) }
      + (readable?.broken.map { [PlotMark(x: Double($0), role: .error)] } ?? [])
      + (run.isInPast ? [PlotMark(x: Double(state.snapshot.step), role: .selected)] : [])
    let inner = LinePlot(
      series: CurveData.losses(state, width: body.width), marks: marks, xRange: across,
      yRange: readable?.range, scale: state.logAxis ? .logarithmic : .linear
    ).draw(in: plot, on: &buffer, glyphs: glyphs)
    readable?.draw(in: inner, on: &buffer, glyphs: glyphs)
    let frame = Rect(x: inner.x, y: names.y, width: inner.width, height: names.height)
    CurveMarkNames(marks: state.snapshot.marks, across: across).draw(
      in: frame, on: &buffer)
    TimeLineRow(run: run, step: state.snapshot.step, across: across).draw(
      in: Rect(x: inner.x, y: line.y, width: inner.width, height: line.height), on: &buffer,
      glyphs: glyphs)
    let signs = TimeLineRow.legend(glyphs)
    if !legend.isEmpty, signs.columns <= inner.width {
      signs.write(x: inner.x, y: legend.y, on: &buffer)
    }
    drawAccuracy(state, across: across, marks: marks, in: accuracies, glyphs: glyphs, on: &buffer)
  }

  /// Draws the share of the test part that is classified right; in the past, the heading has that
  /// of the step at which training stands.
  private static func drawAccuracy(
    _ state: ExplorerState, across: ClosedRange<Double>, marks: [PlotMark], in area: Rect,
    glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    guard !area.isEmpty else { return }
    let points = state.snapshot.measured.curves
    let (head, body) = area.splitTop(1)
    let snapshot = state.snapshot
    let last = points.last { ($0.testAccuracy ?? .nan).isFinite }?.testAccuracy ?? .nan
    let isMeasured = snapshot.isCurrent(snapshot.measured.counterfactual)
    let here = isMeasured ? snapshot.ownEvaluation?.accuracy : nil
    let text =
      snapshot.timeline.isInPast
      ? here.map { NumberText.percent($0, decimals: 1) } ?? "…"
      : NumberText.percent(last, decimals: 1)
    StyledLine([
      ("RIGHT", Style(.title)), ("  T", Style(.test, bold: true)), (" " + text, Style(.test)),
    ]).write(x: head.x, y: head.y, on: &buffer)
    let curve = PlotSeries(
      marker: "T", role: .test,
      points: points.map { PlotPoint(Double($0.step), $0.testAccuracy ?? .nan) })
    LinePlot(series: [curve], marks: marks, xRange: across).draw(
      in: body, on: &buffer, glyphs: glyphs)
  }
}
