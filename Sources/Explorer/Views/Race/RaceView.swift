import DropoutEngine
import TerminalCells

extension ViewDefinition {
  /// Several variants side by side, in lockstep.
  public static let race: ViewDefinition = .init(
    name: "race", number: 3, panels: [.raceCurves, .raceTable, .raceNetwork], lay: RaceLayout.lay,
    title: TitleText.init(race:), sentence: RaceSentence.forms,
    footer: { state in
      [
        FooterLine.key("arrows", "variant"),
        FooterLine.key("a", state.raceTurnsAll ? "turns ALL" : "turns this one"),
        FooterLine.key("s", "scaling"), FooterLine.key("[ ]", "keep"),
        FooterLine.key("{ }", "L2"), FooterLine.key("m", "races"),
        FooterLine.key("Enter", "take it"),
        FooterLine.run(isRunning: state.race?.isRunning ?? false), FooterLine.help,
        FooterLine.view(.live), FooterLine.key("r", "restart"), FooterLine.key("( )", "rate"),
        FooterLine.key("+ -", "speed"),
      ]
    },
    plainLines: { state in
      (state.race?.lanes ?? []).enumerated().map { RaceFormulas.line($0.offset, $0.element) }
    },
    menu: { _ in ViewMenu.races },
    keys: [
      KeyRow(
        "a, Enter",
        "view 3: the knobs turn one variant, or all; take the selected one to the live view",
        before: "t", [("a", .own(.turnAll)), (.enter, .own(.take))])
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
    progress =
      TitleText.mark(state, isRunning: race.isRunning) + " race step \(race.step)  \(speed)"
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
