import DropoutEngine
public import Sessions

extension ExplorerState {
  /// Shows the race: the first time it starts the question on the settings in force, and the live
  /// training pauses.
  mutating func openRace() -> [Effect] {
    isPausedForRace = isRunning
    let pause: [Effect] = isRunning ? run(false) : []
    let isComing = keptRace != nil && !isRaceRefused
    return pause + (race == nil && !isComing ? startRace(.question) : [.race(.speed(speed))])
  }

  /// Goes on with the race of a session, where it stood.
  public mutating func goOn(with saved: SavedRace) -> [Effect] {
    let course: RaceCourse
    do {
      course = try RaceCourse(
        saved, beside: snapshot.initialConfiguration, initial: snapshot.initial)
    } catch {
      message = "the race is not brought back: \(error.description)"
      return []
    }
    startedRaces += 1
    let identity = RaceIdentity(experiment: snapshot.experiment, number: startedRaces)
    (race, askedRace, keptRace) = (nil, identity, course)
    return [.race(.start(RaceStart(identity, goingOnWith: course)))]
  }

  /// Starts a race from step 0, on the data that are shown; where others were asked for, as soon as
  /// they are there.
  mutating func startRace(_ preset: RacePreset) -> [Effect] {
    raceLine = 0
    guard !isStartingAnew else {
      let pause: [Effect] = race?.isRunning ?? false ? [.race(.run(false))] : []
      if keptRace.map({ !$0.changes.isEmpty }) ?? false { replacedRaces += 1 }
      (awaitedRace, race, askedRace, keptRace) = (preset, nil, nil, nil)
      message = ExplorerState.awaitedText
      return pause
    }
    return begin(preset.entries(for: settings.experiment)) + [
      .race(.speed(speed)), .race(.run(true)),
    ]
  }

  /// Races a branch of the run against the one that training is on: both from the start, with their
  /// own changes at their steps.
  mutating func compare(_ branch: Branch) -> [Effect] {
    let run = snapshot.timeline
    guard branch.number != run.position.branch else {
      message = "choose another branch: this is the one that training is on"
      return []
    }
    overlay = .none
    raceLine = 0
    let pause: [Effect] = isRunning ? self.run(false) : []
    view = .race
    message = "\(run.branch.title) against \(branch.title), each with its own changes"
    let entries = [run.branch, branch].map {
      RaceEntry(
        name: $0.title, configuration: snapshot.initialConfiguration, journal: $0.journal)
    }
    return pause + begin(entries) + [.race(.speed(speed)), .race(.run(true))]
  }

  private var elsewhereText: String {
    "this key acts in the live view; \(keys[.menu]) has other races"
  }

  private static let awaitedText = "the race starts once the experiment that was asked for is there"

  /// Starts runners as a race with an identity of its own.
  mutating func begin(_ entries: [RaceEntry]) -> [Effect] {
    startedRaces += 1
    let identity = RaceIdentity(experiment: snapshot.experiment, number: startedRaces)
    if keptRace.map({ !$0.changes.isEmpty }) ?? false { replacedRaces += 1 }
    (race, askedRace, keptRace) = (nil, identity, nil)
    return [.race(.start(RaceStart(identity, entries: entries)))]
  }

  /// Does what a key asks for in the race; nil where it means what it means everywhere.
  mutating func performInRace(_ command: KeyCommand) -> [Effect]? {
    switch command {
    case .toggleRunning, .stepOn:
      guard awaitedRace == nil else {
        message = ExplorerState.awaitedText
        return []
      }
      guard command == .toggleRunning else { return [.race(.step)] }
      return [.race(.run(!(race?.isRunning ?? false)))]
    case .travel(let destination):
      return race == nil ? nil : [.race(.travel(destination))]
    case .branches:
      message = elsewhereText
      return []
    case .speed(let turn):
      // The live training keeps the same speed.
      let effects = turnSpeed(turn)
      return effects.isEmpty ? [] : effects + [.race(.speed(speed))]
    case .unit(let direction):
      guard focus != .raceNetwork else { return nil }
      selectLane(by: direction.offset)
      return []
    case .layer, .example:
      let arrows = keys.names(.unit(.up), .unit(.down))
      message =
        (arrows == "up down" ? "the arrows up and down" : arrows)
        + " select a variant; \(keys[.live]) shows layers and examples"
      return []
    case .nextScaling:
      return turnLanes("scaling") { $0.dropout.scaling.next.rawValue }
    case .keep(let turn):
      return turnLanes("keep") { configuration in
        guard !configuration.variant.keepsEveryUnit else { return nil }
        return ExplorerState.rung(configuration.keep, Ladder.keep, turn)
      }
    case .l2(let turn):
      return turnLanes("l2") { ExplorerState.rung($0.l2, Ladder.l2, turn) }
    case .learningRate(let turn):
      return turnLanes("learning-rate") {
        ExplorerState.rung($0.learningRate, Ladder.learningRate, turn)
      }
    case .restart:
      guard let race else { return startRace(awaitedRace ?? .question) }
      message = "the race starts anew"
      let entries = race.lanes.map {
        // A runner that repeats a branch keeps to it.
        $0.entry.journal.entries.isEmpty
          ? RaceEntry(name: $0.name, configuration: $0.configuration, isTwin: $0.entry.isTwin)
          : $0.entry
      }
      return begin(entries) + [.race(.run(true))]
    case .showCommand:
      guard let lane = shownLane else { return [] }
      overlay = .message(
        title: "\(lane.name) from the start, with the settings that it has now",
        lines: ExplorerState.reproduction(of: lane.configuration), scroll: 0)
      return []
    case .own(let key) where !view.ownKeys.contains(key):
      message = elsewhereText
      return []
    case .variants, .restartWithNewSeed:
      message = elsewhereText
      return []
    case .view(let next) where next != .race:
      let pause: [Effect] = race?.isRunning ?? false ? [.race(.run(false))] : []
      view = .live
      tellOfPause()
      return pause + perform(.view(next))
    case .back where zoomed == nil && focus == nil:
      view = .live
      tellOfPause()
      return race?.isRunning ?? false ? [.race(.run(false))] : []
    default: return nil
    }
  }

  /// Says that the training stands still because the race was shown.
  private mutating func tellOfPause() {
    guard isPausedForRace, !isRunning else { return }
    isPausedForRace = false
    message = "paused while the race was shown: \(keys[.toggleRunning]) goes on"
  }

  /// Lets the knobs turn one runner, or all.
  fileprivate mutating func turnAll() -> [Effect] {
    raceTurnsAll.toggle()
    message = raceTurnsAll ? "the knobs turn all variants" : "the knobs turn the selected variant"
    return []
  }

  /// Asks for the selected runner, to go on with it in the live view.
  fileprivate mutating func takeRunner() -> [Effect] {
    guard let lane = shownLane, let askedRace else { return [] }
    guard !isStartingAnew else {
      message = "another experiment is about to be shown: \(lane.name) can be taken then"
      return []
    }
    guard lane.notFinite == nil else {
      message = "\(lane.name) is not finite: change it here, then take it"
      return []
    }
    view = .live
    return [.race(.run(false)), .takeFromRace(lane: raceLine, of: askedRace)]
  }

  /// Goes on in the live view from where a runner of the race stands.
  public mutating func adopt(_ handover: TrainingHandover) -> [Effect] {
    guard let first = handover.checkpoints.first else { return [] }
    guard !isStartingAnew, handover.experiment.hasData(of: snapshot.experiment) else {
      message = "the runner is one of other data than those on the screen: it is not taken"
      return []
    }
    settings.experiment = first.configuration
    message = "taken from the race at step \(first.step); \(keys[.toggleRunning]) goes on"
    arrivalMessage = message
    let effects = send(.adopt(handover))
    askedStart = sentCommands
    return effects
  }

  private mutating func selectLane(by offset: Int) {
    let count = race?.lanes.count ?? 0
    raceLine = min(max(0, raceLine + offset), max(0, count - 1))
  }

  /// Changes a parameter of the selected runner, or of all, each from its own value.
  mutating func turnLanes(
    _ name: String, _ value: (ExperimentConfiguration) -> String?
  ) -> [Effect] {
    guard let race, let askedRace else { return [] }
    let lanes = raceTurnsAll ? Array(race.lanes.indices) : [raceLine]
    let changes = lanes.filter { race.lanes.indices.contains($0) }.compactMap { lane in
      value(race.lanes[lane].configuration).map { RaceChange(lane: lane, value: $0) }
    }
    guard !changes.isEmpty else {
      message = "this variant keeps every unit"
      return []
    }
    return [.race(.change(name: name, values: changes, of: askedRace))]
  }

  /// The next rung of each value, as the parameter table reads them.
  private static func rung(
    _ values: PerLayer<Double>, _ ladder: [Double], _ turn: KeyCommand.Turn
  ) -> String {
    values.values.map { ParameterText.text(Ladder.next(ladder, from: $0, turn) ?? $0) }
      .joined(separator: ",")
  }

  /// Sets a parameter of the runners; nil where it is one of the screen.
  mutating func setInRace(_ definition: ParameterDefinition, to text: String) -> [Effect]? {
    switch definition.effect {
    case .nextStep: return turnLanes(definition.name) { _ in text }
    case .startsAnew:
      message =
        "\(definition.name) starts anew: set it in the live view (\(keys[.live])), then "
        + "\(keys[.menu]) starts a race"
      return []
    case .display: return nil
    }
  }
}

extension ViewKey {
  private static let raceOnly: @Sendable (KeyMap<KeyCommand>) -> String = {
    "this key acts in view \($0[.race]), the race"
  }

  /// Let the knobs turn one runner of the race, or all.
  static let turnAll = ViewKey(name: "race-all", elsewhere: raceOnly) { $0.turnAll() }

  /// Go on in the live view from where the selected runner of the race stands.
  static let take = ViewKey(name: "take-runner", elsewhere: raceOnly) { $0.takeRunner() }
}
