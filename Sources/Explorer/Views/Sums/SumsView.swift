extension ViewDefinition {
  /// The sum of one unit over all masks.
  public static let sums: ViewDefinition = .init(
    name: "sums", panels: [.distribution, .terms, .bend, .depth], lay: SumsLayout.lay,
    sentence: SumsSentence.forms, hero: SumsSentence.hero, explain: CloseSumExplanations.hero,
    footer: { FooterLine.close($0, arrows: "unit") },
    selectsUnits: true,
    subject: { .unit(Selection(layer: $0.shownLayer, unit: $0.shownUnit)) })
}

extension FooterLine {
  /// The keys of a view that shows one measurement closely.
  static func close(_ state: ExplorerState, arrows: String) -> [StyledLine] {
    [
      scaling(state), keep(state), view(state, .live), key(state.keys.arrows, arrows), run(state),
      help(state), key(state, .example(.next), "example"), key(state, .formula, "formulas"),
      key(state, .panel(.next), "panel"), key(state, .zoom, "zoom"),
    ]
  }
}
