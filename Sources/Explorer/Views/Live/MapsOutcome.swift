import DropoutEngine
import DropoutMeasure
import TerminalCells

/// Two maps of the plane: what the network says there as it is tested, and with its activations
/// scaled.
enum MapsOutcome {
  /// One of the two maps.
  struct Side {
    /// The name of the test pass.
    var name: String
    /// The name of its place on the screen.
    var place: String
    /// The role in which the numbers are drawn.
    var role: Role
    /// The outputs over the plane.
    var map: Matrix
    /// The outputs for the examples.
    var outputs: Matrix
    /// The loss and accuracy; nil while it is measured.
    var result: Evaluation?
  }

  /// Draws both maps, side by side or one above the other; one where both are the same.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let (area, glyphs) = (frame.area, frame.glyphs)
    guard let maps = state.snapshot.measured.maps, let plane = state.snapshot.dataset.plane else {
      return
    }
    let sides = sides(state, maps.value)
    let shape = MapShape(plane: plane)
    let (body, legend) = area.splitBottom(area.height >= 5 ? 1 : 0)
    let places = sides.count == 1 ? [body] : shape.places(in: body)
    var bottom = body.y
    for (side, place) in zip(sides, places) {
      let (head, rest) = place.splitTop(1)
      let heading = heading(side, state: state, width: head.width)
      heading.write(x: head.x, y: head.y, on: &buffer)
      markScore(of: side, in: heading, at: head, frame: &frame)
      let picture = shape.fitted(in: rest)
      guard !picture.isEmpty else { continue }
      bottom = max(bottom, picture.maxY)
      let map = heatMap(of: side.map, state: state, maps: maps, glyphs: glyphs)
      map.draw(in: picture, on: &buffer, glyphs: glyphs)
      MapPoints(
        state: state, plane: plane, outputs: side.outputs, all: sides.map(\.outputs)
      ).draw(over: map, in: picture, glyphs: glyphs, on: &buffer)
      frame.mark(side.place + " map", at: picture)
    }
    if !legend.isEmpty {
      StyledLine.longest(
        of: [
          self.legend(state, glyphs: glyphs, hasShade: true), self.legend(state, glyphs: glyphs),
          self.legend(state, glyphs: glyphs, hasNames: false, hasShade: true),
          self.legend(state, glyphs: glyphs, hasNames: false), StyledLine(),
        ], fitting: legend.width
      ).write(x: legend.x, y: min(bottom, legend.y), on: &buffer)
    }
  }

  /// The maps of a state.
  static func sides(_ state: ExplorerState, _ maps: BoundaryMaps) -> [Side] {
    let measured = state.snapshot.measured.counterfactual.value
    let examples = state.snapshot.measured.examples.value
    let isOne = CurveData.isScaledItself(state)
    let own = Side(
      name: isOne ? "TESTING, scaling is on" : "TESTING, as the experiment does", place: "test",
      role: .test,
      map: maps.asItIs, outputs: examples.asItIs, result: state.snapshot.ownEvaluation)
    let scaled = Side(
      name: "SCALED, the same weights", place: "scaled", role: .counterfactual, map: maps.scaled,
      outputs: examples.scaled,
      result: measured.evaluations[state.snapshot.configuration.scaledConvention])
    return isOne ? [own] : [own, scaled]
  }

  /// Names the number of a heading.
  private static func markScore(
    of side: Side, in heading: StyledLine, at head: Rect, frame: inout PanelFrame
  ) {
    guard let score = heading.parts.dropFirst().last else { return }
    let text = String(score.text.drop { $0 == " " })
    frame.mark(
      side.place,
      at: Rect(
        x: head.x + heading.columns - text.columns, y: head.y, width: text.columns, height: 1))
  }

  /// The heading of a map, with the share that is right where it fits.
  static func heading(_ side: Side, state: ExplorerState, width: Int) -> StyledLine {
    let isCurrent = state.snapshot.isCurrent(state.snapshot.measured.counterfactual)
    let numbers = Style(isCurrent ? side.role : .dim, bold: isCurrent)
    let score: String
    if let accuracy = side.result?.accuracy {
      score = NumberText.percent(accuracy)
    } else {
      score = "R2 " + NumberText.fixed(side.result?.r2 ?? .nan, decimals: 2)
    }
    let word = side.result?.accuracy == nil ? "" : " right"
    let words = side.name.split(separator: ",", maxSplits: 1).map(String.init)
    let title = (words[0], Style(.title))
    let gloss = ("," + (words.count > 1 ? words[1] : ""), Style(.dim))
    let short = (side.place.uppercased(), Style(.title))
    return .longest(
      of: [
        StyledLine([title, gloss, ("  " + score + word, numbers)]),
        StyledLine([title, ("  " + score + word, numbers)]),
        StyledLine([short, ("  " + score + word, numbers)]),
        StyledLine([short, (" " + score, numbers)]),
        StyledLine([short, (" " + score.filter { $0 != " " }, numbers)]), StyledLine([short]),
      ], fitting: width)
  }

  /// The map of outputs; paler where it is of an earlier configuration.
  ///
  /// A map fills a large area: it is drawn at half strength, so that its points, which have the
  /// same hues, and the bars of the sums outshine it.
  static func heatMap(
    of outputs: Matrix, state: ExplorerState, maps: Measured<BoundaryMaps>, glyphs: GlyphSet
  ) -> HeatMap {
    let columns = maps.value.columns
    let rows = maps.value.rows
    guard columns > 0, rows > 0, outputs.columns > 0, outputs.rows == columns * rows else {
      return HeatMap(columns: 0, rows: 0, values: [])
    }
    let pale = state.snapshot.isCurrent(maps) ? 1.0 : 0.4
    let strength = pale * (glyphs.usesHalfBlocks ? 0.55 : 1)
    guard state.snapshot.dataset.isClassification else {
      let values = (0..<outputs.rows).map { Double(outputs[$0, 0]) * pale }
      return HeatMap(
        columns: columns, rows: rows, signed: values, scale: targetScale(state.snapshot))
    }
    var classes: [Int] = []
    var confidences: [Double] = []
    classes.reserveCapacity(outputs.rows)
    confidences.reserveCapacity(outputs.rows)
    for row in 0..<outputs.rows {
      let verdict = Verdict(outputs.row(row))
      classes.append(verdict.best)
      confidences.append(verdict.margin * strength)
    }
    return HeatMap(
      columns: columns, rows: rows, classCount: outputs.columns, classes: classes,
      confidences: confidences)
  }

  /// The largest magnitude of a target as the network has it, so that both maps and all points
  /// share one scale.
  static func targetScale(_ snapshot: TrainingSnapshot) -> Double {
    guard let target = snapshot.summary.targets.first else { return 1 }
    let scaling = snapshot.dataset.targetScalings.first ?? TargetScaling(offset: 0, divisor: 1)
    let largest = max(
      scaling.scaled(target.minimum).magnitude, scaling.scaled(target.maximum).magnitude)
    return largest.isFinite && largest > 0 ? largest : 1
  }

  /// The marks of the points and what they mean.
  private static func legend(
    _ state: ExplorerState, glyphs: GlyphSet, hasNames: Bool = true, hasShade: Bool = false
  ) -> StyledLine {
    var line = StyledLine()
    let dataset = state.snapshot.dataset
    if hasNames, dataset.isClassification {
      for (index, name) in dataset.classNames.enumerated() {
        line.append(
          String(glyphs.marker(ofClass: index)) + " ", Style(.classHue(index), bold: true))
        line.append(name.truncated(to: 12, ellipsis: glyphs.ellipsis) + "  ", Style(.dim))
      }
    } else if hasNames {
      line.append("+ - ", Style(.strong))
      line.append(
        dataset.targetScalings.isEmpty ? "sign of the target  " : "above, below the mean target  ",
        Style(.dim))
    }
    line.append("!", Style(.strong, reverse: true))
    line.append(dataset.isClassification ? " wrong" : " far off", Style(.dim))
    if hasShade, glyphs.usesHalfBlocks {
      line.append(dataset.isClassification ? "  faint: unsure" : "  faint: near 0", Style(.dim))
    }
    return line
  }
}
