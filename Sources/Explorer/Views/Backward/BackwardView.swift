extension ViewDefinition {
  /// One step in phases, and the gradient over masks.
  public static let backward: ViewDefinition = .init(
    name: "step", olderName: "backward",
    panels: [.phases, .signals, .gradientNetwork, .maskPasses],
    lay: BackwardLayout.lay, sentence: BackwardSentence.forms, hero: BackwardSentence.hero,
    explain: StepExplanations.hero,
    footer: { state in
      [
        FooterLine.key(state.keys.names(.own(.nextPhase), .own(.previousPhase)), "phase"),
        FooterLine.key(state, .stepOn, "finish step"), FooterLine.run(state),
        FooterLine.key(
          state, .own(.showMaskPasses), state.showsMaskPasses ? "network" : "mask passes"),
        FooterLine.key(state.keys.arrows, "unit"), FooterLine.key(state, .nextScaling, "scaling"),
        FooterLine.key(state, .formula, "formulas"), FooterLine.view(state, .live),
        FooterLine.help(state), FooterLine.key(state, .panel(.next), "panel"),
        FooterLine.key(state, .zoom, "zoom"), FooterLine.key(state, .quit, "quit"),
      ]
    },
    plainLines: PlainText.backwardLines, selectsUnits: true, choosesUnit: true,
    // A lesson speaks of one example from its start to its end.
    subject: { .gradients(choosesExample: $0.lesson == nil) },
    keys: [
      KeyRow(
        "n N", "view 5: the next, the previous phase of the step", before: "+ -",
        [("n", .own(.nextPhase)), ("N", .own(.previousPhase))],
        naming: { "view \($0(.view(.backward))): the next, the previous phase of the step" }),
      KeyRow(
        "p", "view 5: the table of mask passes, or the network", before: "+ -",
        [("p", .own(.showMaskPasses))],
        naming: { "view \($0(.view(.backward))): the table of mask passes, or the network" }),
    ],
    perform: { state, command in
      guard command == .back, state.zoomed == nil, state.focus == nil, state.phase != nil else {
        return nil
      }
      state.phase = nil
      return []
    }, arrived: { $0.leaveDullUnit() }, open: { $0.chooseStrongestUnit() })
}
