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

  /// All assignments from the options.
  var assignments: [(name: String, value: String)] {
    experiment.assignments + length.assignments + display.assignments
  }

  /// What the explorer is to start with.
  func start() throws(CommandFailure) -> StartingPoint {
    guard let resumed = try sessions.session() else {
      return StartingPoint(settings: try Experiment.settings(assignments), resumed: nil)
    }
    return StartingPoint(
      settings: try resumed.settings(
        experiment.assignments, run: length.assignments, display: display.assignments,
        keepsRun: true), resumed: resumed)
  }
}

extension ViewDefinition: ExpressibleByArgument {}
