extension ViewDefinition {
  /// One step in phases, and the gradient over masks.
  public static let backward: ViewDefinition = .init(
    name: "backward", number: 5, panels: [.phases, .signals, .gradientNetwork, .maskPasses],
    lay: BackwardLayout.lay, sentence: BackwardSentence.forms,
    footer: { state in
      [
        FooterLine.key("n N", "phase"), FooterLine.key(".", "finish step"),
        FooterLine.run(isRunning: state.isRunning), FooterLine.key("arrows", "unit"),
        FooterLine.key("s", "scaling"), FooterLine.key("i", "formulas"), FooterLine.view(.live),
        FooterLine.help, FooterLine.key("Tab", "panel"), FooterLine.key("z", "zoom"),
        FooterLine.key("q", "quit"),
      ]
    },
    plainLines: PlainText.backwardLines, selectsUnits: true, subject: { _ in .gradients },
    keys: [
      KeyRow(
        "n N", "view 5: the next, the previous phase of the step", before: "+ -",
        [("n", .own(.nextPhase)), ("N", .own(.previousPhase))])
    ],
    perform: { state, command in
      guard command == .back, state.zoomed == nil, state.focus == nil, state.phase != nil else {
        return nil
      }
      state.phase = nil
      return []
    })
}
