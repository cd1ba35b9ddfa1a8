public import ArgumentParser
import DropoutEngine
public import Explorer

/// The options of whoever shows a screen: all that decides the experiment, how long it runs, how it is shown.
struct ScreenOptions: ParsableArguments {
  @OptionGroup(title: "Display") var display: ParameterOptions<DisplayScope>
  @OptionGroup(title: "Run") var length: ParameterOptions<RunScope>
  @OptionGroup var experiment: ExperimentOptions

  /// Reads the data and the weights that the options name.
  func load() throws(CommandFailure) -> Experiment {
    try Experiment(
      assignments: experiment.assignments + length.assignments + display.assignments,
      for: .evidence)
  }
}

extension ExplorerView: ExpressibleByArgument {}
