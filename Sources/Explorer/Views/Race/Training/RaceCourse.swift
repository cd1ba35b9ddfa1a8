public import DropoutEngine
public import Sessions

/// A race as it stands, without its weights: enough to bring it back, bit for bit.
public struct RaceCourse: Equatable, Sendable {
  /// A runner and its course.
  public struct Runner: Equatable, Sendable {
    /// The entry that it started from.
    public var entry: RaceEntry
    /// All changes on its course, also those that are undone.
    public var journal: Journal
  }

  /// The runners, in the order of the table.
  public var runners: [Runner]
  /// The weights that they started from; nil where these were drawn.
  public var initial: [NetworkParameters]?
  /// The changes that a person made in it, in the order of their steps.
  public var changes: [SavedRace.Change]
  /// Where it stands.
  public var place: SavedRace.Place

  /// The race in the form in which a session holds it.
  ///
  /// - Parameters:
  ///   - configuration: the configuration of the session at step 0.
  ///   - initial: the weights that the experiment of the session starts from; nil where these are
  ///     drawn.
  /// - Returns: the race of the session.
  func saved(
    beside configuration: ExperimentConfiguration, initial: [NetworkParameters]?
  ) -> SavedRace {
    SavedRace(
      start: self.initial == initial
        ? .experiment : self.initial.map { .given($0) } ?? .drawn,
      runners: runners.map {
        SavedRace.Runner(
          name: $0.entry.name, isTwin: $0.entry.isTwin, configuration: $0.entry.configuration,
          beside: configuration, given: $0.entry.journal, journal: $0.journal)
      }, changes: changes, place: place)
  }

  /// A race out of a session.
  ///
  /// - Parameters:
  ///   - saved: the race.
  ///   - configuration: the configuration of the session at step 0.
  ///   - initial: the weights that its experiment starts from.
  /// - Throws: `ConfigurationError` where a parameter is refused.
  init(
    _ saved: SavedRace, beside configuration: ExperimentConfiguration,
    initial: [NetworkParameters]?
  ) throws(ConfigurationError) {
    runners = []
    for runner in saved.runners {
      runners.append(
        Runner(
          entry: RaceEntry(
            name: runner.name, configuration: try runner.configuration(beside: configuration),
            isTwin: runner.isTwin, journal: runner.given), journal: runner.journal))
    }
    self.initial =
      switch saved.start {
      case .experiment: initial
      case .drawn: nil
      case .given(let networks): networks
      }
    (changes, place) = (saved.changes, saved.place)
  }

  init(
    runners: [Runner], initial: [NetworkParameters]?, changes: [SavedRace.Change],
    place: SavedRace.Place
  ) {
    (self.runners, self.initial) = (runners, initial)
    (self.changes, self.place) = (changes, place)
  }
}
