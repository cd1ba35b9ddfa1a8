extension ViewDefinition {
  /// Examples, classes, ranges and the split of the dataset.
  public static let data: ViewDefinition = .init(
    name: "data", number: 6, panels: [.examples, .inputs, .classes],
    lay: { DataLayout.lay(in: $1) }, sentence: LiveSentence.forms, sentenceRows: 0,
    footer: { state in
      [
        FooterLine.view(.live), FooterLine.key("arrows", "scroll"), FooterLine.key("Tab", "panel"),
        FooterLine.key("z", "zoom"), FooterLine.run(isRunning: state.isRunning), FooterLine.help,
        FooterLine.key("q", "quit"),
      ]
    },
    plainLines: PlainText.liveLines)
}
