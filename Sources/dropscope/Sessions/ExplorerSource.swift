import DropoutEngine

/// What an explorer starts with: its options, or a session that it goes on with.
struct ExplorerSource: Sendable {
  /// The settings, which are known before the data are read.
  let settings: Settings
  /// The session that it goes on with; nil starts at step 0.
  let resumed: ResumedSession?

  /// Puts options and session together.
  ///
  /// - Throws: wrong usage where the options make no sense or contradict the session.
  init(_ options: ScreenOptions, resumed: ResumedSession?) throws(CommandFailure) {
    self.resumed = resumed
    guard let resumed else {
      settings = try Experiment.settings(options.assignments)
      return
    }
    settings = try resumed.settings(
      options.experiment.assignments, run: options.length.assignments,
      display: options.display.assignments, length: .fromStart)
  }

  /// Reads the data and the weights; its session, if any, is ``Experiment/resumed``.
  func experiment(saying: (String) -> Void) throws(CommandFailure) -> Experiment {
    try Experiment(settings, from: resumed, for: .evidence, saying: saying)
  }
}
