import DropoutEngine
import Sessions

/// Measures the curves of all branches of a run again, at the moments where they were measured.
///
/// The branch that training is on comes last, so that training stands at its place then.
struct CurveReplay {
  private let timeline: Timeline
  private let parts: SnapshotParts
  /// The parameters of all learners.
  private let parameters: Double
  /// The multiplications that may be spent still; nil sets no bound.
  private var budget: Double?

  /// The multiplications that a person may wait for: about three seconds of one core.
  private static let patience = 1e10
  /// The points of a curve whose moments are not known, or take too long.
  private static let fewPoints = 60

  /// Is told how far the branch that is gone along is.
  private let tell: @Sendable (TimelineProgress) -> Void

  /// Prepares to measure; `isBounded` says whether a person waits for it, and `tell` is told how
  /// far it is.
  init(
    _ timeline: Timeline, _ parts: SnapshotParts, isBounded: Bool,
    tell: @escaping @Sendable (TimelineProgress) -> Void
  ) {
    (self.timeline, self.parts, self.tell) = (timeline, parts, tell)
    parameters = timeline.group.states.reduce(0) { $0 + Double($1.parameterCount) }
    budget = isBounded ? CurveReplay.patience : nil
  }

  /// Goes to the place of a course, and measures the curves of all branches.
  ///
  /// - Throws: `NotFiniteError` where that place cannot be reached.
  mutating func curves(of course: RunCourse) throws(NotFiniteError) -> [Int: [CurvePoint]] {
    var curves: [Int: [CurvePoint]] = [:]
    let current = course.branches.filter { $0.number == course.position.branch }
    let others = course.branches.filter { $0.number != course.position.branch }
    // The curve on the screen has its share of the budget first.
    let mine = current.map { ($0, plan(course, $0)) }
    for (branch, moments) in others.map({ ($0, plan(course, $0)) }) + mine {
      curves[branch.number] = points(at: moments, of: branch)
    }
    let arrival = timeline.travel(to: course.position) { step in
      tell(TimelineProgress(step: step, goal: course.position.step))
      return true
    }
    if case .stopped(let error) = arrival { throw error }
    _ = timeline.group.takeMinibatchLoss()
    return curves
  }

  // MARK: Moments

  /// The moments at which a branch is measured: as many as the budget allows.
  private mutating func plan(_ course: RunCourse, _ branch: Branch) -> [CurveMoment] {
    let isCurrent = branch.number == course.position.branch
    let last = isCurrent ? course.position.step : branch.reached
    let moments = course.curves[branch.number] ?? CurveReplay.even(branch, through: last)
    guard let left = budget else { return moments }
    // The way to where training stands is gone in any case.
    let way = isCurrent ? 0 : Double(branch.reached - branch.origin) * stepCost
    guard isCurrent || way <= left else { return [] }
    let affordable = Int(nearest: ((left - way) / pointCost).rounded(.down), in: 0...1 << 20)
    let room = max(CurveReplay.fewPoints, affordable)
    let every = max(1, (moments.count + room - 1) / room)
    let kept = moments.indices.filter { $0 % every == 0 || $0 == moments.count - 1 }
      .map { moments[$0] }
    budget = max(0, left - way - Double(kept.count) * pointCost)
    return kept
  }

  /// Moments that lie evenly on a branch, as older sessions have none of their own.
  private static func even(_ branch: Branch, through last: Int) -> [CurveMoment] {
    var moments: [CurveMoment] = []
    for part in 0...fewPoints {
      let step = last * part / fewPoints
      let before = moments.last?.step ?? 0
      if step == before, part > 0 { continue }
      moments.append(
        CurveMoment(
          step: step, minibatches: step - before, changes: branch.journal.count(through: step)))
    }
    return moments
  }

  /// The multiplications of a step: forward, and twice as many backward.
  private var stepCost: Double { 3 * parameters * Double(timeline.initialConfiguration.batch) }

  /// The multiplications of a point: the test part under several test passes, and the training
  /// part.
  private var pointCost: Double {
    let dataset = timeline.group.dataset
    return parameters
      * Double(4 * max(1, dataset.testExamples.count) + dataset.trainingExamples.count)
  }

  // MARK: Measuring

  /// The points of a branch at some moments, as far as it can be gone.
  private func points(at moments: [CurveMoment], of branch: Branch) -> [CurvePoint] {
    var points: [CurvePoint] = []
    for moment in moments {
      guard let networks = networks(at: moment, of: branch, last: moments.last?.step ?? 0) else {
        break
      }
      points.append(parts.point(networks))
    }
    return points
  }

  /// The networks at a moment, with the loss of the minibatches before it; nil where the branch
  /// stops on the way.
  private func networks(
    at moment: CurveMoment, of branch: Branch, last: Int
  ) -> MeasuredNetworks? {
    func onTheWay(_ step: Int) { tell(TimelineProgress(step: step, goal: last)) }
    func place(_ step: Int, _ changes: Int) -> TimelinePosition {
      TimelinePosition(branch: branch.number, step: step, changes: changes)
    }
    let start = moment.step - moment.minibatches
    let changes =
      moment.minibatches == 0 ? moment.changes : branch.journal.count(through: start)
    let arrival = timeline.travel(to: place(start, changes)) { step in
      onTheWay(step)
      return true
    }
    guard case .arrived = arrival else { return nil }
    let group = timeline.group
    _ = group.takeMinibatchLoss()
    do {
      try timeline.follow(to: place(moment.step, moment.changes), tell: onTheWay)
    } catch {
      return nil
    }
    return MeasuredNetworks(
      generation: 0, states: group.states, learner: 0, run: TimelineOutline(timeline),
      minibatchLoss: group.takeMinibatchLoss() ?? .nan, minibatches: moment.minibatches)
  }
}
