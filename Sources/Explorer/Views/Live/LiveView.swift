extension ViewDefinition {
  /// The network while it trains, its sums in both passes, losses and maps.
  public static let live: ViewDefinition = .init(
    name: "live", number: 1,
    panels: [.network, .sums, .divergence, .tested, .curves, .outcome], formulaPanel: .sums,
    lay: LiveLayout.lay, layFolded: LiveLayout.layFolded, sentence: LiveSentence.forms,
    footer: { state in
      [
        FooterLine.scaling(state), FooterLine.keep(state), FooterLine.l2(state),
        FooterLine.run(isRunning: state.isRunning), FooterLine.help,
        FooterLine.key("v", "variants"), FooterLine.rate(state),
        FooterLine.key(":", "any parameter"), FooterLine.key("m", "unit"),
        FooterLine.key("i", "formulas"), FooterLine.view(.sums), FooterLine.view(.ensemble),
        FooterLine.view(.backward), FooterLine.view(.data), FooterLine.key("t", "tour"),
      ]
    },
    plainLines: PlainText.liveLines, selectsUnits: true)
}
