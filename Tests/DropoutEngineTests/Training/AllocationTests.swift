import CAllocationCount
import DropoutEngine
import Oracles
import Testing

@Suite("Memory") struct AllocationTests {
  /// A debug build allocates where the optimizer would not.
  static let canCount = ca_is_counting() && !_isDebugAssertConfiguration()

  /// The number of this thread's allocations while `body` runs.
  private func allocations(_ body: () throws -> Void) rethrows -> UInt64 {
    let before = ca_allocations()
    try body()
    return ca_allocations() - before
  }

  @Test(
    "Ten thousand steps of the fast form allocate nothing, in whatever variant",
    .enabled(if: canCount, "counted in release builds with glibc"),
    arguments: Variant.allCases, Optimizer.allCases)
  func fastForm(variant: Variant, optimizer: Optimizer) throws {
    var configuration = ExperimentConfiguration()
    configuration.examples = 64
    configuration.hidden = [6, 5]
    configuration.variant = variant
    configuration.dropout = variant.settings
    configuration.keepInput = 0.9
    configuration.optimizer.kind = optimizer
    configuration.learningRate = PerLayer(0.001)
    configuration.l2 = PerLayer(0.001)
    configuration.maxNorm = PerLayer(2)
    let trainer = try configuration.trainer()
    try trainer.apply(.unit(UnitAddress(layer: 0, unit: 1), .kill))
    // The runtime allocates some things once in a process, during the first step.
    try trainer.advance(steps: 1)
    // An epoch has four steps, so the order of the examples is shuffled 2,500 times.
    let count = try allocations { try trainer.advance(steps: 9_999) }
    #expect(count == 0)
    #expect(trainer.step == 10_000 && trainer.epoch == 2500)
  }

  @Test(
    "A group of learners allocates nothing either",
    .enabled(if: canCount, "counted in release builds with glibc"),
    arguments: [Variant.randomSubspace, .bagging])
  func learners(variant: Variant) throws {
    var configuration = ExperimentConfiguration()
    configuration.variant = variant
    configuration.learners = 3
    configuration.examples = 64
    configuration.hidden = [6, 5]
    let group = try configuration.group()
    let count = try allocations { try group.advance(steps: 3_000) }
    #expect(count == 0)
    #expect(group.step == 3_000)
  }

  @Test(
    "Ten thousand steps allocate nothing, with every mask pass, sharing and kind of targets",
    .enabled(if: canCount, "counted in release builds with glibc"),
    arguments: MaskPass.allCases, MaskSharing.allCases)
  func singleSteps(maskPass: MaskPass, sharing: MaskSharing) throws {
    for data in ["plane", "glyphs"] {
      var configuration = ExperimentConfiguration()
      configuration.data = data
      configuration.examples = 64
      configuration.hidden = [5]
      configuration.activation = PerLayer(.tanh)
      configuration.dropout = DropoutSettings(maskPass: maskPass, maskSharing: sharing)
      configuration.learningRate = PerLayer(0.001)
      let trainer = try configuration.trainer()
      let count = try allocations { for _ in 0..<10_000 { try trainer.advance() } }
      #expect(count == 0, "\(data)")
    }
  }

  @Test(
    "What allocates is seen to",
    .enabled(if: canCount, "counted in release builds with glibc"))
  func counting() throws {
    let trainer = try ExperimentConfiguration().trainer()
    #expect(try allocations { _ = try trainer.evidence() } > 10)
  }
}
