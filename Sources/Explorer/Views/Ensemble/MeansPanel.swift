import DropoutMeasure
import TerminalCells

extension Panel {
  /// The means of the subnetworks, and their losses.
  public static let means = Panel(
    "means", draw: MeansPanel.draw, formulas: EnsembleFormulas.meansAndLosses)
}

/// The means of all subnetworks beside the networks that stand in for them, with their losses, the
/// gaps between them and what must hold.
enum MeansPanel {
  private typealias Row = (letter: String, name: String, output: Double?, loss: Double?, role: Role)

  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let ensemble = state.snapshot.ensemble?.ensemble else {
      frame.heading("THE MEANS", on: &buffer)
      return
    }
    let isCurrent = state.hasCurrentSubject
    frame.heading("MEANS", on: &buffer)
    let ends = (frame.area.x + 24, frame.area.x + 33)
    let output = ensemble.histogram.output
    let what = ensemble.hasProbabilities ? "P(\(state.outputName(output)))" : "output"
    buffer.write(
      what.truncated(to: 12, ellipsis: frame.glyphs.ellipsis), endX: ends.0, y: frame.area.y,
      style: Style(.dim))
    buffer.write("loss", endX: ends.1, y: frame.area.y, style: Style(.dim))
    for (index, row) in rows(ensemble, output: output).enumerated() {
      let y = frame.area.y + 1 + index
      let style = Style(isCurrent ? row.role : .dim)
      buffer.write(
        row.letter, x: frame.area.x, y: y, style: Style(isCurrent ? row.role : .dim, bold: true))
      buffer.write(row.name, x: frame.area.x + 2, y: y, style: style)
      if let value = row.output {
        buffer.write(
          NumberText.fitted(value, decimals: 4, width: 7), endX: ends.0, y: y, style: style)
      }
      if let loss = row.loss {
        buffer.write(
          NumberText.fitted(loss, decimals: 4, width: 7), endX: ends.1, y: y, style: style)
      }
    }
    let first = 1 + rows(ensemble, output: output).count
    let notes = notes(
      ensemble, output: output, isWide: frame.area.width >= 60, glyphs: frame.glyphs)
    for (index, note) in notes.enumerated() where first + index < frame.area.height {
      note.write(x: frame.area.x, y: frame.area.y + first + index, on: &buffer)
    }
  }

  private static func rows(_ ensemble: SubnetworkEnsemble, output: Int) -> [Row] {
    let loss = ensemble.loss
    var rows: [Row] = [
      ("e", "each subnetwork", nil, loss.meanOfSubnetworks, .training),
      ("a", "arithm. mean", ensemble.arithmeticMean[output], loss.arithmeticMean, .extra),
    ]
    if let geometric = ensemble.geometricMean {
      rows.append(("g", "geom. mean", geometric[output], loss.geometricMean, .theory))
    }
    return rows + [
      (
        "w", "weight scaling", ensemble.weightScaling[output], loss.weightScaling, .counterfactual
      ),
      ("t", "test pass", ensemble.testNetwork[output], loss.testNetwork, .test),
      ("y", "target", ensemble.target[output], nil, .strong),
    ]
  }

  /// The gaps, what must hold, and the ambiguity decomposition.
  private static func notes(
    _ ensemble: SubnetworkEnsemble, output: Int, isWide: Bool, glyphs: GlyphSet
  ) -> [StyledLine] {
    let loss = ensemble.loss
    func number(_ value: Double) -> String { NumberText.fixed(value, decimals: 4) }
    func signed(_ value: Double) -> String {
      NumberText.fixed(value, decimals: 4, plus: true)
    }
    let gap = ensemble.arithmeticMean[output] - ensemble.weightScaling[output]
    let error = ensemble.standardError.map {
      " \(glyphs.plusMinus) " + NumberText.significant($0[output], digits: 2)
    }
    let holds = loss.meanOfSubnetworks >= loss.arithmeticMean - 1e-6 * max(1, loss.arithmeticMean)
    let isExact = ensemble.weightScalingIsExact.isExact
    let ambiguity = ensemble.ambiguity
    let mean = ensemble.arithmeticMean[output]
    let geometric = ensemble.geometricMean.map { $0[output] }
    let test = ensemble.testNetwork[output]
    let others =
      (geometric.map { "  a - g \(signed(mean - $0))" } ?? "") + "  a - t \(signed(mean - test))"
    return [
      StyledLine([
        ("a - w       ", Style(.dim)), (signed(gap), Style(.extra)), (error ?? "", Style(.text)),
        (
          isWide ? others : error == nil ? "  Jensen gap" : "", Style(isWide ? .text : .dim)
        ),
      ]),
      StyledLine([
        ("loss e - a  ", Style(.dim)),
        (signed(loss.meanOfSubnetworks - loss.arithmeticMean), Style(.text)),
        (holds ? "  >= 0, always" : "  < 0: WRONG", Style(holds ? .theory : .error)),
      ]),
      StyledLine([
        ("loss e - w  ", Style(.dim)), (signed(loss.gap), Style(.text)),
        (isExact ? "  >= 0 here" : "  either sign", Style(.theory)),
      ]),
      StyledLine([
        (isWide ? "ambiguity: |a-y|^2 " : "|a-y|^2 ", Style(.dim)),
        (
          "\(number(ambiguity.squaredErrorOfMean)) = \(number(ambiguity.meanSquaredError)) - "
            + number(ambiguity.meanSquaredDistance), Style(.text)
        ), (isWide ? " (mean - spread)" : "", Style(.dim)),
      ]),
    ]
  }
}
