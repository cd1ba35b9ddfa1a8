extension ViewDefinition {
  /// The network while it trains, its sums in both passes, losses and maps.
  public static let live: ViewDefinition = .init(
    name: "live",
    panels: [.network, .sums, .divergence, .tested, .curves, .outcome], formulaPanel: .sums,
    lay: LiveLayout.lay, layFolded: LiveLayout.layFolded, sentence: LiveSentence.forms,
    hero: LiveSentence.hero, explain: SumExplanations.hero,
    footer: { state in
      [
        FooterLine.scaling(state), FooterLine.keep(state), FooterLine.l2(state),
        FooterLine.run(state), FooterLine.help(state),
        FooterLine.key(state, .variants, "variants"), FooterLine.rate(state),
        FooterLine.key(state, .palette, "any parameter"), FooterLine.key(state, .menu, "unit"),
        FooterLine.key(state, .formula, "explain"), FooterLine.key(state, .lessons, "lessons"),
      ]
    },
    plainLines: PlainText.liveLines, selectsUnits: true)
}
