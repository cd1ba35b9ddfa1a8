import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The losses over the steps.
  public static let curves = Panel(
    "curves", parts: ["masked", "unmasked", "scaled", "test", "right"],
    axes: [.loss, .steps, .right], draw: CurvesPanel.draw,
    formulas: CurveFormulas.lines,
    explain: CurveExplanations.lines)
}

/// The losses over the steps: of the test pass as it is, of the same weights scaled, of the masked
/// training pass, each with its word at its end.
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
    drawBody(state, in: body, frame: &frame, on: &buffer)
  }

  /// The heading, the longest first.
  private static func headings(_ state: ExplorerState, width: Int) -> [StyledLine] {
    if state.snapshot.timeline.isInPast { return pastHeadings(state) }
    let log = state.logAxis ? " log" : ""
    let hasLearners = !(state.snapshot.measured.curves.last?.learnerLosses.isEmpty ?? true)
    let title = [("LOSS", Style(.title)), (log, Style(.dim))]
    let notes = [
      CurveData.isScaledItself(state) ? "scaling is on: scaled = test" : "",
      hasLearners ? "faint: each learner" : "",
    ].filter { !$0.isEmpty }
    let note = notes.map { "  " + $0 }.joined()
    let mean =
      CurveData.meanSteps(state.snapshot.measured.curves).map {
        "  \(CurveData.Curve.masked.name()): mean of \($0) steps"
      } ?? ""
    return [
      StyledLine(title + [("  over the steps" + note + mean, Style(.dim))]),
      StyledLine(title + [(note + mean, Style(.dim))]),
      StyledLine(title + [("  over the steps" + note, Style(.dim))]),
      StyledLine(title + [(note, Style(.dim))]), StyledLine(title),
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
    let test = value("test", own?.loss, .test)
    let masked = value(CurveData.Curve.masked.name(), point?.minibatchLoss, .training)
    let isOne = CurveData.isScaledItself(state)
    let other = isOne || own == nil ? [] : value("scaled", scaled?.loss, .counterfactual)
    return [
      StyledLine(title + test + other + masked), StyledLine(title + test + masked),
      StyledLine(title + test),
      StyledLine(short + test), StyledLine(title), StyledLine(short),
      StyledLine([("LOSS", Style(.title))]),
    ]
  }

  private static func drawBody(
    _ state: ExplorerState, in body: Rect, frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let points = state.snapshot.measured.curves
    let glyphs = frame.glyphs
    let hasAccuracy =
      body.height >= 14 && points.contains { ($0.testAccuracy ?? .nan).isFinite }
    let (losses, accuracies) = body.splitBottom(hasAccuracy ? max(4, body.height / 4) : 0)
    let (over, line) = losses.splitBottom(losses.height >= 5 ? 1 : 0)
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
    let curves = CurveData.losses(state, width: body.width, glyphs: glyphs)
    let inner = LinePlot(
      series: curves, marks: marks, xRange: across,
      yRange: state.logAxis
        ? nil : readable?.range ?? CurveData.range(of: curves, across: across),
      scale: state.logAxis ? .logarithmic : .linear
    ).draw(in: plot, on: &buffer, glyphs: glyphs)
    readable?.draw(in: inner, on: &buffer, glyphs: glyphs)
    frame.mark(PanelAxis.loss.place, at: plot.left(of: inner))
    markWords(of: curves, beside: inner, in: plot, frame: &frame, on: buffer)
    let changes = Rect(x: inner.x, y: names.y, width: inner.width, height: names.height)
    CurveMarkNames(marks: state.snapshot.marks, across: across).draw(
      in: changes, on: &buffer)
    if !line.isEmpty { frame.mark(PanelAxis.steps.place, at: line) }
    TimeLineRow(run: run, step: state.snapshot.step, across: across).draw(
      in: Rect(x: line.x, y: line.y, width: plot.maxX - line.x, height: line.height),
      curves: inner.x - line.x..<inner.maxX - line.x, on: &buffer, glyphs: glyphs)
    drawAccuracy(
      state, across: across, marks: marks, in: accuracies, below: inner, frame: &frame, on: &buffer)
  }

  /// Names the word at the end of each curve; where there is no room for words, the whole plot is
  /// the test loss.
  private static func markWords(
    of curves: [PlotSeries], beside inner: Rect, in plot: Rect, frame: inout PanelFrame,
    on buffer: CellBuffer
  ) {
    let words = Rect(
      x: inner.maxX + 1, y: plot.y, width: plot.maxX - inner.maxX - 1, height: plot.height)
    guard !words.isEmpty else {
      frame.mark(CurveData.Curve.test.rawValue, at: inner)
      return
    }
    for curve in CurveData.Curve.allCases {
      guard let text = curves.first(where: { $0.marker == curve.marker })?.label?.text else {
        continue
      }
      for y in words.y..<words.maxY
      where buffer.text(x: words.x, y: y, columns: text.columns) == text {
        frame.mark(
          curve.rawValue, at: Rect(x: words.x, y: y, width: text.columns, height: 1))
      }
    }
  }

  /// Draws the share of the test part that is classified right, step for step below the losses;
  /// the heading has that of the table of the same weights.
  private static func drawAccuracy(
    _ state: ExplorerState, across: ClosedRange<Double>, marks: [PlotMark], in area: Rect,
    below losses: Rect, frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard !area.isEmpty else { return }
    let points = state.snapshot.measured.curves
    let (head, body) = area.splitTop(1)
    let snapshot = state.snapshot
    let isMeasured = snapshot.isCurrent(snapshot.measured.counterfactual)
    let here = isMeasured ? snapshot.ownEvaluation?.accuracy : nil
    let text =
      here.map { NumberText.percent($0, decimals: 1) } ?? String(frame.glyphs.ellipsis)
    let title = StyledLine([("RIGHT", Style(.title)), ("  % of the test part  ", Style(.dim))])
    let x = head.x + title.write(x: head.x, y: head.y, on: &buffer)
    let columns = buffer.write(text, x: x, y: head.y, style: Style(.test))
    frame.mark("right", at: Rect(x: x, y: head.y, width: columns, height: 1))
    let word = PlotSeries.StyledText("test", Style(.test))
    let wordRoom = word.text.columns + 1
    let hasWord = body.maxX - losses.maxX >= wordRoom
    let curve = PlotSeries(
      marker: CurveData.Curve.test.marker, role: .test,
      points: points.map { PlotPoint(Double($0.step), 100 * ($0.testAccuracy ?? .nan)) },
      label: hasWord ? word : nil)
    for (label, row) in [("100", 0), ("50", (body.height - 1) / 2), ("0", body.height - 1)] {
      guard row > 0 && body.height % 2 == 1 || label != "50" else { continue }
      buffer.write(label, endX: losses.x - 1, y: body.y + row, style: Style(.dim))
    }
    frame.mark(PanelAxis.right.place, at: body.left(of: losses))
    LinePlot(
      series: [curve], marks: marks, xRange: across, yRange: 0...100, showsLabels: false
    ).draw(
      in: Rect(
        x: losses.x, y: body.y, width: losses.width + (hasWord ? wordRoom : 0),
        height: body.height),
      on: &buffer, glyphs: frame.glyphs)
  }
}
