import DropoutEngine
import Lessons

// A lesson goes to its steps, and does the person's task.
extension ExplorerState {
  /// Goes to a step of the lesson, and brings about the state that belongs to it.
  mutating func arrive(at place: Int) -> [Effect] {
    guard let run = lesson else { return [] }
    let place = min(max(0, place), run.lesson.steps.count)
    var effects = stopForLesson() + endPause()
    lesson?.place = place
    lesson?.page = 0
    lesson?.hasChosenExample = false
    lesson?.followed = nil
    lesson?.hasWaited = false
    lesson?.since = nil
    lesson?.arrival = nil
    (focus, zoomed, tab) = (nil, nil, 0)
    effects += bring(lessonPlace(run, place))
    if lesson?.step?.selection?.example == .byView { hasChosenExample = false }
    // The table that stands behind a key is shown where the step points at it.
    showsMaskPasses = lesson?.step?.pointsAt(.maskPasses) ?? false
    if let step = lesson?.step, step.run > 0, view != .race,
      lesson?.ran.insert(place).inserted ?? false
    {
      effects += travel(to: .steps(step.run))
    }
    return effects + noteProgress()
  }

  /// Stops what runs, training and race.
  mutating func stopForLesson() -> [Effect] {
    let effects: [Effect] = isRunning ? run(false) : []
    return race?.isRunning ?? false ? effects + [.race(.run(false))] : effects
  }

  /// Makes the state what belongs to a step: only what differs is changed.
  private mutating func bring(_ place: LessonPlace) -> [Effect] {
    var effects = turn(to: place.configuration, steps: place.trained)
    lesson?.home = place.view
    let isRace = place.view == .race
    if isRace, let race = place.race {
      effects += bringRace(race)
    } else if view != place.view {
      effects += quietly { $0.perform(.view(place.view)) }
    }
    (selection, phase) = (place.selection, place.phase)
    // A unit that a question speaks of is the one that its answer speaks of.
    isSelectionChosen = true
    if let row = place.row, row != watchedRow, row < evidence.examples.count {
      effects += send(.watch(offset: row - watchedRow, of: askedStart))
    }
    return effects
  }

  /// Shows the race of a step; one that the person took further stays there.
  private mutating func bringRace(_ place: (step: Int, goal: Int)) -> [Effect] {
    var effects: [Effect] = []
    let isNew = lesson?.raceStep != place.step
    if isNew, let race = lesson?.lesson.steps[place.step].race {
      effects += start(race)
      lesson?.raceStep = place.step
    } else if view != .race {
      effects += quietly { $0.perform(.view(.race)) }
    }
    let now = isNew ? 0 : self.race?.step ?? 0
    guard place.goal > now else { return effects }
    lesson?.raceGoal = place.goal
    return effects + [.race(.train(to: place.goal))]
  }

  /// Does something without starting what runs.
  mutating func quietly(
    _ act: (inout ExplorerState) -> [Effect]
  ) -> [Effect] {
    let effects = act(&self)
    message = ""
    return effects.filter { $0 != .race(.run(true)) }
  }

  /// Changes the parameters that differ; an experiment that must start anew takes some steps.
  private mutating func turn(to configuration: ExperimentConfiguration, steps: Int) -> [Effect] {
    guard settings.experiment != configuration else { return [] }
    let goal = Settings(experiment: configuration)
    var effects: [Effect] = []
    let rows = ParameterTable.all.filter {
      $0.effect == .nextStep && !["drop", "drop-input"].contains($0.name)
    }
    // A variant first, and with it most of what differs.
    for row in rows.filter({ $0.name == "variant" }) + rows.filter({ $0.name != "variant" }) {
      let value = row.get(goal)
      guard row.get(settings) != value, !settings.experiment.isRefused(row.name, value) else {
        continue
      }
      effects += change(row.name, to: value)
    }
    guard settings.experiment != configuration else { return effects }
    settings.experiment = configuration
    effects += send(.setAside(configuration, steps: steps))
    askedStart = sentCommands
    lesson?.start = sentCommands
    if let place = lesson?.place { lesson?.ran.insert(place) }
    return effects
  }

  // MARK: What a lesson does in the person's place

  /// Performs acts in the person's place.
  mutating func perform(_ acts: [LessonAct]) -> [Effect] {
    if let place = lesson?.place { lesson?.acted.insert(place) }
    let ended = endPause()
    let effects = acts.flatMap { act -> [Effect] in
      switch act {
      case .set(let setting):
        settings.experiment.isRefused(setting.name, setting.value)
          ? settings.experiment.with(setting).map { turn(to: $0, steps: 0) } ?? []
          : change(setting.name, to: setting.value)
      case .key(let name):
        KeyTable.command(named: name).map { goToTellingExample($0) ?? perform($0) } ?? []
      case .run(let steps): takeSteps(steps)
      case .view(let name):
        ViewDefinition(rawValue: name).map { view in quietly { $0.perform(.view(view)) } } ?? []
      case .race(let name): start(.named(name))
      }
    }
    return ended + effects
  }

  /// Takes training steps at once; in the race, of all runners.
  private mutating func takeSteps(_ steps: Int) -> [Effect] {
    guard view == .race else { return travel(to: .steps(steps)) }
    let goal = (lesson?.raceGoal ?? race?.step ?? 0) + steps
    lesson?.raceGoal = goal
    return [.race(.train(to: goal))]
  }

  /// Starts a race that stands still.
  private mutating func start(_ race: LessonRace) -> [Effect] {
    lesson?.raceGoal = nil
    view = .race
    switch race {
    case .named(let name):
      return RacePreset(rawValue: name).map { preset in quietly { $0.startRace(preset) } } ?? []
    case .runners(let runners):
      raceLine = 0
      let experiment = lesson?.lesson.configuration ?? settings.experiment
      return begin(runners.map { RaceEntry($0, of: experiment) })
    }
  }
}

extension LessonStep {
  /// Whether it marks something of a panel.
  fileprivate func pointsAt(_ panel: Panel) -> Bool {
    marks.contains { $0 == panel.name || $0.hasPrefix(panel.name + "/") }
  }
}

extension RaceEntry {
  /// The runner of a lesson's race, whose settings were checked when the lesson was read.
  fileprivate init(_ runner: LessonRunner, of configuration: ExperimentConfiguration) {
    do throws(ConfigurationError) {
      self.init(name: runner.name, configuration: try runner.configuration(in: configuration))
    } catch {
      preconditionFailure("\(runner): \(error)")
    }
  }
}

extension ExperimentConfiguration {
  /// Whether a change while training is refused: the experiment must start anew, or it makes no
  /// sense alone.
  fileprivate func isRefused(_ name: String, _ value: String) -> Bool {
    if name == "variant", let variant = Variant(rawValue: value), startsAnew(with: variant) {
      return true
    }
    return (try? changing(name, to: value)) == nil
  }
}
