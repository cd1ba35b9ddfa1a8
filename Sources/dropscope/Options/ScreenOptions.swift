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

  /// The start of the explorer; options come before preferences.
  ///
  /// A session goes on at its own speed. Theme and glyphs are those of this screen.
  func start(_ preferences: PreferencesInForce) throws(CommandFailure) -> StartingPoint {
    let preferred = preferences.assignments(without: sessions.isGiven ? ["speed"] : [])
    return try StartingPoint(
      experiment.assignments, run: length.assignments, display: preferred + display.assignments,
      sessions, keepsRun: true)
  }
}

extension ViewDefinition: ExpressibleByArgument {}
