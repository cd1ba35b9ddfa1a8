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

  /// Reads the data and the weights that the options name, and shows at a terminal which task takes
  /// its time.
  func load() throws(CommandFailure) -> Experiment {
    let activity = ActivityLine()
    defer { activity.end() }
    return try Experiment(assignments: assignments, for: .evidence, saying: activity.begin)
  }
}

extension ViewDefinition: ExpressibleByArgument {}
