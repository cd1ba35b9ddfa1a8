import ArgumentParser
import DropoutEngine
import DropoutMeasure

/// The rows about dropout except the variant, since a comparison names several.
enum ComparedDropoutScope: ParameterScope {
  static let group = ParameterDefinition.Group.dropout
  static let without: Set<String> = ["variant"]
}

/// All options that decide the runs of a comparison, except the variants.
struct ComparedExperimentOptions: ParsableArguments {
  @OptionGroup(title: "Run") var length: ParameterOptions<TrainingLengthScope>
  @OptionGroup(title: "Data") var data: ParameterOptions<DataScope>
  @OptionGroup(title: "Network") var network: ParameterOptions<NetworkScope>
  @OptionGroup(title: "Dropout") var dropout: ParameterOptions<ComparedDropoutScope>
  @OptionGroup(title: "Training") var training: ParameterOptions<TrainingScope>
  @OptionGroup(title: "Seeds") var seeds: ParameterOptions<SeedScope>

  /// The given parameters.
  var assignments: [ParameterAssignment] {
    (length.assignments + data.assignments + network.assignments + dropout.assignments
      + training.assignments + seeds.assignments).map {
        ParameterAssignment(name: $0.name, value: $0.value)
      }
  }
}
