public import ArgumentParser
import DropoutEngine
public import Explorer

/// The options of commands that show a screen: the experiment, the length of the run and the
/// display.
struct ScreenOptions: ParsableArguments {
  @OptionGroup(title: "Display") var display: ParameterOptions<DisplayScope>
  @OptionGroup(title: "Run") var length: ParameterOptions<RunScope>
  @OptionGroup var experiment: ExperimentOptions

  /// All assignments from the options.
  var assignments: [(name: String, value: String)] {
    experiment.assignments + length.assignments + display.assignments
  }
}

extension ViewDefinition: ExpressibleByArgument {}
