import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The mean of f(z) beside f of the mean, and the bound of their gap.
  public static let bend = Panel(
    "bend", parts: ["mean", "of mean", "gap", "bound", "test"], draw: BendPanel.draw,
    formulas: SumsFormulas.bend,
    explain: CloseSumExplanations.bend)
}

/// The effect of the nonlinearity on the sums: its mean over masks beside its value at the mean
/// sum, and the bound of their gap.
enum BendPanel {
  private typealias Row = (
    place: String, name: String, value: Double, style: Style, note: String
  )

  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let sums = state.shownUnitSums else {
      frame.heading("AFTER THE NONLINEARITY", on: &buffer)
      return
    }
    let isOutput = sums.activation == .output
    let bias = NumberText.fixed(sums.bias, decimals: 2)
    let title = (isOutput ? "AN OUTPUT" : "AFTER \(sums.activation.name)", Style(.title))
    frame.heading(
      [
        StyledLine([title, ("  the sum plus the unit's bias, \(bias)", Style(.dim))]),
        StyledLine([title, ("  bias \(bias)", Style(.dim))]), StyledLine([title]),
      ], on: &buffer)
    let rows = rows(state, sums)
    let width = (rows.map(\.name.columns).max() ?? 0) + 9
    for (row, line) in rows.prefix(max(0, frame.area.height - 1)).enumerated() {
      let y = frame.area.y + 1 + row
      let end = frame.area.x + min(frame.area.width, width)
      buffer.write(line.name, x: frame.area.x, y: y, style: line.style)
      buffer.write(
        NumberText.fitted(line.value, decimals: 4, width: 8), endX: end, y: y, style: line.style)
      frame.mark(
        line.place, at: Rect(x: frame.area.x, y: y, width: end - frame.area.x, height: 1))
      if end + 2 + line.note.columns <= frame.area.maxX {
        buffer.write(line.note, x: end + 2, y: y, style: Style(.dim))
      }
    }
    if !isOutput, NumberText.fixed(sums.jensenGap, decimals: 4) == "0.0000" {
      let f = sums.activation.name
      let text =
        sums.activation == .hidden(.linear)
        ? "A linear unit bends no sum: the mean stays the mean."
        : "\(f) bends \(sums.jensenGap == 0 ? "none" : "hardly any") of this unit's sums: "
          + "\(state.keys.arrowsName) choose another unit."
      frame.paragraph(text, from: rows.count + 1, on: &buffer)
    }
    if isOutput {
      let text =
        state.snapshot.dataset.isClassification
        ? "The outputs bend together, in softmax: \(state.keys[.ensemble]) averages them."
        : "An output is linear: the mean stays the mean."
      frame.paragraph(text, from: 3, on: &buffer)
    }
  }

  private static func rows(_ state: ExplorerState, _ sums: UnitSums) -> [Row] {
    let isCurrent = state.hasCurrentSubject
    func style(_ role: Role, bold: Bool = false) -> Style {
      isCurrent ? Style(role, bold: bold) : Style(.dim)
    }
    let masks = "over \(NumberText.grouped(sums.distribution.masks)) masks"
    guard sums.activation != .output else {
      return [
        ("mean", "mean sum", sums.distribution.meanActivation, style(.training), masks),
        ("test", "sum in testing", sums.testActivation, style(.test), "goes into the outputs"),
      ]
    }
    let f = sums.activation.name
    return [
      (
        "mean", "mean of \(f)(sum)", sums.distribution.meanActivation, style(.training), masks
      ),
      (
        "of mean", "\(f) of mean sum", sums.activationOfMean, style(.training),
        "of the averaged unit"
      ),
      (
        "gap", "gap", sums.jensenGap, style(.strong),
        sums.jensenGap == 0 ? "no bend between the sums" : "what the bend of \(f) makes"
      ),
      ("bound", "gap at most", sums.jensenBound, style(.theory), "theory"),
      ("test", "\(f) of test sum", sums.testActivation, style(.test), "sent on in testing"),
    ]
  }
}
