import CAllocationCount
import DropoutEngine
import Oracles
import Testing

@Suite("What an experiment needs in memory") struct MemoryNeedTests {
  /// Experiments with every kind of buffer: optimizers, several learners, images, masked weights,
  /// minibatches, depth.
  static let experiments =
    Optimizer.allCases.map { "hidden=200,130 optimizer=\($0.rawValue)" } + [
      "hidden=256,300", "hidden=256 variant=bagging learners=3",
      "hidden=300 variant=random-subspace learners=4 optimizer=adam",
      "hidden=100,100 batch=1000 examples=4000", "hidden=128,128 dropout-noise=dropconnect",
      "hidden=512 data=glyphs optimizer=momentum",
      "hidden=512 data=glyphs dropout-noise=dropconnect",
      "data=plane hidden=8 examples=20000", "hidden=9,17,33,65,129 batch=1",
      "hidden=4 variant=bagging learners=5 examples=20000 test-fraction=0.1",
      "hidden=none batch=5000 examples=9000",
    ]

  @Test(
    "The buffers of the learners are as large as it says, to a fiftieth and 16 KB each",
    .enabled(if: ca_is_counting(), "counted with glibc"), arguments: experiments)
  func engine(assignments: String) throws {
    let pairs = assignments.split(separator: " ").map { $0.split(separator: "=") }
    let settings = try Settings(assignments: pairs.map { (String($0[0]), String($0[1])) })
    let configuration = settings.experiment
    let dataset = try configuration.group().dataset
    let need = MemoryNeed(of: configuration, dataset: dataset)
    let before = ca_held_bytes()
    let group = try LearnerGroup(configuration: configuration, dataset: dataset)
    let bytes = Int(ca_held_bytes() - before)
    #expect(group.step == 0)
    // Objects, and the short lists of layers, are not included.
    let small = 16_384 * configuration.learnerCount
    #expect(abs(need.engine - bytes) <= bytes / 50 + small, "\(need.engine) of \(bytes)")
  }

  @Test(
    "The dataset is as large as it says, to a fiftieth",
    .enabled(if: ca_is_counting(), "counted with glibc"),
    arguments: [
      "data=circle examples=20000", "data=multigauss examples=20000",
      "data=glyphs examples=20000", "data=xor features=x1,x2,x1x2 examples=20000 test-fraction=0",
    ])
  func data(assignments: String) throws {
    let pairs = assignments.split(separator: " ").map { $0.split(separator: "=") }
    let settings = try Settings(assignments: pairs.map { (String($0[0]), String($0[1])) })
    let builtIn = try #require(BuiltInDataset(rawValue: settings.experiment.data))
    let before = ca_held_bytes()
    let dataset = try builtIn.generate(settings.experiment)
    let bytes = Int(ca_held_bytes() - before)
    let need = MemoryNeed(of: settings.experiment, dataset: dataset)
    let share = Double(need.data) / Double(bytes)
    #expect((0.98...1.02).contains(share), "\(need.data) of \(bytes): \(share)")
  }

  @Test(
    "The evidence of a step is no larger than it says, and that is not three times as much",
    .enabled(if: ca_is_counting(), "counted with glibc"),
    arguments: [
      "hidden=300,200", "hidden=300 optimizer=adam", "hidden=64,64 batch=2000 examples=5000",
      "hidden=100 batch=1000 examples=3000 mask-pass=independent keep-input=0.5",
      "hidden=100 batch=1000 examples=3000 test-pass=masked scaling=inverted",
      "hidden=100 batch=400 examples=1000 dropout-noise=dropconnect",
      "hidden=20 batch=3000 examples=9000 data=glyphs keep-input=0.5",
    ])
  func evidence(assignments: String) throws {
    let pairs = assignments.split(separator: " ").map { $0.split(separator: "=") }
    let settings = try Settings(assignments: pairs.map { (String($0[0]), String($0[1])) })
    let configuration = settings.experiment
    let dataset = try configuration.group().dataset
    let trainer = try Trainer(configuration: configuration, dataset: dataset)
    try trainer.advance(steps: 1)
    let before = ca_held_bytes()
    let evidence = try trainer.evidence()
    let bytes = Int(ca_held_bytes() - before)
    let need =
      MemoryNeed(of: configuration, dataset: dataset, for: .trace).measuring
      - MemoryNeed(of: configuration, dataset: dataset).measuring
    // The pass of the test may be there already, and equal masks are shared.
    #expect(evidence.step == 1 && need >= bytes * 49 / 50 - 65_536, "\(need) of \(bytes)")
    #expect(need < 3 * bytes + 65_536, "\(need) of \(bytes)")
  }

  @Test("Too much is refused with both numbers and the remedy, and what fits is not")
  func check() throws {
    let settings = try Settings(assignments: [("hidden", "4096,4096,4096,4096")])
    let need = MemoryNeed(
      of: settings.experiment, inputs: 2, outputs: 2, examples: 500,
      trainingExamples: 250)
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
    #expect(
      MemoryNeed(
        of: need, inputs: 100_000, outputs: 1000, examples: 1_000_000, trainingExamples: 900_000
      ).total > 0)
  }
}
