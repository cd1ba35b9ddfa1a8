import CAllocationCount
import DropoutEngine
import Oracles
import RepeatableRandom
import Testing

@Suite("A timeline") struct TimelineTests {
  /// A run with changes at random, and the straight run that it has to equal.
  private func played(
    _ configuration: ExperimentConfiguration, steps: Int, budget: Int = Timeline.budget,
    _ random: inout Generator
  ) throws -> (timeline: Timeline, straight: StraightRun) {
    let timeline = Timeline(
      try configuration.group(), from: configuration, initial: nil, budget: budget)
    while timeline.group.step < steps {
      try timeline.advance(steps: min(random.int(1...90), steps - timeline.group.step))
      for _ in 0..<random.int(0...2) {
        try timeline.apply(StraightRun.change(of: configuration, &random))
      }
    }
    return (
      timeline, try StraightRun(configuration, journal: timeline.branch.journal, steps: steps)
    )
  }

  @Test(
    "reaches random steps bit for bit, after changes at random", arguments: Variant.allCases)
  func rewind(variant: Variant) throws {
    var random = Generator(seed: 17)
    for optimizer in StraightRun.optimizers {
      let configuration = try ExperimentConfiguration.small(variant, optimizer: optimizer)
      let (timeline, straight) = try played(configuration, steps: 600, &random)
      #expect(timeline.group.checkpoints == straight.moments[600])
      for _ in 0..<40 {
        let step = random.int(0...600)
        #expect(timeline.travel(to: step) == .arrived)
        #expect(timeline.group.checkpoints == straight.moments[step])
        #expect(timeline.branches.count == 1 && timeline.branch.reached == 600)
      }
      // Training on from there follows the branch, with its changes.
      #expect(timeline.travel(to: 100) == .arrived)
      try timeline.advance(steps: 333)
      #expect(timeline.group.checkpoints == straight.moments[433])
    }
  }

  @Test("needs no checkpoint, where none finds room", arguments: [0, 40_000])
  func smallRoom(budget: Int) throws {
    var random = Generator(seed: 3)
    let configuration = try ExperimentConfiguration.small(.inverted, optimizer: "adam")
    let (timeline, straight) = try played(configuration, steps: 2000, budget: budget, &random)
    #expect(timeline.checkpointBytes <= budget)
    for step in [2000, 0, 1999, 1, 700, 699, 698, 1500] {
      #expect(timeline.travel(to: step) == .arrived)
      #expect(timeline.group.checkpoints == straight.moments[step])
      #expect(timeline.checkpointBytes <= budget)
    }
  }

  @Test("keeps the few checkpoints of a large network that there is room for", arguments: 1...9)
  func largeNetwork(count: Int) throws {
    let configuration = try ExperimentConfiguration.small(.inverted)
    let whole = Timeline(try configuration.group(), from: configuration, initial: nil)
    try whole.advance(steps: 128)
    let bytes = whole.checkpointBytes
    let timeline = Timeline(
      try configuration.group(), from: configuration, initial: nil, budget: count * bytes)
    try timeline.advance(steps: 4000)
    #expect(timeline.checkpointSteps.count >= (count + 1) / 2)
    #expect(timeline.travel(to: 3900) == .arrived)
    #expect(timeline.checkpointBytes <= count * bytes)
  }

  @Test(
    "never takes more room, not for a moment, however large a checkpoint is",
    .enabled(if: ca_is_counting(), "counted with glibc"), arguments: [1, 2, 4, 7, 13])
  func mostMemory(count: Int) throws {
    var configuration = try ExperimentConfiguration.small(.inverted)
    configuration.hidden = [120, 120]
    configuration.optimizer.kind = .adam
    let whole = Timeline(try configuration.group(), from: configuration, initial: nil)
    try whole.advance(steps: 128)
    let bytes = whole.checkpointBytes
    let timeline = Timeline(
      try configuration.group(), from: configuration, initial: nil, budget: count * bytes)
    try timeline.advance(steps: 20)
    _ = timeline.travel(to: 10)
    _ = ca_most_held_bytes()
    let before = ca_held_bytes()
    try timeline.advance(steps: 1_500)
    for step in [1_400, 700, 1_300, 1_290, 30, 1_500] { _ = timeline.travel(to: step) }
    #expect(timeline.checkpointBytes > 0)
    let most = Int(ca_most_held_bytes() - before)
    // A journey takes less than a checkpoint besides.
    #expect(most <= count * bytes + bytes * 3 / 4, "\(most) of \(count) times \(bytes)")
  }

  @Test("keeps its checkpoints about evenly, in a fixed room")
  func thinning() throws {
    let configuration = try ExperimentConfiguration.small(.inverted)
    let timeline = Timeline(try configuration.group(), from: configuration, initial: nil)
    try timeline.advance(steps: 300_000)
    let steps = [0] + timeline.checkpointSteps + [300_000]
    #expect(steps.count > 250 && steps.count < 520)
    let gaps = zip(steps, steps.dropFirst()).map { $1 - $0 }
    #expect(try #require(gaps.max()) <= 4 * 300_000 / 512)
    #expect(timeline.checkpointBytes <= Timeline.budget)
  }

  @Test("starts another branch where something is changed in the past, and keeps the first one")
  func branches() throws {
    var random = Generator(seed: 5)
    let configuration = try ExperimentConfiguration.small(.inverted)
    let (timeline, straight) = try played(configuration, steps: 500, &random)
    let first = timeline.branch
    #expect(timeline.travel(to: 210) == .arrived)
    let change = ExperimentChange.parameter(name: "keep", value: "0.95")
    try timeline.apply(change)
    #expect(timeline.branches.count == 2 && timeline.branches[0] == first)
    #expect(timeline.branch.parent == 1 && timeline.branch.origin == 210)
    try timeline.advance(steps: 90)
    // More changes at its end stay on it.
    try timeline.apply(.parameter(name: "l2", value: "0.01"))
    #expect(timeline.branches.count == 2)
    try timeline.advance(steps: 300)
    let other = try StraightRun(configuration, journal: timeline.branch.journal, steps: 600)
    #expect(timeline.group.checkpoints == other.moments[600])
    #expect(other.moments[210] != straight.moments[210])
    for _ in 0..<60 {
      let number = random.int(1...2)
      let run = number == 1 ? straight : other
      let step = random.int(0...(number == 1 ? 500 : 600))
      let changes = run.moments[step][0].journal.entries.count
      let position = TimelinePosition(branch: number, step: step, changes: changes)
      #expect(timeline.travel(to: position) == .arrived)
      #expect(timeline.group.checkpoints == run.moments[step])
      #expect(timeline.position == position)
    }
    #expect(timeline.travel(to: timeline.end(of: 2)) == .arrived)
    #expect(timeline.remove(2) == false)
    #expect(timeline.remove(1))
    #expect(timeline.branches.count == 1)
    #expect(timeline.travel(to: 100) == .arrived)
    #expect(timeline.group.checkpoints == other.moments[100])
  }

  @Test("goes back before a change, and trains on without it on another branch")
  func undo() throws {
    let configuration = try ExperimentConfiguration.small(.inverted)
    let timeline = Timeline(try configuration.group(), from: configuration, initial: nil)
    #expect(timeline.positionBeforeChange == nil && timeline.positionAfterChange == nil)
    try timeline.advance(steps: 50)
    try timeline.apply(.parameter(name: "keep", value: "0.9"))
    try timeline.apply(.parameter(name: "l2", value: "0.1"))
    try timeline.advance(steps: 50)
    let end = timeline.group.checkpoints
    // Twice back, twice on: nothing is lost, and no branch is begun.
    for changes in [1, 0] {
      let before = try #require(timeline.positionBeforeChange)
      #expect(before == TimelinePosition(branch: 1, step: 50, changes: changes))
      #expect(timeline.travel(to: before) == .arrived)
      #expect(timeline.group.journal.entries.count == changes)
    }
    #expect(timeline.group.configuration == configuration)
    for changes in [1, 2] {
      let after = try #require(timeline.positionAfterChange)
      #expect(after == TimelinePosition(branch: 1, step: 50, changes: changes))
      #expect(timeline.travel(to: after) == .arrived)
    }
    #expect(timeline.branches.count == 1)
    #expect(timeline.travel(to: 100) == .arrived)
    #expect(timeline.group.checkpoints == end)
    // Back and on: the change is left out on a branch of its own.
    #expect(timeline.travel(to: TimelinePosition(branch: 1, step: 50, changes: 1)) == .arrived)
    try timeline.advance(steps: 50)
    #expect(timeline.branches.count == 2)
    #expect(timeline.branch.journal.entries.map(\.step) == [50])
    #expect(timeline.group.configuration.l2 == configuration.l2)
    #expect(timeline.travel(to: timeline.end(of: 1)) == .arrived)
    #expect(timeline.group.checkpoints == end)
  }

  @Test("stops before a step that is not finite, again and again")
  func stop() throws {
    var configuration = try ExperimentConfiguration.small(.inverted)
    configuration.learningRate = PerLayer(0.02)
    let timeline = Timeline(try configuration.group(), from: configuration, initial: nil)
    try timeline.advance(steps: 300)
    try timeline.apply(.parameter(name: "learning-rate", value: "100000"))
    let error = #expect(throws: NotFiniteError.self) { try timeline.advance(steps: 1000) }
    let stop = try #require(error)
    // The value may be NaN, which equals nothing: words tell whether two errors are one.
    #expect(timeline.branch.stop?.description == stop.description)
    #expect(timeline.group.step == stop.step)
    let last = timeline.group.checkpoints
    #expect(timeline.travel(to: 10) == .arrived)
    guard case .stopped(let again) = timeline.travel(to: 1000) else {
      Issue.record("it went on behind step \(stop.step)")
      return
    }
    #expect(again.description == stop.description)
    #expect(timeline.group.checkpoints == last && timeline.group.step == stop.step)
    // From before the change it goes on, on a branch of its own.
    let before = try #require(timeline.positionBeforeChange)
    #expect(timeline.travel(to: before) == .arrived)
    try timeline.advance(steps: 100)
    #expect(timeline.branch.stop == nil && timeline.branches.count == 2)
    #expect(timeline.group.step == 400)
  }

  @Test("can be called off on the way, and goes on from there")
  func callingOff() throws {
    var random = Generator(seed: 8)
    let configuration = try ExperimentConfiguration.small(.inverted)
    let (timeline, straight) = try played(configuration, steps: 900, budget: 0, &random)
    var seen: [Int] = []
    let arrival = timeline.travel(to: 800) {
      seen.append($0)
      return $0 < 400
    }
    #expect(arrival == .calledOff)
    let step = timeline.group.step
    #expect(step >= 400 && step < 800 && seen.last == step)
    #expect(timeline.group.checkpoints == straight.moments[step])
    #expect(timeline.travel(to: 800) == .arrived)
    #expect(timeline.group.checkpoints == straight.moments[800])
  }

  @Test("goes on from a training that was handed over, and back before it")
  func handover() throws {
    var random = Generator(seed: 21)
    let configuration = try ExperimentConfiguration.small(.bagging, optimizer: "momentum")
    let (first, straight) = try played(configuration, steps: 400, &random)
    let timeline = Timeline(
      try LearnerGroup(resuming: first.group.checkpoints, dataset: first.group.dataset),
      from: configuration, initial: nil)
    #expect(timeline.branch.reached == 400)
    for step in [399, 7, 400] {
      #expect(timeline.travel(to: step) == .arrived)
      #expect(timeline.group.checkpoints == straight.moments[step])
    }
  }
}
