import DropoutEngine
import DropoutMeasure
import Lessons

/// The state that belongs to a step of a lesson: as the steps before it leave it.
struct LessonPlace {
  /// The settings of the experiment.
  var configuration: ExperimentConfiguration
  /// The view.
  var view: ViewDefinition
  /// The selected unit.
  var selection: Selection
  /// The phase that the step view has come to.
  var phase: StepPhase?
  /// The watched example, from 0; nil leaves it to the person.
  var row: Int?
  /// The training steps behind it since the experiment began.
  var trained: Int
  /// The step whose race is shown, and the step of the race; nil where none was started.
  var race: (step: Int, goal: Int)?
}

extension ExplorerState {
  /// The state that belongs to a step of the lesson.
  ///
  /// It is found on a copy, which does what the steps before it do; what that asks of the training
  /// is dropped.
  mutating func lessonPlace(_ run: LessonRun, _ place: Int) -> LessonPlace {
    var copy = self
    copy.settings.experiment = run.lesson.configuration
    copy.view = ViewDefinition(rawValue: run.lesson.view) ?? .live
    copy.phase = nil
    copy.selection = snapshot.firstSelection
    var found = LessonPlace(
      configuration: run.lesson.configuration, view: copy.view, selection: copy.selection,
      trained: run.lesson.stepsBefore)
    if let selection = run.lesson.selection {
      select(selection, by: -1, on: &copy, into: &found)
    }
    for (index, step) in run.lesson.steps.prefix(place + 1).enumerated() {
      if let view = step.view.flatMap(ViewDefinition.init(rawValue:)) { copy.view = view }
      if step.race != nil {
        copy.view = .race
        found.race = (index, 0)
      }
      for setting in step.settings where copy.take(setting) { found.trained = 0 }
      if let selection = step.selection {
        select(selection, by: index, on: &copy, into: &found)
      }
      copy.train(step.run, of: &found)
      guard index < place else { continue }
      if case .act(_, let acts) = step.task {
        for act in acts { copy.perform(act, of: &found, by: index) }
      }
      if let chosen = run.chosen[index] {
        copy.selection = chosen.unit ?? copy.selection
        found.row = chosen.row ?? found.row
      }
    }
    found.configuration = copy.settings.experiment
    (found.view, found.selection, found.phase) = (copy.view, copy.selection, copy.phase)
    return found
  }

  /// Counts training steps, of the race where it is shown.
  private func train(_ steps: Int, of found: inout LessonPlace) {
    if view == .race { found.race?.goal += steps } else { found.trained += steps }
  }

  /// Performs an act of an earlier step on a copy.
  private mutating func perform(
    _ act: LessonAct, of found: inout LessonPlace, by index: Int
  ) {
    switch act {
    case .set(let setting): if take(setting) { found.trained = 0 }
    case .view(let name): view = ViewDefinition(rawValue: name) ?? view
    case .race:
      view = .race
      found.race = (index, 0)
    case .run(let steps): train(steps, of: &found)
    case .key(let name):
      guard let command = KeyTable.command(named: name) else { return }
      let effects = goToTellingExample(command) ?? perform(command)
      for case .train(.watch(let offset, _, of: _)) in effects {
        found.row = found.row.map { $0 + offset }
      }
    }
  }

  /// Sets a parameter of a copy; true where the experiment starts anew with it.
  private mutating func take(_ setting: ParameterSetting) -> Bool {
    if let changed = try? settings.experiment.changing(setting.name, to: setting.value) {
      settings.experiment = changed
      return false
    }
    guard let changed = settings.experiment.with(setting) else { return false }
    settings.experiment = changed
    return true
  }

  /// Selects what a step speaks of: what was chosen once stays chosen.
  private mutating func select(
    _ selection: LessonSelection, by index: Int, on copy: inout ExplorerState,
    into found: inout LessonPlace
  ) {
    selectUnit(selection, by: index, on: &copy)
    switch selection.example {
    case .number(let number)?: found.row = number - 1
    case .clearest?: found.row = clearestRow(of: copy.selection, selection.unit)
    case .byView?, nil: break
    }
  }

  private mutating func selectUnit(
    _ selection: LessonSelection, by index: Int, on copy: inout ExplorerState
  ) {
    guard selection.layer != nil || selection.unit != nil else { return }
    if let known = lesson?.selected[index] {
      copy.selection = known
      return
    }
    let layer = selection.layer.flatMap { self.layer(named: $0) } ?? copy.shownLayer
    let rows = selection.example == .clearest ? Array(evidence.examples.indices) : [watchedRow]
    let unit =
      switch selection.unit {
      case .number(let number)?: number - 1
      case .widest?: snapshot.widestUnit(of: layer)
      case .widestKept?:
        snapshot.widestUnit(of: layer) { mask(of: .result(of: layer))[watchedRow, $0] != 0 }
      case .masked?, .kept?, .differing?:
        loudestUnit(of: layer, selection.unit, in: rows) ?? copy.shownUnit
      case nil: copy.shownUnit
      }
    guard unit < unitCount(of: .result(of: layer)) else { return }
    copy.selection = Selection(layer: layer, unit: unit)
    lesson?.selected[index] = copy.selection
  }

  /// The unit whose masks are as asked for, and whose signal tells most, in some examples of the
  /// minibatch; nil where there is none.
  private func loudestUnit(
    of layer: Int, _ wanted: LessonSelection.Unit?, in rows: [Int]
  ) -> Int? {
    let units = 0..<unitCount(of: .result(of: layer))
    let places = rows.flatMap { row in
      units.filter { isMasked($0, of: layer, in: row, as: wanted) }.map { (row: row, unit: $0) }
    }
    return places.max {
      signalStrength($0.row, $0.unit, of: layer, as: wanted)
        < signalStrength($1.row, $1.unit, of: layer, as: wanted)
    }?.unit
  }

  /// The example of the minibatch that shows most of a unit: the most telling signal where the unit
  /// was chosen by its mask, and else the largest sum.
  private func clearestRow(of selected: Selection, _ unit: LessonSelection.Unit?) -> Int? {
    let rows = evidence.examples.indices
    switch unit {
    case .masked?, .kept?, .differing?: break
    case .number?, .widest?, .widestKept?, nil:
      let sums = evidence.layers[selected.layer].trainingSum
      return rows.max {
        sums[$0, selected.unit].magnitude < sums[$1, selected.unit].magnitude
      }
    }
    let wanted = rows.filter { isMasked(selected.unit, of: selected.layer, in: $0, as: unit) }
    // Where nothing comes through the unit on any example, something comes through others.
    func strength(_ row: Int) -> (Float, Float) {
      (
        signalStrength(row, selected.unit, of: selected.layer, as: unit),
        loudestSignal(row, of: selected.layer)
      )
    }
    return (wanted.isEmpty ? Array(rows) : wanted).max { strength($0) < strength($1) }
  }

  /// Whether the masks of a unit on an example are those that it is chosen by.
  private func isMasked(
    _ unit: Int, of layer: Int, in row: Int, as wanted: LessonSelection.Unit?
  ) -> Bool {
    // Output units have no masks.
    guard layer < outputLayer else { return wanted == .kept }
    switch wanted {
    case .masked?: return mask(of: .result(of: layer))[row, unit] == 0
    case .kept?: return mask(of: .result(of: layer))[row, unit] != 0
    case .differing?:
      let masks = evidence.mask(of: .result(of: layer))
      return (masks.forwardMask[row, unit] == 0) != (masks.backwardMask[row, unit] == 0)
    case .number?, .widest?, .widestKept?, nil: return true
    }
  }

  /// How much a unit's signal tells on an example.
  ///
  /// That is what comes through a unit that passes it on, and the signal itself of one that is
  /// masked. On an example whose units all pass nothing on, no signal tells anything.
  private func signalStrength(
    _ row: Int, _ unit: Int, of layer: Int, as wanted: LessonSelection.Unit?
  ) -> Float {
    guard loudestSignal(row, of: layer) > 0 else { return 0 }
    let values = evidence.layers[layer]
    let isPassedOn = wanted != .differing && isMasked(unit, of: layer, in: row, as: .kept)
    return isPassedOn ? values.delta[row, unit].magnitude : values.signal[row, unit].magnitude
  }

  /// The largest signal that a unit of a layer passes on to what feeds it; 0 where nothing does.
  private func loudestSignal(_ row: Int, of layer: Int) -> Float {
    let values = evidence.layers[layer]
    guard values.received.row(row).contains(where: { $0 != 0 }) else { return 0 }
    return values.delta.row(row).map(\.magnitude).max() ?? 0
  }

  /// Watches the example that the lesson means in a training step that the person went to.
  mutating func followStep() -> [Effect] {
    guard !isRunning, let run = lesson, run.followed != snapshot.step else { return [] }
    lesson?.followed = snapshot.step
    return watchMeantExample()
  }

  /// Watches the example that the lesson means, once the person has come to another training step;
  /// the person's own choice stays.
  mutating func watchMeantExample() -> [Effect] {
    guard let run = lesson, view != .race, !run.hasChosenExample else { return [] }
    guard let row = lessonPlace(run, run.place).row, row != watchedRow,
      row < evidence.examples.count
    else { return [] }
    lesson?.arrival?.row = row
    return send(.watch(offset: row - watchedRow, of: askedStart))
  }
}

extension ExperimentConfiguration {
  /// The configuration with one parameter set; nil where that makes no sense.
  func with(_ setting: ParameterSetting) -> ExperimentConfiguration? {
    var changed = Settings(experiment: self)
    guard (try? changed.set(setting.name, to: setting.value)) != nil,
      (try? changed.validated()) != nil
    else { return nil }
    return changed.experiment
  }
}

extension TrainingSnapshot {
  /// The unit of a layer whose sums differ most for the watched example, of those that are asked
  /// for; the first one where there is none.
  func widestUnit(of layer: Int, among isWanted: (_ unit: Int) -> Bool = { _ in true }) -> Int {
    guard watched.value.sums.indices.contains(layer) else { return 0 }
    let sums = watched.value.sums[layer]
    let gaps = zip(sums.meanTraining, sums.test).map { ($0 - Double($1)).magnitude }
    return gaps.indices.filter(isWanted).max { gaps[$0] < gaps[$1] } ?? 0
  }
}

extension KeyTable {
  /// The command with a name; nil where there is none.
  static func command(named name: String) -> KeyCommand? {
    rows.lazy.flatMap(\.commands).first { $0.name == name }
  }
}
