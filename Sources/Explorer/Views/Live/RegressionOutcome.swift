import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The predictions against the targets, a point for each example: on the diagonal it is right.
enum RegressionOutcome {
  /// Draws the heading and the scatter plot.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let glyphs = frame.glyphs
    let (head, body) = frame.area.splitTop(1)
    let heading = heading(state, width: head.width)
    heading.write(x: head.x, y: head.y, on: &buffer)
    markScores(in: heading, at: head, frame: &frame)
    let scatter = Scatter(state: state, output: shownOutput(state))
    guard let range = scatter.range else {
      buffer.write("no prediction is a number", x: body.x, y: body.y, style: Style(.dim))
      return
    }
    let (plot, labels) = body.splitBottom(body.height >= 6 ? 1 : 0)
    if !labels.isEmpty {
      let low = NumberText.significant(range.lowerBound, digits: 2)
      let high = NumberText.significant(range.upperBound, digits: 2)
      buffer.write(low, x: labels.x, y: labels.y, style: Style(.dim))
      let right = StyledLine.longest(
        of: [
          StyledLine([("true, upwards predicted  " + high, Style(.dim))]),
          StyledLine([("true " + high, Style(.dim))]), StyledLine([(high, Style(.dim))]),
        ], fitting: labels.width - low.columns - 1)
      right.write(x: labels.maxX - right.columns, y: labels.y, on: &buffer)
    }
    scatter.draw(in: plot, range: range, glyphs: glyphs, on: &buffer)
  }

  /// The output that is drawn: the selected unit where the output layer is selected, else the first
  /// one.
  static func shownOutput(_ state: ExplorerState) -> Int {
    state.shownLayer == state.outputLayer ? state.shownUnit : 0
  }

  /// Names the numbers of the heading, each behind its word.
  private static func markScores(in heading: StyledLine, at head: Rect, frame: inout PanelFrame) {
    var x = head.x
    var word = ""
    for part in heading.parts {
      let text = part.text.drop { $0 == " " }
      if Double(text) != nil, !word.isEmpty {
        frame.mark(
          word,
          at: Rect(
            x: x + part.text.count - text.count, y: head.y, width: text.count, height: 1))
      }
      word = String(text)
      x += part.text.columns
    }
  }

  private static func heading(_ state: ExplorerState, width: Int) -> StyledLine {
    let isCurrent = state.snapshot.isCurrent(state.snapshot.measured.counterfactual)
    let measured = state.snapshot.measured.counterfactual.value
    let scaled = measured.evaluations[state.snapshot.configuration.scaledConvention]
    func score(_ word: String, _ result: Evaluation?, _ role: Role) -> [(String, Style)] {
      [
        (" " + word, Style(role)),
        (
          " " + NumberText.fixed(result?.r2 ?? .nan, decimals: 2),
          Style(isCurrent ? role : .dim)
        ),
      ]
    }
    let names = state.snapshot.dataset.outputNames
    let output = shownOutput(state)
    let name = names.indices.contains(output) ? names[output] : ""
    let own = score("test", state.snapshot.ownEvaluation, .test)
    let other = score("scaled", scaled, .counterfactual)
    let title = ("PREDICTED", Style(.title))
    return .longest(
      of: [
        StyledLine(
          [("PREDICTED AGAINST TRUE ", Style(.title)), (name + "  R2", Style(.dim))] + own + other),
        StyledLine(
          [title, (names.count > 1 ? " \(name)" : "", .plain), (" R2", Style(.dim))] + own + other),
        StyledLine([title, (" R2", Style(.dim))] + own + other),
        StyledLine([("R2", Style(.title))] + own + other),
        StyledLine([("R2", Style(.title))] + own),
        StyledLine(own),
      ], fitting: width)
  }
}

/// The points of a scatter plot of predictions against targets.
struct Scatter {
  /// The state that is drawn.
  let state: ExplorerState
  /// The index of the output.
  let output: Int

  /// Target and prediction of each example under the scaled and under the own test pass.
  private func points(_ outputs: Matrix) -> [(target: Double, predicted: Double)] {
    let dataset = state.snapshot.dataset
    guard case .values(let targets) = dataset.targets,
      output < targets.columns, output < outputs.columns
    else { return [] }
    return state.snapshot.measured.examples.value.examples.prefix(outputs.rows).enumerated()
      .compactMap {
        row, example in
        guard example >= 0, example < targets.rows else { return nil }
        let point = (
          dataset.own(Double(targets[example, output]), output: output),
          dataset.own(Double(outputs[row, output]), output: output)
        )
        return point.0.isFinite && point.1.isFinite ? point : nil
      }
  }

  /// The range of both axes: that of the targets, a little wider; predictions beyond it stand at
  /// its edge.
  var range: ClosedRange<Double>? {
    let examples = state.snapshot.measured.examples.value
    let all = points(examples.asItIs) + points(examples.scaled)
    guard let low = all.map(\.target).min(), let high = all.map(\.target).max() else { return nil }
    let border = max((high - low) * 0.15, high.magnitude * 1e-6, 1e-9)
    guard (high - low + 2 * border).isFinite else { return nil }
    return low - border...high + border
  }

  /// Draws the diagonal, the scaled predictions and the predictions of the test pass as it is.
  func draw(
    in area: Rect, range: ClosedRange<Double>, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    guard !area.isEmpty else { return }
    let examples = state.snapshot.measured.examples.value
    let isCurrent = state.snapshot.isCurrent(state.snapshot.measured.examples)
    let clouds:
      [(points: [(target: Double, predicted: Double)], letter: Unicode.Scalar, role: Role)] =
        [
          (points(examples.scaled), "+", .counterfactual),
          (points(examples.asItIs), "*", isCurrent ? .test : .dim),
        ]
    let length = range.upperBound - range.lowerBound
    func place(_ value: Double, last: Int) -> Int {
      Int(drawn: (value - range.lowerBound) / length * Double(last), in: 0...last)
    }
    buffer.clipped(to: area) { buffer in
      if glyphs.usesBraille {
        var canvas = BrailleCanvas(width: area.width, height: area.height)
        let (right, bottom) = (canvas.dotWidth - 1, canvas.dotHeight - 1)
        canvas.line(from: (0, bottom), to: (right, 0), role: .frame)
        for cloud in clouds {
          for point in cloud.points {
            canvas.set(
              x: place(point.target, last: right),
              y: bottom - place(point.predicted, last: bottom),
              role: cloud.role)
          }
        }
        canvas.draw(x: area.x, y: area.y, on: &buffer)
        return
      }
      for x in 0..<area.width {
        let y = (area.width - 1 - x) * (area.height - 1) / max(1, area.width - 1)
        buffer[area.x + x, area.y + y] = Cell(".", Style(.frame))
      }
      for cloud in clouds {
        for point in cloud.points {
          let x = place(point.target, last: area.width - 1)
          let y = place(point.predicted, last: area.height - 1)
          buffer[area.x + x, area.maxY - 1 - y] = Cell(cloud.letter, Style(cloud.role))
        }
      }
    }
  }
}
