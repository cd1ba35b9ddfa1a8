import DropoutEngine
import TerminalCells

/// The variants, with what each does at the current p, what it would do with the network as it is
/// now, and its line in two frameworks.
enum VariantsBox {
  static func draw(
    _ state: ExplorerState, line: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    let keep = state.configuration.keep[0]
    let now = state.configuration.variantName
    let all = Variant.allCases
    let descriptions = all.map { VariantDescription($0, keepProbability: keep) }
    let width = OverlayBox.textWidth(body)
    let isWide = width >= 100
    let rows = zip(all, descriptions).map { variant, description in
      [Table.Entry(variant.rawValue, Style(variant.rawValue == now ? .selected : .strong))]
        + outlook(of: variant, state) + [
          Table.Entry(description.training, Style(.training)),
          Table.Entry(description.test, Style(.test)),
        ] + (isWide ? [Table.Entry(description.gradient)] : [])
    }
    let probability = KeepText(keep)
    let detail = descriptions.indices.contains(line) ? details(descriptions[line], isWide) : []
    let wrapped = detail.flatMap { $0.wrapped(to: width) }
    let inside = OverlayBox.open(
      "variants at keep \(probability.keep) (drop \(probability.drop))"
        + "; now: \(now)", width: width, height: rows.count + 2 + wrapped.count, state, in: body,
      on: &buffer)
    let (upper, foot) = inside.splitBottom(1)
    let (list, below) = upper.splitBottom(min(wrapped.count, max(0, upper.height - 4)))
    let shown = Table(
      columns: [
        .init("variant", width: 17), .init("loss now", .right, width: 8),
        .init("apart", .right, width: 6),
        .init("in training", style: Style(.training)), .init("at test", style: Style(.test)),
      ] + (isWide ? [.init("the gradient is multiplied by")] : []), rows: rows, selection: line
    ).draw(in: list, on: &buffer, glyphs: state.glyphs)
    buffer.clipped(to: below) { buffer in
      for (row, line) in wrapped.enumerated() {
        buffer.write(line.text, x: below.x, y: below.y + row, style: line.style)
      }
    }
    let startsAnew =
      all.indices.contains(line) && state.configuration.startsAnew(with: all[line])
    buffer.write(
      startsAnew
        ? "Enter: start anew with it  Esc: back"
        : "Enter: take it, from the next step on  Esc: back", x: foot.x, y: foot.y,
      style: Style(.dim))
    let more = [(shown.lowerBound, "above"), (rows.count - shown.upperBound, "below")]
    buffer.write(
      more.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", "), endX: foot.maxX,
      y: foot.y, style: Style(.strong))
  }

  /// The test loss and the divergence of the output that a variant would have now.
  private static func outlook(of variant: Variant, _ state: ExplorerState) -> [Table.Entry] {
    guard !variant.hasSeveralLearners else {
      return [Table.Entry("starts", Style(.dim)), Table.Entry("anew", Style(.dim))]
    }
    guard let variants = state.snapshot.variants, let outlook = state.snapshot.outlook(of: variant)
    else {
      let pending = Table.Entry(String(state.glyphs.ellipsis), Style(.dim))
      return [pending, pending]
    }
    let isCurrent = state.snapshot.isCurrent(variants)
    return [
      Table.Entry(
        NumberText.fitted(outlook.testLoss, decimals: 3, width: 6),
        Style(isCurrent ? .test : .dim)),
      Table.Entry(
        NumberText.fitted(outlook.divergence, decimals: 3, width: 6),
        Style(isCurrent ? .text : .dim)),
    ]
  }

  /// The variant that is pointed at, in words, with what stands in no column.
  private static func details(_ description: VariantDescription, _ isWide: Bool) -> [BoxLine] {
    var lines = [BoxLine(description.summary, Style(.strong))]
    if let distinction = description.distinction { lines.append(BoxLine(distinction)) }
    if !isWide { lines.append(BoxLine("the gradient is multiplied by " + description.gradient)) }
    lines.append(BoxLine("PyTorch  " + description.pyTorch))
    lines.append(BoxLine("Keras    " + description.keras))
    if description.namesDropRate {
      lines.append(
        BoxLine("Dropout takes the drop rate, 1 - keep; so does a mask, behind >.", Style(.dim)))
    }
    lines.append(
      BoxLine(
        "a: what a unit sends; m: its mask, 0 or 1; apart: distance of the output's sums in "
          + "training and testing", Style(.dim)))
    return lines
  }
}

extension ExplorerState {
  /// The loss and divergence that a variant would give the network as it is now, in words.
  func outlookText(of variant: Variant) -> String {
    if variant.hasSeveralLearners { return "starts anew" }
    guard let outlook = snapshot.outlook(of: variant) else { return "not measured yet" }
    return "now: loss \(NumberText.fixed(outlook.testLoss, decimals: 3)), divergence of the output "
      + NumberText.fixed(outlook.divergence, decimals: 3)
  }
}
