import DropoutEngine

extension ExplorerState {
  /// Shows the race: the first time it starts the question on the settings in force, and the live training pauses.
  mutating func openRace() -> [Effect] {
    let pause: [Effect] = isRunning ? run(false) : []
    return pause + (race == nil ? startRace(.question) : [.race(.speed(speed))])
  }

  /// Starts a race from step 0.
  mutating func startRace(_ preset: RacePreset) -> [Effect] {
    raceLine = 0
    let entries = preset.entries(for: settings.experiment)
    message = "\(preset.title): \(preset.help)"
    return [.race(.start(entries)), .race(.speed(speed)), .race(.run(true))]
  }

  /// Does what a key asks for in the race; nil where it means what it means everywhere.
  mutating func performInRace(_ command: KeyCommand) -> [Effect]? {
    switch command {
    case .toggleRunning: return [.race(.run(!(race?.isRunning ?? false)))]
    case .stepOn: return [.race(.step)]
    case .speed(let direction):
      let before = speed
      _ = turnSpeed(direction)
      return speed == before ? [] : [.race(.speed(speed))]
    case .unit(let direction):
      guard focus != .raceNetwork else { return nil }
      selectLane(by: direction == .up ? 1 : -1)
      return []
    case .layer, .example:
      message = "the arrows up and down select a variant; 1 shows layers and examples"
      return []
    case .nextScaling:
      return turnLanes("scaling") { $0.dropout.scaling.next.rawValue }
    case .keep(let direction):
      return turnLanes("keep") { configuration in
        guard !configuration.variant.keepsEveryUnit else { return nil }
        return ExplorerState.rung(configuration.keep, Ladder.keep, direction)
      }
    case .l2(let direction):
      return turnLanes("l2") { ExplorerState.rung($0.l2, Ladder.l2, direction) }
    case .learningRate(let direction):
      return turnLanes("learning-rate") {
        ExplorerState.rung($0.learningRate, Ladder.learningRate, direction)
      }
    case .turnAll:
      raceTurnsAll.toggle()
      message = raceTurnsAll ? "the knobs turn all variants" : "the knobs turn the selected variant"
      return []
    case .take:
      guard let lane = shownLane else { return [] }
      guard lane.notFinite == nil else {
        message = "\(lane.name) is not finite: change it here, then take it"
        return []
      }
      view = .live
      return [.race(.run(false)), .takeFromRace(lane: raceLine)]
    case .restart:
      guard let race else { return startRace(.question) }
      message = "the race starts anew"
      return [
        .race(
          .start(
            race.lanes.map {
              RaceEntry(
                name: $0.name, configuration: $0.configuration, isTwin: $0.entry.isTwin)
            })),
        .race(.run(true)),
      ]
    case .showCommand:
      guard let lane = shownLane else { return [] }
      overlay = .message(
        title: "\(lane.name) from the start, with the settings that it has now",
        lines: ExplorerState.reproduction(of: lane.configuration), scroll: 0)
      return []
    case .variants, .phase, .restartWithNewSeed:
      message = "this key acts in the live view; m has other races"
      return []
    case .view(let next) where next != .race:
      let pause: [Effect] = race?.isRunning ?? false ? [.race(.run(false))] : []
      view = .live
      return pause + perform(.view(next))
    case .back where zoomed == nil && focus == nil:
      view = .live
      return race?.isRunning ?? false ? [.race(.run(false))] : []
    default: return nil
    }
  }

  /// Goes on in the live view from where a runner of the race stands.
  public mutating func adopt(_ handover: TrainingHandover) -> [Effect] {
    guard let first = handover.checkpoints.first else { return [] }
    settings.experiment = first.configuration
    message = "taken from the race at step \(first.step); space goes on"
    arrivalMessage = message
    return send(.adopt(handover))
  }

  /// Whether the race is of the data that the live view has: one of other data is no longer shown.
  func hasData(of race: RaceSnapshot) -> Bool {
    race.lanes.allSatisfy { $0.configuration.hasData(of: snapshot.configuration) }
  }

  private mutating func selectLane(by offset: Int) {
    let count = race?.lanes.count ?? 0
    raceLine = min(max(0, raceLine + offset), max(0, count - 1))
  }

  /// Changes a parameter of the selected runner, or of all, each from its own value.
  mutating func turnLanes(
    _ name: String, _ value: (ExperimentConfiguration) -> String?
  ) -> [Effect] {
    guard let race else { return [] }
    let lanes = raceTurnsAll ? Array(race.lanes.indices) : [raceLine]
    let changes = lanes.filter { race.lanes.indices.contains($0) }.compactMap { lane in
      value(race.lanes[lane].configuration).map { RaceChange(lane: lane, value: $0) }
    }
    guard !changes.isEmpty else {
      message = "this variant keeps every unit"
      return []
    }
    return [.race(.change(name: name, values: changes))]
  }

  /// The next rung of each value, as the parameter table reads them.
  private static func rung(
    _ values: PerLayer<Double>, _ ladder: [Double], _ direction: KeyCommand.Direction
  ) -> String {
    values.values.map { shortText(Ladder.next(ladder, from: $0, direction) ?? $0) }
      .joined(separator: ",")
  }
}
