import DropoutEngine
import DropoutMeasure
import Sessions

/// One runner: its trainer, what measures it, and its curve.
///
/// It belongs to one thread at a time.
final class RaceLane {
  let entry: RaceEntry
  /// The weights that it started from; nil where they were drawn.
  let initial: [NetworkParameters]?
  private let timeline: Timeline
  private let measurer: Measurer
  private var points: [RacePoint] = []
  private var minibatchLoss = Double.nan
  /// The masked loss at each point of the curve where it was measured, by step.
  private var minibatchLosses: [Int: Double] = [:]
  private(set) var notFinite: NotFiniteError?
  /// The most bytes that the checkpoints of all runners take.
  private static let budget = 12 << 20
  /// The points of a curve that are measured while a race is brought back.
  private static let partsOfReplay = 48
  /// The most points of a curve; beyond that every second one is given up.
  private static let mostPoints = 512

  init(
    _ entry: RaceEntry, of count: Int, dataset: Dataset, initial: [NetworkParameters]?,
    journal: Journal? = nil, kernels: KernelPath
  ) throws(ConfigurationError) {
    self.entry = entry
    self.initial = initial
    let journal = journal ?? entry.journal
    timeline = Timeline(
      try LearnerGroup(
        configuration: entry.configuration, dataset: dataset, initial: initial, kernels: kernels),
      from: entry.configuration, initial: initial,
      branches: [
        Branch(number: 1, journal: journal, reached: journal.entries.last?.step ?? 0)
      ], current: 1, budget: RaceLane.budget / count)
    measurer = Measurer(dataset: dataset, kernels: kernels)
  }

  /// Its learners, where they stand.
  var group: LearnerGroup { timeline.group }

  /// Goes to a step of its run, or to where it stops before.
  func travel(to step: Int) {
    go(to: step)
    recallMinibatchLoss()
  }

  private func go(to step: Int) {
    switch timeline.travel(to: step) {
    case .stopped(let error): notFinite = error
    case .arrived, .calledOff: notFinite = nil
    }
  }

  /// Goes to a step with a number of its changes in force.
  func travel(to step: Int, changes: Int) {
    go(to: step, changes: changes)
    recallMinibatchLoss()
  }

  /// The masked loss is that of the last point before where it stands; the way there has none.
  private func recallMinibatchLoss() {
    _ = group.takeMinibatchLoss()
    let point = points.last { $0.step <= group.step }
    minibatchLoss = point.flatMap { minibatchLosses[$0.step] } ?? .nan
  }

  private func go(to step: Int, changes: Int) {
    let arrival = timeline.travel(
      to: TimelinePosition(branch: timeline.branch.number, step: step, changes: changes))
    switch arrival {
    case .stopped(let error): notFinite = error
    case .arrived, .calledOff: notFinite = nil
    }
  }

  /// Goes to where it stood in a race that is brought back; where it had stopped, it stops again.
  ///
  /// Its curve is measured at moments that lie evenly, also ahead of where it stood.
  func take(_ standing: SavedRace.Place.Standing, in race: SavedRace.Place) {
    let ahead = race.reached > race.step ? 1 : 0
    for part in 0..<(RaceLane.partsOfReplay + ahead) {
      let step = race.reached * part / RaceLane.partsOfReplay
      guard step > points.last?.step ?? -1 else { continue }
      go(to: step)
      guard notFinite == nil else { break }
      points.append(
        RacePoint(step: step, testLoss: measurer.evaluate(group.states, on: .test).loss))
    }
    go(to: points.last { $0.step <= standing.step }?.step ?? 0)
    _ = group.takeMinibatchLoss()
    go(to: standing.step, changes: standing.changes)
    guard notFinite == nil, standing.step < race.step else { return }
    go(to: standing.step + 1)
    if notFinite == nil { go(to: standing.step, changes: standing.changes) }
  }

  /// Takes the masked loss for that where it stands, in place of the one on its way there.
  func recall(maskedLoss: Double) {
    _ = group.takeMinibatchLoss()
    minibatchLoss = maskedLoss
  }

  /// All changes on its course, also those that are undone.
  var journal: Journal { timeline.branch.journal }

  /// Where it stands.
  var standing: SavedRace.Place.Standing {
    SavedRace.Place.Standing(step: group.step, changes: group.journal.entries.count)
  }

  /// The epochs of its run.
  var calendar: EpochCalendar { timeline.calendar }

  /// Takes steps up to a step that all runners go to, unless a step before was not finite.
  ///
  /// A runner that had stopped and goes on again is behind: it takes up to eight times as many
  /// steps until it is level.
  func advance(to step: Int, by steps: Int) {
    guard notFinite == nil else { return }
    let (branch, start) = (timeline.branch.number, group.step)
    do {
      try timeline.advance(steps: max(0, min(step - group.step, 8 * steps)))
    } catch {
      notFinite = error
    }
    // Without a change that was undone, the course is another one from here on.
    if timeline.branch.number != branch { forgetCurve(behind: start) }
  }

  /// Gives up the points of its curve behind a step, since its course has left them.
  private func forgetCurve(behind step: Int) {
    points.removeAll { $0.step > step }
  }

  /// Makes a change from the next step on; a runner that had stopped goes on.
  func apply(_ change: ExperimentChange) throws(ConfigurationError) {
    try timeline.apply(change)
    forgetCurve(behind: group.step)
    notFinite = nil
  }

  /// Measures it now, and notes a point of its curve.
  func measure() -> LaneSnapshot {
    let states = group.states
    let test = measurer.evaluate(states, on: .test)
    if let loss = group.takeMinibatchLoss() { minibatchLoss = loss }
    let last = points.last?.step ?? -1
    minibatchLosses[group.step] = minibatchLoss
    if last < group.step {
      points.append(RacePoint(step: group.step, testLoss: test.loss))
    } else if last == group.step {
      points[points.count - 1].testLoss = test.loss
    }
    if points.count > RaceLane.mostPoints {
      points = points.enumerated().filter { $0.offset % 2 == 0 || $0.offset == points.count - 1 }
        .map(\.element)
      let steps = Set(points.map(\.step))
      minibatchLosses = minibatchLosses.filter { steps.contains($0.key) }
    }
    let divergence = measurer.divergence(states[0])
    return LaneSnapshot(
      entry: entry, configuration: group.configuration, test: test, minibatchLoss: minibatchLoss,
      output: divergence[divergence.count - 1], weightNorm: norm(group.parameters), points: points,
      masks: masks(), notFinite: notFinite)
  }

  /// The 2-norm of the weights; of several learners the root of the mean square.
  private func norm(_ learners: [NetworkParameters]) -> Double {
    let sum = learners.reduce(0.0) { sum, parameters in
      parameters.layers.reduce(sum) { sum, layer in
        layer.weights.elements.reduce(sum) { $0 + Double($1) * Double($1) }
      }
    }
    return (sum / Double(learners.count)).squareRoot()
  }

  /// The masks of the first example of the next step; none where that step is not finite.
  ///
  /// They are the forward ones, or the backward ones where only the backward pass masks.
  private func masks() -> [[Float]] {
    guard let evidence = try? group.learners[0].evidence() else { return [] }
    let isBackward = evidence.configuration.dropout.maskPass == .backward
    let places = [evidence.inputDropout] + evidence.layers.dropLast().map(\.mask)
    return places.map { Array((isBackward ? $0.backwardMask : $0.forwardMask).row(0)) }
  }

  /// The training as it stands, for another one on the data of an experiment that goes on from
  /// here.
  func handover(of experiment: ExperimentIdentity) -> TrainingHandover {
    TrainingHandover(
      experiment: experiment, initialConfiguration: entry.configuration, initial: initial,
      checkpoints: group.checkpoints)
  }
}
