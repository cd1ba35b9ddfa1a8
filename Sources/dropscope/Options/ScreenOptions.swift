public import ArgumentParser
import DropoutEngine
public import Explorer

/// The options of whoever shows a screen: all that decides the experiment, how long it runs, how it is shown.
struct ScreenOptions: ParsableArguments {
  @OptionGroup(title: "Display") var display: ParameterOptions<DisplayScope>
  @OptionGroup(title: "Run") var length: ParameterOptions<RunScope>
  @OptionGroup var experiment: ExperimentOptions

  /// All that the options set.
  var assignments: [(name: String, value: String)] {
    experiment.assignments + length.assignments + display.assignments
  }

  /// Reads the data and the weights that the options name; who waits at a terminal is told what takes its time.
  func load() throws(CommandFailure) -> Experiment {
    let activity = ActivityLine()
    defer { activity.end() }
    return try Experiment(assignments: assignments, for: .evidence, saying: activity.begin)
  }
}

extension ViewDefinition: ExpressibleByArgument {}
