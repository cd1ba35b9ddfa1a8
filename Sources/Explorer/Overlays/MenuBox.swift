import DropoutCore
import TerminalCells

/// What can be done to the selected unit, or to the ensemble.
enum MenuBox {
  static func draw(
    _ state: ExplorerState, line: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    let items = state.unitMenu
    let (title, hint) =
      switch state.view {
      case .ensemble:
        (
          "enumerate all masks of",
          "beyond that masks are drawn, and the standard error is shown"
        )
      case .race: ("start a race", "all start from step 0, with the same data, masks and weights")
      default:
        (
          "unit \(state.shownUnit + 1) of \(state.layerName(state.shownLayer))",
          state.shownLayer == state.outputLayer
            ? "output units are never masked" : "from the next step on"
        )
      }
    let inside = OverlayBox.open(
      title, width: state.view == .race ? 90 : 66, height: items.count + 2, state, in: body,
      on: &buffer)
    let table = Table(
      columns: [.init("", width: 18), .init("")],
      rows: items.map { [.init($0.title, Style(.strong)), .init($0.help)] }, selection: line,
      showsTitles: false)
    let (list, foot) = inside.splitBottom(2)
    table.draw(in: list, on: &buffer, glyphs: state.glyphs)
    buffer.write(hint, x: foot.x, y: foot.y, style: Style(.dim))
    buffer.write("Enter: do it  Esc: back", x: foot.x, y: foot.maxY - 1, style: Style(.dim))
  }
}

/// The variants, with what each does at the current p and its line in two frameworks.
enum VariantsBox {
  static func draw(
    _ state: ExplorerState, line: Int, in body: Rect, on buffer: inout CellBuffer
  ) {
    let keep = state.configuration.keep[0]
    let now = state.configuration.variantName
    let all = Variant.allCases
    let descriptions = all.map { VariantDescription($0, keepProbability: keep) }
    let rows = zip(all, descriptions).map { variant, description in
      [
        Table.Entry(variant.rawValue, Style(variant.rawValue == now ? .selected : .strong)),
        Table.Entry(description.training, Style(.training)),
        Table.Entry(description.test, Style(.test)),
        Table.Entry(description.gradient),
      ]
    }
    let width = OverlayBox.textWidth(body)
    let detail = descriptions.indices.contains(line) ? details(descriptions[line]) : []
    let wrapped = detail.flatMap { $0.wrapped(to: width) }
    let inside = OverlayBox.open(
      "variants at keep \(NumberText.fixed(keep, decimals: 2)) (drop \(NumberText.fixed(1 - keep, decimals: 2)))"
        + "; now: \(now)", width: width, height: rows.count + 2 + wrapped.count, state, in: body,
      on: &buffer)
    let (upper, foot) = inside.splitBottom(1)
    let (list, below) = upper.splitBottom(min(wrapped.count, max(0, upper.height - 4)))
    Table(
      columns: [
        .init("variant"), .init("in training", style: Style(.training)),
        .init("at test", style: Style(.test)), .init("the gradient is multiplied by"),
      ], rows: rows, selection: line
    ).draw(in: list, on: &buffer, glyphs: state.glyphs)
    buffer.clipped(to: below) { buffer in
      for (row, line) in wrapped.enumerated() {
        buffer.write(line.text, x: below.x, y: below.y + row, style: line.style)
      }
    }
    buffer.write(
      "Enter: take it, from the next step on  Esc: back", x: foot.x, y: foot.y, style: Style(.dim))
  }

  private static func details(_ description: VariantDescription) -> [BoxLine] {
    [
      BoxLine(description.summary, Style(.strong)),
      BoxLine("PyTorch  " + description.pyTorch),
      BoxLine("Keras    " + description.keras),
      BoxLine("Their number is the drop rate, 1 - keep.", Style(.dim)),
    ]
  }
}
