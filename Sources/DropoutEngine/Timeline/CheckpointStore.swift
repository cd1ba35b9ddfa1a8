/// Checkpoints of a run, in a fixed room however long the run and however large its network.
///
/// They lie about evenly over the steps of all branches. Where there is no room for one more, that
/// one goes whose going leaves the smallest gap. A few more stand close behind the place that was
/// gone to last, so that going back step by step is quick.
struct CheckpointStore {
  /// The learners at one moment.
  struct Moment {
    let learners: [TrainerCheckpoint]
    /// The branch that they were on.
    var branch: Int

    var step: Int { learners[0].step }
    var journal: Journal { learners[0].journal }

    /// The bytes that it takes.
    var bytes: Int { learners.reduce(0) { $0 + $1.bytes } }

    /// Whether a training goes on from here to a moment of a branch.
    func leads(to position: TimelinePosition, of journal: Journal) -> Bool {
      step <= position.step && self.journal.entries.count <= position.changes
        && self.journal.leads(from: step, to: journal)
    }
  }

  /// The most bytes that are kept.
  let budget: Int
  /// The checkpoints in the order of their steps.
  private(set) var moments: [Moment] = []
  /// Those behind the place that was gone to last, the latest first.
  private(set) var near: [Moment] = []

  /// The most checkpoints, however small they are.
  static let most = 512
  /// The fewest steps from one checkpoint to the next: copying a network costs far less than that
  /// many steps.
  static let leastSpacing = 128
  /// The steps from the place that was gone to back to each near checkpoint.
  static let nearDistances = [512, 64, 8]
  /// The most near checkpoints.
  static let mostNear = 6
  /// The most near checkpoints of a network so large that fewer than 48 checkpoints find room.
  static let mostLargeNear = 2

  /// The most bytes that checkpoints of a size take.
  static func mostBytes(of size: Int, budget: Int) -> Int {
    min(budget / max(1, size), most + mostNear) * size
  }

  init(budget: Int) {
    self.budget = budget
  }

  /// The number of checkpoints of a size that there is room for, near ones left aside.
  private func capacity(bytes: Int) -> Int {
    min(CheckpointStore.most, budget / max(1, bytes) - nearCapacity(bytes: bytes))
  }

  /// The number of near checkpoints that find room: at most a quarter of the room is theirs.
  func nearCapacity(bytes: Int) -> Int {
    let room = budget / max(1, bytes)
    return min(room < 48 ? CheckpointStore.mostLargeNear : CheckpointStore.mostNear, room / 4)
  }

  /// Whether checkpoints of a size find room at all.
  func hasRoom(bytes: Int) -> Bool { capacity(bytes: bytes) > 0 }

  /// The steps from one checkpoint to the next, in a run of a number of steps on all branches.
  func spacing(bytes: Int, steps: Int) -> Int {
    max(CheckpointStore.leastSpacing, steps / (capacity(bytes: bytes) + 1))
  }

  /// Gives up checkpoints until one more of a size finds room, before it is made: all of them
  /// together never take more than the room that there is.
  mutating func makeRoom(bytes: Int) {
    while !moments.isEmpty, !fitsOneMore(bytes) { moments.remove(at: mostCrowded) }
  }

  private func fitsOneMore(_ bytes: Int) -> Bool {
    moments.count < CheckpointStore.most
      && moments.reduce(bytes) { $0 + $1.bytes } <= budget - nearCapacity(bytes: bytes) * bytes
  }

  /// Keeps a checkpoint, for which there is room.
  mutating func insert(_ moment: Moment) {
    let place = moments.firstIndex { $0.step > moment.step } ?? moments.count
    moments.insert(moment, at: place)
  }

  /// The checkpoint whose neighbours on its own branch are closest to each other.
  private var mostCrowded: Int {
    var previous: [Int: Int] = [:]
    var gaps = Array(repeating: Int.max, count: moments.count)
    var before = Array(repeating: 0, count: moments.count)
    for (index, moment) in moments.enumerated() {
      if let last = previous[moment.branch] {
        before[index] = moments[last].step
        gaps[last] = moment.step - before[last]
      }
      previous[moment.branch] = index
    }
    // The last one of a branch has no neighbour behind it.
    for index in previous.values { gaps[index] = 2 * (moments[index].step - before[index]) }
    return gaps.indices.min { gaps[$0] < gaps[$1] } ?? 0
  }

  /// Gives up near checkpoints where others are to take their room, before these are made.
  ///
  /// - Parameters:
  ///   - count: the number of those to come.
  ///   - step: the step of the first one.
  ///   - bytes: the size of each.
  mutating func makeNearRoom(for count: Int, from step: Int, bytes: Int) {
    near = Array(
      near.filter { $0.step < step }.prefix(max(0, nearCapacity(bytes: bytes) - count)))
  }

  /// Keeps checkpoints close behind a place, and of those before the ones that lie behind them.
  mutating func keepNear(_ found: [Moment]) {
    guard let first = found.first else { return }
    let latestFirst = found.reversed()
    near = Array(
      (latestFirst + near.filter { $0.step < first.step })
        .prefix(nearCapacity(bytes: first.bytes)))
  }

  /// The latest checkpoint from which a training goes on to a moment of a branch.
  func latest(before position: TimelinePosition, of journal: Journal) -> Moment? {
    let end = moments.firstIndex { $0.step > position.step } ?? moments.count
    let kept = moments[..<end].last { $0.leads(to: position, of: journal) }
    let close = near.filter { $0.leads(to: position, of: journal) }.max { $0.step < $1.step }
    guard let kept, let close else { return kept ?? close }
    return close.step > kept.step ? close : kept
  }

  /// Gives up what belongs to no branch any more.
  mutating func forget(allBut branches: [Branch]) {
    func owner(_ moment: Moment) -> Branch? {
      branches.first { $0.number == moment.branch }
        ?? branches.first {
          $0.reached >= moment.step && moment.journal.leads(from: moment.step, to: $0.journal)
        }
    }
    moments = moments.compactMap { moment in
      owner(moment).map { Moment(learners: moment.learners, branch: $0.number) }
    }
    near = near.filter { owner($0) != nil }
  }
}
