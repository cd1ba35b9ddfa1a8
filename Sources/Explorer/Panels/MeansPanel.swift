import DropoutCore
import TerminalCells

/// The means of all subnetworks beside the networks that stand in for them, with their losses, the gaps between them and
/// what must hold.
enum MeansPanel {
  private typealias Row = (letter: String, name: String, output: Double?, loss: Double?, role: Role)

  static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let regions = [HitRegion(area: area, target: .panel(.means))]
    buffer.clipped(to: area) { buffer in
      guard let ensemble = state.snapshot.ensemble?.ensemble else {
        buffer.write("THE MEANS", x: area.x, y: area.y, style: Style(.title))
        return
      }
      let isCurrent = state.hasCurrentSubject
      buffer.write("MEANS", x: area.x, y: area.y, style: Style(.title))
      let ends = (area.x + 24, area.x + 33)
      let output = ensemble.histogram.output
      let what = ensemble.hasProbabilities ? "P(\(state.outputName(output)))" : "output"
      buffer.write(
        what.truncated(to: 12, ellipsis: glyphs.ellipsis), endX: ends.0, y: area.y,
        style: Style(.dim))
      buffer.write("loss", endX: ends.1, y: area.y, style: Style(.dim))
      for (index, row) in rows(ensemble, output: output).enumerated() {
        let y = area.y + 1 + index
        let style = Style(isCurrent ? row.role : .dim)
        buffer.write(row.letter, x: area.x, y: y, style: Style(style.role, bold: true))
        buffer.write(row.name, x: area.x + 2, y: y, style: style)
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
      let notes = notes(ensemble, output: output, isWide: area.width >= 60)
      for (index, note) in notes.enumerated() where first + index < area.height {
        note.write(x: area.x, y: area.y + first + index, on: &buffer)
      }
    }
    return regions
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
    _ ensemble: SubnetworkEnsemble, output: Int, isWide: Bool
  ) -> [StyledLine] {
    let loss = ensemble.loss
    func number(_ value: Double) -> String { NumberText.fixed(value, decimals: 4) }
    let gap = ensemble.arithmeticMean[output] - ensemble.weightScaling[output]
    var lines = [
      StyledLine([
        ("a - w  ", Style(.dim)), (NumberText.fixed(gap, decimals: 4, plus: true), Style(.extra)),
        (isWide ? "  the Jensen gap of the output" : "  Jensen gap", Style(.dim)),
      ])
    ]
    if let error = ensemble.standardError?[output] {
      lines.append(
        StyledLine([
          ("a is off by ", Style(.dim)), (NumberText.significant(error, digits: 2), Style(.text)),
          (" (standard error)", Style(.dim)),
        ]))
    }
    let holds = loss.meanOfSubnetworks >= loss.arithmeticMean - 1e-6 * max(1, loss.arithmeticMean)
    lines.append(
      StyledLine([
        ("loss e >= a  ", Style(.dim)),
        (
          NumberText.fixed(loss.meanOfSubnetworks - loss.arithmeticMean, decimals: 4, plus: true),
          Style(.text)
        ),
        (holds ? "  holds, it must" : "  DOES NOT HOLD", Style(holds ? .theory : .error)),
      ]))
    lines.append(
      StyledLine([
        ("loss e - w   ", Style(.dim)),
        (NumberText.fixed(loss.gap, decimals: 4, plus: true), Style(.text)),
        (
          ensemble.weightScalingIsExact.isExact ? "  >= 0 here" : "  either sign",
          Style(.theory)
        ),
      ]))
    let ambiguity = ensemble.ambiguity
    lines.append(
      StyledLine([
        (
          isWide ? "squared error of a = mean squared error - ambiguity" : "error a = e - ambiguity",
          Style(.dim)
        )
      ]))
    lines.append(
      StyledLine([
        (
          "  \(number(ambiguity.squaredErrorOfMean)) = \(number(ambiguity.meanSquaredError)) - "
            + number(ambiguity.meanSquaredDistance), Style(.text)
        )
      ]))
    return lines
  }
}
