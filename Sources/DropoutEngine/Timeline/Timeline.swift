/// A training whose past is kept: any step of any of its branches is reached again, bit for bit.
///
/// A run is a function of its initial configuration and its journal. So a moment is reached from
/// the latest checkpoint before it by taking the same steps with the same changes. Training on from
/// a moment of the past follows the branch, with the changes that were made on it. A change that is
/// made in the past starts another branch, and the one that was left stays as it is.
///
/// It belongs to one thread.
public final class Timeline {
  /// The learners, where they stand now.
  public let group: LearnerGroup
  /// The configuration at step 0.
  public let initialConfiguration: ExperimentConfiguration
  /// The weights at step 0, for each learner; nil where they are drawn.
  public let initial: [NetworkParameters]?
  /// The branches, in the order in which they were begun.
  public internal(set) var branches: [Branch]
  /// The place of the branch that training is on, in ``branches``.
  public internal(set) var current: Int
  var store: CheckpointStore

  /// The most bytes that checkpoints take, unless told otherwise.
  ///
  /// Together with the checkpoints of a race they stay below 64 MB.
  public static let budget = 48 << 20

  /// Creates the timeline of a training.
  ///
  /// - Parameters:
  ///   - group: the learners, at step 0 or later on.
  ///   - initialConfiguration: the configuration at step 0.
  ///   - initial: the weights that they started from; nil where these were drawn.
  ///   - budget: the most bytes that checkpoints take.
  public init(
    _ group: LearnerGroup, from initialConfiguration: ExperimentConfiguration,
    initial: [NetworkParameters]?, budget: Int = Timeline.budget
  ) {
    self.group = group
    self.initialConfiguration = initialConfiguration
    self.initial = initial
    branches = [Branch(number: 1, journal: group.journal, reached: group.step)]
    current = 0
    store = CheckpointStore(budget: budget)
    if group.step > 0 { keep() }
  }

  /// Creates the timeline of learners at step 0, with branches that are known.
  ///
  /// - Parameters:
  ///   - group: the learners, at step 0.
  ///   - initialConfiguration: the configuration at step 0, which is theirs.
  ///   - initial: the weights that they start from; nil where these were drawn.
  ///   - branches: the branches, whose changes the experiment accepts; at least one.
  ///   - current: the number of the branch to be on.
  ///   - budget: the most bytes that checkpoints take.
  public init(
    _ group: LearnerGroup, from initialConfiguration: ExperimentConfiguration,
    initial: [NetworkParameters]?, branches: [Branch], current: Int,
    budget: Int = Timeline.budget
  ) {
    guard let index = branches.firstIndex(where: { $0.number == current }) else {
      preconditionFailure("there is no branch \(current)")
    }
    precondition(group.step == 0 && group.journal.entries.isEmpty, "learners at step 0")
    self.group = group
    self.initialConfiguration = initialConfiguration
    self.initial = initial
    self.branches = branches
    self.current = index
    store = CheckpointStore(budget: budget)
    takeChanges(atMost: branch.journal.entries.count)
  }

  /// The branch that training is on.
  public var branch: Branch { branches[current] }

  /// The moment at which training stands.
  public var position: TimelinePosition {
    TimelinePosition(
      branch: branch.number, step: group.step, changes: group.journal.entries.count)
  }

  /// The epochs of the branch that training is on.
  public var calendar: EpochCalendar {
    EpochCalendar(
      examples: group.dataset.trainingExamples.count, batch: initialConfiguration.batch,
      journal: branch.journal)
  }

  /// Whether the branch that training is on has steps or changes behind the present moment.
  public var isInPast: Bool {
    group.step < branch.reached || group.journal.entries.count < branch.journal.entries.count
  }

  /// The bytes that all checkpoints take.
  public var checkpointBytes: Int {
    (store.moments + store.near).reduce(0) { $0 + $1.bytes }
  }

  /// The steps that have a checkpoint on the branch that training is on, in order.
  public var checkpointSteps: [Int] {
    let end = TimelinePosition(
      branch: branch.number, step: .max, changes: branch.journal.entries.count)
    return store.moments.filter { $0.leads(to: end, of: branch.journal) }.map(\.step)
  }

  // MARK: Forward

  /// Takes steps along the branch, with the changes that were made on it.
  ///
  /// Where a change before the next step was undone, training leaves the branch.
  ///
  /// - Throws: ``NotFiniteError`` where a step would leave a value that is not finite; only the
  ///   steps before it are taken.
  public func advance(steps: Int) throws(NotFiniteError) {
    _ = try advance(steps: steps, withinRange: false)
  }

  /// Takes steps as ``advance(steps:)`` does, and goes back to the last good one where the loss
  /// leaves its range on the way, or a value is not finite.
  ///
  /// Behind the place where the branch is known to break, the loss is not looked at.
  ///
  /// - Returns: what broke it; nil where nothing did.
  /// - Throws: ``NotFiniteError`` as ``advance(steps:)`` does, where training already stands behind
  ///   the last good step.
  public func advanceWithinRange(steps: Int) throws(NotFiniteError) -> Breakdown? {
    let isBehind = branch.departure.map { group.step >= $0.step } ?? false
    let isBehindGood = branch.goodStep.map { group.step > $0 } ?? false
    do {
      guard let departure = try advance(steps: steps, withinRange: !isBehind) else { return nil }
      branches[current].departure = departure
      return goBack(before: .leftRange(departure))
    } catch {
      guard !isBehindGood else { throw error }
      return goBack(before: .notFinite(error))
    }
  }

  /// Goes back to the last good step before what broke the branch.
  public func goBack(before breakdown: Breakdown) -> Breakdown {
    _ = travel(to: breakdown.goodStep)
    return breakdown
  }

  private func advance(steps: Int, withinRange: Bool) throws(NotFiniteError) -> LossDeparture? {
    guard steps > 0 else { return nil }
    if isBeforeChange { fork() }
    let goal = group.step + steps
    while group.step < goal {
      try advance(through: min(goal, nextStop), withinRange: withinRange)
      if withinRange, let departure = group.departure { return departure }
      takeChanges(atMost: branch.journal.entries.count)
      keepIfDue()
    }
    return nil
  }

  /// Takes steps up to the next place where something else is to be done.
  func advance(through step: Int, withinRange: Bool = false) throws(NotFiniteError) {
    defer {
      branches[current].reached = max(branch.reached, group.step)
      // A change has healed what broke.
      if let stop = branch.stop, group.step > stop.step { branches[current].stop = nil }
    }
    do {
      try group.advance(steps: step - group.step, withinRange: withinRange)
    } catch {
      branches[current].stop = error
      throw error
    }
  }

  /// Whether a change that was made here is undone.
  private var isBeforeChange: Bool {
    let taken = group.journal.entries.count
    return taken < branch.journal.entries.count
      && branch.journal.entries[taken].step == group.step
  }

  /// The step of the next change of the branch, or of the next checkpoint.
  var nextStop: Int {
    let taken = group.journal.entries.count
    let change =
      taken < branch.journal.entries.count ? branch.journal.entries[taken].step : Int.max
    return max(group.step + 1, min(change, nextCheckpoint))
  }

  /// Makes the branch's own changes that are due, at most a number of them in all.
  func takeChanges(atMost count: Int) {
    while group.journal.entries.count < count {
      let entry = branch.journal.entries[group.journal.entries.count]
      guard entry.step == group.step else { return }
      do {
        try group.apply(entry.change)
      } catch {
        preconditionFailure("a change that was made before is refused at the same step: \(error)")
      }
    }
  }

  // MARK: Changes

  /// Makes a change that takes effect with the next step; in the past it starts another branch.
  ///
  /// - Throws: `ConfigurationError` as ``LearnerGroup/apply(_:)`` does; nothing has changed then.
  public func apply(_ change: ExperimentChange) throws(ConfigurationError) {
    try group.apply(change)
    let changes = group.journal
    if group.step < branch.reached
      || branch.journal.entries.count >= changes.entries.count
    {
      fork()
    }
    branches[current].journal = changes
  }

  /// Leaves the branch where training stands, for another one that does not go on yet.
  private func fork() {
    branches.append(
      Branch(
        number: (branches.map(\.number).max() ?? 0) + 1, parent: branch.number, origin: group.step,
        journal: group.journal, reached: group.step))
    current = branches.count - 1
  }

  // MARK: Checkpoints

  /// The bytes that a checkpoint takes here.
  var bytes: Int {
    group.learners.reduce(0) {
      $0
        + TrainerCheckpoint.bytes(
          numbers: $1.blocks.count, changes: $1.journal.entries.count,
          units: $1.interventions.count)
    }
  }

  /// The latest checkpoint that led here, 0 where there is none.
  private var lastCheckpoint: Int {
    let journal = group.journal
    return store.moments.last { $0.leads(to: position, of: journal) }?.step ?? 0
  }

  private var nextCheckpoint: Int {
    guard store.hasRoom(bytes: bytes) else { return .max }
    let steps = branches.reduce(0) { $0 + $1.reached - $1.origin }
    return lastCheckpoint + store.spacing(bytes: bytes, steps: steps)
  }

  func keepIfDue() {
    if group.step >= nextCheckpoint { keep() }
  }

  private func keep() {
    guard store.hasRoom(bytes: bytes) else { return }
    store.makeRoom(bytes: bytes)
    store.insert(moment)
  }

  var moment: CheckpointStore.Moment {
    CheckpointStore.Moment(learners: group.checkpoints, branch: branch.number)
  }
}
