public import ArgumentParser
import DropoutEngine
public import Explorer

/// The options of commands that show a screen: the experiment, the length of the run and the
/// display.
struct ScreenOptions: ParsableArguments {
  @OptionGroup(title: "Display") var display: ParameterOptions<DisplayScope>
  @OptionGroup(title: "Run") var length: ParameterOptions<RunScope>
  @OptionGroup(title: "Sessions") var sessions: ResumeOptions
  @OptionGroup var experiment: ExperimentOptions

  /// What the explorer is to start with.
  func start() throws(CommandFailure) -> StartingPoint {
    try StartingPoint(
      experiment.assignments, run: length.assignments, display: display.assignments, sessions,
      keepsRun: true)
  }
}

extension ViewDefinition: ExpressibleByArgument {}
