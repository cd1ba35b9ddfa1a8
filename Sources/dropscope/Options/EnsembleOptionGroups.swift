import ArgumentParser
import DropoutEngine

/// The rows about data except the number of examples, since `--examples` names examples of an
/// ensemble.
enum EnsembleDataScope: ParameterScope {
  static let group = ParameterDefinition.Group.data
  static let without: Set<String> = ["examples"]
}

/// The rows about the length of a run, except those that stop it early.
enum TrainingLengthScope: ParameterScope {
  static let group = ParameterDefinition.Group.run
  static let without: Set<String> = ["every", "until-loss", "until-accuracy"]
}

/// All options that decide an experiment, where `--examples` has another meaning.
struct EnsembleExperimentOptions: ParsableArguments {
  @Option(
    name: .customLong("data-examples"),
    help: ArgumentHelp(
      """
      The number of examples of built-in data, which other commands call --examples. Default: 500.
      """,
      valueName: "COUNT"))
  var dataExamples: String?

  @OptionGroup(title: "Run") var length: ParameterOptions<TrainingLengthScope>
  @OptionGroup(title: "Data") var data: ParameterOptions<EnsembleDataScope>
  @OptionGroup(title: "Network") var network: ParameterOptions<NetworkScope>
  @OptionGroup(title: "Dropout") var dropout: ParameterOptions<DropoutScope>
  @OptionGroup(title: "Training") var training: ParameterOptions<TrainingScope>
  @OptionGroup(title: "Seeds") var seeds: ParameterOptions<SeedScope>

  /// The given parameters, as (name, value).
  var assignments: [(name: String, value: String)] {
    var all = data.assignments + network.assignments + dropout.assignments + training.assignments
    if let dataExamples { all.append(("examples", dataExamples)) }
    return all + seeds.assignments + length.assignments
  }
}
