import DropoutEngine
import Oracles
import RepeatableRandom

/// A run that never goes back: where its learners stood after each step.
struct StraightRun {
  let configuration: ExperimentConfiguration
  private(set) var journal = Journal()
  /// The learners after each number of steps, with all changes that were made by then.
  private(set) var moments: [[TrainerCheckpoint]] = []

  /// Takes steps with a journal.
  init(_ configuration: ExperimentConfiguration, journal: Journal, steps: Int) throws {
    self.configuration = configuration
    self.journal = journal
    let group = try configuration.group()
    for step in 0...steps {
      for entry in journal.entries where entry.step == step { try group.apply(entry.change) }
      moments.append(group.checkpoints)
      if step < steps { try group.advance() }
    }
  }

  /// The names of all optimizers.
  static let optimizers = ["sgd", "momentum", "nesterov", "rmsprop", "adam"]

  /// A change at random that any experiment accepts.
  static func change(
    of configuration: ExperimentConfiguration, _ random: inout Generator
  ) -> ExperimentChange {
    let unit = UnitAddress(
      layer: random.int(below: configuration.hidden.count),
      unit: random.int(below: configuration.hidden[0]))
    return switch random.int(below: 8) {
    case 0: .parameter(name: "l2", value: "0.00\(random.int(0...9))")
    case 1: .parameter(name: "learning-rate", value: "0.0\(random.int(1...4))")
    case 2: .parameter(name: "batch", value: "\(random.int(4...20))")
    case 3: .parameter(name: "optimizer", value: random.element(optimizers))
    case 4 where !configuration.variant.keepsEveryUnit:
      .parameter(name: "keep", value: "0.\(random.int(3...9))")
    case 5: .unit(unit, .kill)
    case 6: .unit(unit, .pin)
    default: .unit(unit, .release)
    }
  }
}

extension ExperimentConfiguration {
  /// A small experiment of a variant and an optimizer, with rates that keep it finite.
  static func small(_ variant: Variant, optimizer: String = "sgd") throws -> Self {
    try Settings(assignments: [
      ("variant", variant.rawValue), ("optimizer", optimizer), ("learners", "3"),
      ("hidden", "6,6"), ("learning-rate", "0.02"), ("examples", "120"),
    ]).experiment
  }
}
