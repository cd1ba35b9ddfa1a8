import DropoutEngine
import DropoutMeasure
import Lessons

// The state that belongs to a step of a lesson, and the way to it.
extension ExplorerState {
  /// The state that belongs to a step.
  private struct Place {
    var configuration: ExperimentConfiguration
    var view: ViewDefinition
    var selection: Selection
    var phase: StepPhase?
  }

  /// Goes to the step that a lesson begins at, with all that the steps before it do.
  mutating func catchUp(through place: Int) -> [Effect] {
    var effects: [Effect] = []
    for earlier in 0..<place {
      effects += arrive(at: earlier)
      if case .act(_, let acts) = self.lesson?.step?.task { effects += perform(acts) }
    }
    return effects + arrive(at: place)
  }

  /// Goes to a step of the lesson, and brings about the state that belongs to it.
  mutating func arrive(at place: Int) -> [Effect] {
    guard let run = lesson else { return [] }
    var effects: [Effect] = isRunning ? self.run(false) : []
    lesson?.place = min(max(0, place), run.lesson.steps.count)
    lesson?.page = 0
    lesson?.since = nil
    (focus, zoomed, tab) = (nil, nil, 0)
    let startsRace = lesson?.step?.race != nil && !run.ran.contains(place)
    effects += bring(placeOfStep(run.lesson, place), startsRace: startsRace)
    guard let step = lesson?.step, !run.ran.contains(place) else { return effects + noteProgress() }
    lesson?.ran.insert(place)
    if let name = step.race { effects += startLessonRace(name) }
    if step.run > 0 { effects += takeSteps(step.run) }
    return effects + noteProgress()
  }

  /// Makes the state what belongs to a step: only what differs is changed.
  private mutating func bring(_ place: Place, startsRace: Bool) -> [Effect] {
    var effects = turn(to: place.configuration)
    if view != place.view, !startsRace { effects += quietly { $0.perform(.view(place.view)) } }
    (selection, phase) = (place.selection, place.phase)
    return effects
  }

  /// Does something without starting what runs.
  private mutating func quietly(
    _ act: (inout ExplorerState) -> [Effect]
  ) -> [Effect] {
    let effects = act(&self)
    message = ""
    return effects.filter { $0 != .race(.run(true)) }
  }

  /// Changes the parameters that differ; an experiment that must start anew has as many steps.
  private mutating func turn(to configuration: ExperimentConfiguration) -> [Effect] {
    guard settings.experiment != configuration else { return [] }
    let goal = Settings(experiment: configuration)
    var effects: [Effect] = []
    for row in ParameterTable.all
    where row.effect == .nextStep && !["drop", "drop-input", "variant"].contains(row.name) {
      let value = row.get(goal)
      guard row.get(settings) != value else { continue }
      // A value that is refused alone may go with others: the comparison below decides.
      effects += (try? changeWhileRunning(row.name, to: value)) ?? []
    }
    guard settings.experiment != configuration else { return effects }
    settings.experiment = configuration
    effects += send(
      .setAside(configuration, steps: lesson?.lesson.stepsBefore ?? 0))
    askedStart = sentCommands
    return effects
  }

  /// The state that belongs to a step: as the steps before it leave it.
  private func placeOfStep(_ lesson: Lesson, _ place: Int) -> Place {
    var scratch = self
    scratch.settings.experiment = lesson.configuration
    scratch.view = ViewDefinition(rawValue: lesson.view) ?? .live
    scratch.phase = nil
    scratch.selection = snapshot.firstSelection
    if let selection = lesson.selection { scratch.select(selection) }
    for (index, step) in lesson.steps.prefix(place + 1).enumerated() {
      if let view = step.view.flatMap(ViewDefinition.init(rawValue:)) { scratch.view = view }
      if step.race != nil { scratch.view = .race }
      for setting in step.settings { scratch.take(setting) }
      if let selection = step.selection { scratch.select(selection) }
      guard index < place, case .act(_, let acts) = step.task else { continue }
      for act in acts {
        switch act {
        case .set(let setting): scratch.take(setting)
        case .view(let name): scratch.view = ViewDefinition(rawValue: name) ?? scratch.view
        case .race: scratch.view = .race
        case .key(let name):
          // What it asks of the training is dropped: the parameters that it turns are what counts.
          if let command = KeyTable.command(named: name) { _ = scratch.perform(command) }
        case .run: break
        }
      }
    }
    return Place(
      configuration: scratch.settings.experiment, view: scratch.view, selection: scratch.selection,
      phase: scratch.phase)
  }

  /// Sets a parameter of a state that is only thought of.
  private mutating func take(_ setting: ParameterSetting) {
    if let changed = try? settings.experiment.changing(setting.name, to: setting.value) {
      settings.experiment = changed
    } else {
      var changed = settings
      if (try? changed.set(setting.name, to: setting.value)) != nil,
        (try? changed.validated()) != nil
      {
        settings = changed
      }
    }
  }

  /// Selects what a lesson speaks of; a unit that is not there leaves the selection.
  private mutating func select(_ selection: LessonSelection) {
    let layer = selection.layer.flatMap { self.layer(named: $0) } ?? shownLayer
    let unit = selection.unit.map { $0 - 1 } ?? snapshot.widestUnit(of: layer)
    guard unit < unitCount(of: .result(of: layer)) else { return }
    self.selection = Selection(layer: layer, unit: unit)
  }

  // MARK: What a lesson does in the person's place

  /// Performs acts in the person's place.
  mutating func perform(_ acts: [LessonAct]) -> [Effect] {
    if let place = lesson?.place { lesson?.acted.insert(place) }
    return acts.flatMap { act -> [Effect] in
      switch act {
      case .set(let setting):
        ParameterTable.definition(named: setting.name)?.effect == .startsAnew
          ? turn(to: settings.experiment.with(setting)) : change(setting.name, to: setting.value)
      case .key(let name): KeyTable.command(named: name).map { perform($0) } ?? []
      case .run(let steps): takeSteps(steps)
      case .view(let name):
        ViewDefinition(rawValue: name).map { view in quietly { $0.perform(.view(view)) } } ?? []
      case .race(let name): startLessonRace(name)
      }
    }
  }

  /// Takes training steps at once; in the race, of all runners.
  private mutating func takeSteps(_ steps: Int) -> [Effect] {
    guard view == .race else { return travel(to: .steps(steps)) }
    let goal = (lesson?.raceGoal ?? 0) + steps
    lesson?.raceGoal = goal
    return [.race(.travel(.step(goal)))]
  }

  /// Starts a race that stands still.
  private mutating func startLessonRace(_ name: String) -> [Effect] {
    guard let preset = RacePreset(rawValue: name) else { return [] }
    lesson?.raceGoal = 0
    view = .race
    return quietly { $0.startRace(preset) }
  }
}

extension ExperimentConfiguration {
  /// The configuration with one parameter set; itself where the value makes no sense there.
  fileprivate func with(_ setting: ParameterSetting) -> ExperimentConfiguration {
    var changed = Settings(experiment: self)
    guard (try? changed.set(setting.name, to: setting.value)) != nil,
      (try? changed.validated()) != nil
    else { return self }
    return changed.experiment
  }
}

extension TrainingSnapshot {
  /// The unit of a layer whose sums differ most for the watched example.
  func widestUnit(of layer: Int) -> Int {
    guard watched.value.sums.indices.contains(layer) else { return 0 }
    let sums = watched.value.sums[layer]
    let gaps = zip(sums.meanTraining, sums.test).map { ($0 - Double($1)).magnitude }
    return gaps.indices.max { gaps[$0] < gaps[$1] } ?? 0
  }
}

extension KeyTable {
  /// The command with a name; nil where there is none.
  static func command(named name: String) -> KeyCommand? {
    rows.lazy.flatMap(\.commands).first { $0.name == name }
  }
}
