import DropoutEngine
import TerminalCells

extension ViewDefinition {
  /// Several variants side by side, in lockstep.
  public static let race: ViewDefinition = .init(
    name: "race", panels: [.raceCurves, .raceTable, .raceNetwork], formulaPanel: .raceTable,
    lay: RaceLayout.lay,
    title: TitleText.init(race:), sentence: RaceSentence.forms, hero: RaceSentence.hero,
    explain: RaceExplanations.hero,
    footer: { state in
      [
        FooterLine.key(state.keys.arrows, "variant"),
        FooterLine.key(
          state, .own(.turnAll), state.raceTurnsAll ? "turns ALL" : "turns this one"),
        FooterLine.key(state, .nextScaling, "scaling"), FooterLine.key(state.keys.keep, "keep"),
        FooterLine.key(state.keys.l2, "L2"), FooterLine.key(state, .menu, "races"),
        FooterLine.key(state, .own(.take), "take it"),
        FooterLine.run(state, isRunning: state.race?.isRunning ?? false), FooterLine.help(state),
        FooterLine.view(state, .live), FooterLine.key(state, .restart, "restart"),
        FooterLine.key(state.keys.learningRate, "rate"),
        FooterLine.key(state.keys.names(.speed(.more), .speed(.less)), "speed"),
      ]
    },
    plainLines: { state in
      (state.race?.lanes ?? []).enumerated().map { RaceFormulas.line($0.offset, $0.element) }
    },
    selectedRow: { $0.raceLine }, menu: { _ in ViewMenu.races },
    keys: [
      KeyRow(
        "a, Enter",
        "view 3: the knobs turn one variant, or all; take the selected one to the live view",
        before: "t", [("a", .own(.turnAll)), (.enter, .own(.take))],
        naming: {
          "view \($0(.view(.race))): the knobs turn one variant, or all; take the selected one to "
            + "the \(ViewDefinition.live.name) view"
        })
    ],
    perform: { $0.performInRace($1) }, set: { $0.setInRace($1, to: $2) }, open: { $0.openRace() })
}

extension TitleText {
  /// The race: it keeps its network where the live training has another one by now.
  fileprivate init(race state: ExplorerState) {
    self.init(training: state)
    if let lane = state.shownLane {
      shape = NetworkShape(
        inputs: shape.inputs, hidden: lane.configuration.hidden, outputs: shape.outputs)
    }
    guard let race = state.race else { return }
    let speed = TitleText.speed(
      state, isRunning: race.isRunning, measured: race.stepsPerSecond, unit: "steps/s each")
    let place = TitleText.mark(state, isRunning: race.isRunning) + " race step \(race.step)"
    progress = ["\(place)  \(speed)", place]
  }
}

extension ViewMenu {
  /// The races that can be started.
  fileprivate static let races = ViewMenu(
    title: "start a race", hint: "all start from step 0, with the same data, masks and weights",
    width: 90,
    items: RacePreset.allCases.map { preset in
      Item(title: preset.title, help: preset.help) { $0.startRace(preset) }
    })
}
