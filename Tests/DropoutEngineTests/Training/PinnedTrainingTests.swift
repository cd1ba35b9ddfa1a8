import DropoutEngine
import Oracles
import Testing

@Suite("Whole trainings") struct PinnedTrainingTests {
  /// One pinned experiment.
  struct Pinned: CustomTestStringConvertible, Sendable {
    var name: String
    var steps: Int
    var assignments: [(name: String, value: String)]
    var fingerprint: UInt64

    var testDescription: String { name }
  }

  /// The bits that a seed stands for.
  ///
  /// A change of any of these changes every session and every published figure, so it must be
  /// listed in the changelog.
  static let pinned: [Pinned] = [
    Pinned(
      name: "the default experiment", steps: 600, assignments: [],
      fingerprint: 0xfdc7_2064_7d26_338e),
    Pinned(
      name: "Adam, tanh and sigmoid, inverted, L2 and max-norm", steps: 300,
      assignments: [
        ("variant", "inverted"), ("optimizer", "adam"), ("learning-rate", "0.01"),
        ("hidden", "9,17"), ("activation", "tanh,sigmoid"), ("keep", "0.7,0.9"),
        ("keep-input", "0.8"), ("l2", "0.001"), ("max-norm", "2"), ("data", "spiral"),
      ], fingerprint: 0x222e_0e65_5d04_3404),
    Pinned(
      name: "Gaussian noise on images, momentum", steps: 200,
      assignments: [
        ("variant", "gaussian"), ("data", "glyphs"), ("hidden", "20"), ("optimizer", "momentum"),
        ("learning-rate", "0.01"), ("seed", "11"),
      ], fingerprint: 0xe5e8_2641_57a7_863c),
    Pinned(
      name: "DropConnect, RMSProp, regression", steps: 200,
      assignments: [
        ("variant", "dropconnect"), ("data", "multigauss"), ("hidden", "8,8"),
        ("optimizer", "rmsprop"), ("learning-rate", "0.003"), ("l1", "0.0001"),
      ], fingerprint: 0x5518_0a6c_c111_cc73),
    Pinned(
      name: "independent masks, Nesterov, xavier, a short last minibatch", steps: 200,
      assignments: [
        ("variant", "mismatched-masks"), ("data", "moons"), ("hidden", "5,4,3"), ("batch", "7"),
        ("optimizer", "nesterov"), ("learning-rate", "0.02"), ("init", "xavier"),
      ], fingerprint: 0xbec9_cbbd_6a46_7274),
    Pinned(
      name: "layers of eight, whose sizes the kernels know", steps: 600,
      assignments: [("hidden", "8,8"), ("variant", "inverted")],
      fingerprint: 0xead8_0ca8_3ce1_6067),
    Pinned(
      name: "images, where zeros are skipped", steps: 300,
      assignments: [
        ("data", "glyphs"), ("hidden", "64,32"), ("batch", "32"), ("variant", "inverted"),
      ], fingerprint: 0x3086_eea7_0558_5b1d),
    Pinned(
      name: "odd sizes, few units kept, Adam", steps: 150,
      assignments: [
        ("data", "glyphs"), ("hidden", "72,40,33"), ("batch", "33"), ("keep", "0.3"),
        ("variant", "inverted"), ("optimizer", "adam"), ("learning-rate", "0.003"),
      ], fingerprint: 0x514d_e40b_b689_6c1b),
    Pinned(
      name: "rows that are kept off each other's places, masked inputs", steps: 60,
      assignments: [
        ("data", "glyphs"), ("hidden", "72,264"), ("batch", "70"), ("activation", "relu,tanh"),
        ("keep-input", "0.8"), ("optimizer", "momentum"), ("learning-rate", "0.01"),
        ("l2", "0.001"),
      ], fingerprint: 0x5642_9b8c_827f_3b14),
  ]

  /// The bits of all learners, one after the other.
  static let pinnedLearners: [Pinned] = [
    Pinned(
      name: "random subspaces of images, Adam", steps: 150,
      assignments: [
        ("variant", "random-subspace"), ("data", "glyphs"), ("hidden", "10"), ("learners", "3"),
        ("subspace", "0.4"), ("optimizer", "adam"), ("learning-rate", "0.01"),
      ], fingerprint: 0x4778_2071_330b_478f),
    Pinned(
      name: "bagging, a short last minibatch", steps: 150,
      assignments: [
        ("variant", "bagging"), ("data", "moons"), ("hidden", "5,4"), ("learners", "5"),
        ("batch", "7"), ("seed", "3"),
      ], fingerprint: 0x32df_d03c_5971_61b8),
  ]

  @Test(
    "of several learners leave the very bits that they have always left", arguments: pinnedLearners)
  func bitsOfLearners(pinned: Pinned) throws {
    let group = try Settings(assignments: pinned.assignments).experiment.group()
    try group.advance(steps: pinned.steps)
    let found = fingerprint(group.parameters.flatMap(\.bits))
    #expect(found == pinned.fingerprint, "now 0x\(String(found, radix: 16))")
  }

  @Test("leave the very bits that they have always left", arguments: pinned)
  func bits(pinned: Pinned) throws {
    let settings = try Settings(assignments: pinned.assignments)
    for path in KernelPath.allNames.compactMap({ KernelPath(named: $0) }) {
      let trainer = try settings.experiment.trainer(kernels: path)
      try trainer.advance(steps: pinned.steps)
      let found = fingerprint(trainer.parameters.bits)
      #expect(
        found == pinned.fingerprint, "\(path.name): now 0x\(String(found, radix: 16))")
    }
  }
}
