public import DropoutEngine

/// A race as a person left it: its runners, the changes that were made in it, and where it stands.
///
/// Like a session it holds no weights that can be computed again.
public struct SavedRace: Equatable, Sendable {
  /// The weights that the runners started from.
  public enum Start: Equatable, Sendable {
    /// Those that the experiment of the session starts from.
    case experiment
    /// Random ones, where the experiment of the session has others.
    case drawn
    /// Others: one network for each learner.
    case given([NetworkParameters])
  }

  /// The weights at step 0.
  public var start: Start
  /// The runners, in the order of the table; at least one.
  public var runners: [Runner]
  /// The changes that a person made in it, in the order of their steps.
  public var changes: [Change]
  /// Where it stands.
  public var place: Place

  /// Creates a saved race.
  public init(start: Start, runners: [Runner], changes: [Change], place: Place) {
    (self.start, self.runners, self.changes, self.place) = (start, runners, changes, place)
  }

  /// Whether a person changed something in it.
  public var isMade: Bool { !changes.isEmpty }
}

extension SavedRace {
  /// A runner of a race.
  public struct Runner: Equatable, Sendable {
    /// Its name in tables.
    public var name: String
    /// Whether it is the second form of the runner before it, and starts from that one's weights.
    public var isTwin: Bool
    /// The parameters that differ from the session's at step 0, the variant first.
    public var parameters: [Parameter]
    /// A factor of the learning rate for weights.
    public var weightRateFactor: PerLayer<Double>
    /// A factor of the epsilon of RMSProp and Adam for weights.
    public var weightEpsilonFactor: PerLayer<Double>
    /// The changes that it started with, taken from a branch that it repeats.
    public var given: Journal
    /// All changes on its course from step 0 on, also those that are undone.
    public var journal: Journal

    /// A parameter and its value, as the command line writes them.
    public struct Parameter: Equatable, Sendable {
      /// Its name.
      public var name: String
      /// Its value.
      public var value: String
    }

    /// Creates a runner.
    ///
    /// - Parameters:
    ///   - name: its name in tables.
    ///   - isTwin: whether it is the second form of the runner before it.
    ///   - configuration: its configuration at step 0.
    ///   - session: the configuration of the session at step 0.
    ///   - given: the changes that it started with.
    ///   - journal: all changes on its course.
    public init(
      name: String, isTwin: Bool, configuration: ExperimentConfiguration,
      beside session: ExperimentConfiguration, given: Journal, journal: Journal
    ) {
      self.name = name
      self.isTwin = isTwin
      parameters = Runner.parameters(of: configuration, beside: session)
      weightRateFactor = configuration.weightRateFactor
      weightEpsilonFactor = configuration.weightEpsilonFactor
      (self.given, self.journal) = (given, journal)
    }

    init(
      name: String, isTwin: Bool, parameters: [Parameter], weightRateFactor: PerLayer<Double>,
      weightEpsilonFactor: PerLayer<Double>, given: Journal, journal: Journal
    ) {
      (self.name, self.isTwin, self.parameters) = (name, isTwin, parameters)
      self.weightRateFactor = weightRateFactor
      self.weightEpsilonFactor = weightEpsilonFactor
      (self.given, self.journal) = (given, journal)
    }
  }

  /// A change of runners that a person made with one key or one line.
  public struct Change: Equatable, Sendable {
    /// The parameter.
    public var name: String
    /// The number of updates before it.
    public var step: Int
    /// The runners that took it.
    public var takers: [Taker]

    /// A runner that took a change.
    public struct Taker: Equatable, Sendable {
      /// The runner, an index into the table.
      public var runner: Int
      /// The place of the change in the runner's journal.
      public var index: Int

      /// Creates a taker.
      public init(runner: Int, index: Int) { (self.runner, self.index) = (runner, index) }
    }

    /// Creates a change.
    public init(name: String, step: Int, takers: [Taker]) {
      (self.name, self.step, self.takers) = (name, step, takers)
    }
  }

  /// Where a race stands.
  public struct Place: Equatable, Sendable {
    /// The number of updates of all runners that can take them.
    public var step: Int
    /// The most updates that were taken.
    public var reached: Int
    /// Where each runner stands.
    public var runners: [Standing]
    /// The fingerprint of the weights of all runners, one after the other.
    public var weights: Fingerprint

    /// Where a runner stands.
    public struct Standing: Equatable, Sendable {
      /// The number of updates before it: fewer than the race had made where it stopped.
      public var step: Int
      /// How many of its changes are in force.
      public var changes: Int

      /// Creates a standing.
      public init(step: Int, changes: Int) { (self.step, self.changes) = (step, changes) }
    }

    /// Creates a place.
    public init(step: Int, reached: Int, runners: [Standing], weights: Fingerprint) {
      (self.step, self.reached) = (step, reached)
      (self.runners, self.weights) = (runners, weights)
    }
  }
}
