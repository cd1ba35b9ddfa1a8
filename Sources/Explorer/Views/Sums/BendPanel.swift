import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The mean of f(z) beside f of the mean, and the bound of their gap.
  public static let bend = Panel(
    "bend", draw: BendPanel.draw, formulas: SumsFormulas.bend)
}

/// The effect of the nonlinearity on the sums: the mean of f(z) beside f of the mean z, and the
/// bound of their gap.
enum BendPanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let sums = state.shownUnitSums else {
      frame.heading("AFTER THE NONLINEARITY", on: &buffer)
      return
    }
    let heading = StyledLine([
      (
        sums.activation == .output ? "AN OUTPUT" : "AFTER \(sums.activation.name)", Style(.title)
      ),
      (
        frame.area.width >= 44
          ? "  f(z), z = s \(sums.bias < 0 ? "-" : "+") bias "
            + NumberText.fixed(sums.bias.magnitude, decimals: 2) : "  f(z), z=s+b", Style(.dim)
      ),
    ])
    heading.write(x: frame.area.x, y: frame.area.y, on: &buffer)
    for (row, line) in lines(state, sums).prefix(max(0, frame.area.height - 1)).enumerated() {
      let y = frame.area.y + 1 + row
      buffer.write(line.name, x: frame.area.x, y: y, style: line.style)
      buffer.write(
        NumberText.fitted(line.value, decimals: 4, width: 9),
        endX: frame.area.x + min(frame.area.width, 28), y: y, style: line.style)
      if frame.area.width >= 55 {
        buffer.write(line.note, x: frame.area.x + 30, y: y, style: Style(.dim))
      }
    }
    if sums.activation == .output {
      let note =
        "Outputs bend together (softmax), not one by one: view "
        + "\(state.keys[.ensemble])."
      let text = state.snapshot.dataset.isClassification ? note : "An output is linear: no gap."
      frame.paragraph(text, from: 3, on: &buffer)
    }
  }

  private static func lines(
    _ state: ExplorerState, _ sums: UnitSums
  ) -> [(name: String, value: Double, style: Style, note: String)] {
    let isCurrent = state.hasCurrentSubject
    func style(_ role: Role, bold: Bool = false) -> Style {
      isCurrent ? Style(role, bold: bold) : Style(.dim)
    }
    let masks = NumberText.grouped(sums.distribution.masks)
    let average = (
      "E f(z) mean of f", sums.distribution.meanActivation, style(.training), "over \(masks) masks"
    )
    let test = ("f(z) in testing", sums.testActivation, style(.test), "sent on in testing")
    guard sums.activation != .output else {
      return [
        ("E z  mean of z", average.1, average.2, average.3),
        ("z in testing", test.1, test.2, "what goes into the outputs"),
      ]
    }
    return [
      average,
      ("f(E z) f of mean", sums.activationOfMean, style(.training), "the averaged unit"),
      (
        "Jensen gap", sums.jensenGap, style(.extra, bold: true),
        "E f(z) - f(E z)"
      ),
      ("  at most", sums.jensenBound, style(.theory), sums.activation.boundFormula),
      test,
    ]
  }
}
