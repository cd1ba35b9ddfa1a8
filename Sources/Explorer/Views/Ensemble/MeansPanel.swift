import DropoutMeasure
import TerminalCells

extension Panel {
  /// The means of the subnetworks, and their losses.
  public static let means = Panel(
    "means",
    parts: [
      "loss", "each", "average", "geometric", "averaged", "test", "target", "gap", "gain",
      "gain of averaged", "ambiguity",
    ], draw: MeansPanel.draw, formulas: EnsembleFormulas.meansAndLosses,
    explain: EnsembleExplanations.means)
}

/// The means of all subnetworks beside the networks that stand in for them, with their losses, the
/// gaps between them and what must hold.
enum MeansPanel {
  private typealias Row = (
    place: String, name: String, glosses: [String], output: Double?, loss: Double?, role: Role
  )

  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let ensemble = state.snapshot.ensemble?.ensemble else {
      frame.heading("MEANS", on: &buffer)
      return
    }
    let isCurrent = state.hasCurrentSubject
    frame.heading("MEANS", on: &buffer)
    let ends = (frame.area.x + 27, frame.area.x + 36)
    let output = ensemble.histogram.output
    let what = ensemble.hasProbabilities ? "P(\(state.outputName(output)))" : "output"
    buffer.write(
      what.truncated(to: 12, ellipsis: frame.glyphs.ellipsis), endX: ends.0, y: frame.area.y,
      style: Style(.dim))
    buffer.write("loss", endX: ends.1, y: frame.area.y, style: Style(.dim))
    frame.mark(
      "loss", at: Rect(x: ends.1 - 7, y: frame.area.y, width: 7, height: frame.area.height))
    let rows = rows(
      ensemble, output: output, all: EnsembleText.averagedNetwork(state),
      testing: EnsembleText.testing(state))
    for (index, row) in rows.enumerated() {
      let y = frame.area.y + 1 + index
      let style = Style(isCurrent ? row.role : .dim)
      buffer.write(row.name, x: frame.area.x, y: y, style: style)
      if let value = row.output {
        buffer.write(
          NumberText.fitted(value, decimals: 4, width: 7), endX: ends.0, y: y, style: style)
      }
      if let loss = row.loss {
        buffer.write(
          NumberText.fitted(loss, decimals: 4, width: 7), endX: ends.1, y: y, style: style)
      }
      frame.mark(row.place, at: Rect(x: frame.area.x, y: y, width: 36, height: 1))
      if let gloss = row.glosses.first(where: { 38 + $0.columns <= frame.area.width }) {
        buffer.write(gloss, x: frame.area.x + 38, y: y, style: Style(.dim))
      }
    }
    let first = 1 + rows.count
    let notes = notes(
      ensemble, output: output, isWide: frame.area.width >= 60, glyphs: frame.glyphs)
    for (index, note) in notes.enumerated() where first + index < frame.area.height {
      note.line.write(x: frame.area.x, y: frame.area.y + first + index, on: &buffer)
      frame.mark(note.place, at: frame.area.row(first + index))
    }
  }

  private static func rows(
    _ ensemble: SubnetworkEnsemble, output: Int, all: String,
    testing: (name: String, glosses: [String])
  ) -> [Row] {
    let loss = ensemble.loss
    var rows: [Row] = [
      (
        "each", "each network alone", ["mean of their losses", "mean loss"], nil,
        loss.meanOfSubnetworks, .training
      ),
      (
        "average", "average of them all", ["mean of their answers", "mean answer"],
        ensemble.arithmeticMean[output],
        loss.arithmeticMean,
        .training
      ),
    ]
    if let geometric = ensemble.geometricMean {
      rows.append(
        (
          "geometric", "geometric mean", ["root of their product", "root of product"],
          geometric[output],
          loss.geometricMean, .theory
        ))
    }
    return rows + [
      (
        "averaged", "averaged network", [all], ensemble.weightScaling[output],
        loss.weightScaling, .strong
      ),
      (
        "test", testing.name, testing.glosses, ensemble.testNetwork[output],
        loss.testNetwork, .test
      ),
      ("target", "target", ["the right answer"], ensemble.target[output], nil, .text),
    ]
  }

  /// The gaps, what must hold, and the ambiguity decomposition.
  private static func notes(
    _ ensemble: SubnetworkEnsemble, output: Int, isWide: Bool, glyphs: GlyphSet
  ) -> [(place: String, line: StyledLine)] {
    let loss = ensemble.loss
    func number(_ value: Double, _ decimals: Int = 4) -> String {
      NumberText.fixed(value, decimals: decimals)
    }
    func name(_ long: String, _ short: String) -> (String, Style) {
      let width = isWide ? 39 : 21
      let text = isWide ? long : short
      return (
        text + String(repeating: " ", count: max(1, width - text.columns)), Style(.dim)
      )
    }
    let gap = ensemble.arithmeticMean[output] - ensemble.weightScaling[output]
    let error = ensemble.standardError.map {
      " \(glyphs.plusMinus) " + NumberText.significant($0[output], digits: 2)
    }
    let holds = loss.meanOfSubnetworks >= loss.arithmeticMean - 1e-6 * max(1, loss.arithmeticMean)
    let ambiguity = ensemble.ambiguity
    return [
      (
        "gap",
        StyledLine([
          name("average and averaged network differ by", "both differ by"),
          (number(gap.magnitude), Style(.strong)),
          (error ?? "", Style(.text)),
        ])
      ),
      (
        "gain",
        StyledLine([
          name("loss that averaging the answers saves", "loss saved: average"),
          (number(loss.meanOfSubnetworks - loss.arithmeticMean), Style(.text)),
          (
            holds ? isWide ? "  never below 0" : "  never < 0" : "  < 0: WRONG",
            Style(holds ? .theory : .error)
          ),
        ])
      ),
      (
        "gain of averaged",
        StyledLine([
          name("loss that the averaged network saves", "loss saved: averaged"),
          (number(loss.gap), Style(.text)),
          (
            ensemble.weightScalingIsExact.isExact
              ? isWide ? "  never below 0" : "  never < 0" : isWide ? "  may be below 0" : "",
            Style(.theory)
          ),
        ])
      ),
      (
        "ambiguity",
        isWide
          ? StyledLine([
            ("squared error: average ", Style(.dim)),
            (number(ambiguity.squaredErrorOfMean, 3), Style(.text)),
            (" = each ", Style(.dim)), (number(ambiguity.meanSquaredError, 3), Style(.text)),
            (" - variety ", Style(.dim)), (number(ambiguity.meanSquaredDistance, 3), Style(.text)),
          ])
          : StyledLine([
            ("error ", Style(.dim)), (number(ambiguity.squaredErrorOfMean, 3), Style(.text)),
            (" = ", Style(.dim)), (number(ambiguity.meanSquaredError, 3), Style(.text)),
            (" - variety ", Style(.dim)), (number(ambiguity.meanSquaredDistance, 3), Style(.text)),
          ])
      ),
    ]
  }
}
