extension ViewDefinition {
  /// Examples, classes, ranges and the split of the dataset.
  public static let data: ViewDefinition = .init(
    name: "data", panels: [.examples, .inputs, .classes, .results],
    lay: { DataLayout.lay($0, in: $1) }, sentence: DataSentence.forms, hero: DataSentence.hero,
    explain: DataExplanations.hero,
    footer: { state in
      [
        FooterLine.key(state.keys.arrows, "scroll"),
        FooterLine.key(state, .panel(.next), "panel"), FooterLine.key(state, .zoom, "zoom"),
        FooterLine.run(state), FooterLine.help(state), FooterLine.key(state, .quit, "quit"),
      ]
    },
    plainLines: PlainText.liveLines)
}
