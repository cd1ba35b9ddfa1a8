import CAllocationCount
import DropoutEngine
import Testing

@Suite("What an experiment needs in memory") struct MemoryNeedTests {
  @Test(
    "The buffers of the learners are as large as it says, to a twentieth",
    .enabled(if: ca_is_counting(), "counted with glibc"),
    arguments: [
      "hidden=256,300", "hidden=200,200 optimizer=adam", "hidden=256 variant=bagging learners=3",
      "hidden=100,100 batch=1000 examples=4000", "hidden=128,128 dropout-noise=dropconnect",
      "hidden=512 data=glyphs optimizer=momentum",
    ])
  func engine(assignments: String) throws {
    let pairs = assignments.split(separator: " ").map { $0.split(separator: "=") }
    let settings = try Settings(assignments: pairs.map { (String($0[0]), String($0[1])) })
    let configuration = settings.experiment
    let group = try configuration.group()
    let need = MemoryNeed(of: configuration, dataset: group.dataset)
    // Each learner's start is made in two other forms, which are given back.
    let start = group.learners.count * group.states[0].parameterCount * 4
    let before = ca_allocated_bytes()
    let again = try LearnerGroup(configuration: configuration, dataset: group.dataset)
    let bytes = Int(ca_allocated_bytes() - before)
    #expect(again.step == 0)
    #expect(need.engine <= bytes, "\(need.engine) of \(bytes)")
    #expect(bytes - 4 * start <= need.engine + need.engine / 20, "\(bytes), \(need.engine)")
  }

  @Test("Too much is refused with both numbers and the remedy, and what fits is not")
  func check() throws {
    let settings = try Settings(assignments: [("hidden", "4096,4096,4096,4096")])
    let need = MemoryNeed(
      of: settings.experiment, inputs: 2, outputs: 2, examples: 500)
    #expect(need.engine > 3 * 3 * 4096 * 4096 * 4)
    try need.check(against: need.total)
    try need.check(against: nil)
    let error = #expect(throws: ConfigurationError.self) { try need.check(against: 1_000_000_000) }
    #expect(error == .needsMemory(bytes: need.total, allowed: 1_000_000_000))
    let text = try #require(error?.description)
    #expect(text.contains(" GB of memory, and 1.0 GB may be used") && text.contains("hidden"))
    #expect(throws: ConfigurationError.self) { try need.check(against: need.total, keeping: 1) }
  }

  @Test("It is known of built-in data before they are made", arguments: BuiltInDataset.allCases)
  func builtIn(data: BuiltInDataset) throws {
    let settings = try Settings(assignments: [("data", data.rawValue), ("examples", "60")])
    let dataset = try data.generate(settings.experiment)
    #expect(
      data.memoryNeed(settings.experiment) == MemoryNeed(of: settings.experiment, dataset: dataset))
  }

  @Test("No configuration overflows it") func extremes() throws {
    let layers = Array(repeating: "4096", count: 8).joined(separator: ",")
    let settings = try Settings(
      assignments: [
        ("hidden", layers), ("variant", "bagging"), ("learners", "64"), ("optimizer", "adam"),
        ("batch", "1000000"), ("examples", "1000000"),
      ])
    let need = settings.experiment
    #expect(MemoryNeed(of: need, inputs: 100_000, outputs: 1000, examples: 1_000_000).total > 0)
  }
}
