public import DropoutEngine
public import DropoutMeasure

/// The state that a race publishes: everything that its view draws, as values.
public struct RaceSnapshot: Sendable {
  /// Which race it is; nil before the first one was started.
  public var identity: RaceIdentity?
  /// How many commands the race has carried out.
  public var handledCommands: Int
  /// The number of updates so far, the same for all runners.
  public var step: Int
  /// Measured updates of each runner in a second; 0 while paused.
  public var stepsPerSecond: Double
  /// Whether it runs.
  public var isRunning: Bool
  /// The runners, in the order of the table; none where the race could not be started, and
  /// ``notice`` says why.
  public var lanes: [LaneSnapshot]
  /// The largest difference of any weight between the two forms of one run; nil where the race has
  /// no twins, or their settings were changed.
  public var twinDistance: Double?
  /// The race without its weights, for a session; nil where there are no runners.
  public var course: RaceCourse? = nil
  /// Why a command was refused.
  public var notice: TrainingNotice?
}

/// One runner of a race at one moment.
public struct LaneSnapshot: Sendable {
  /// The entry that it started from.
  public var entry: RaceEntry
  /// The configuration in force.
  public var configuration: ExperimentConfiguration
  /// The result of its own test pass over the test part.
  public var test: Evaluation
  /// The mean masked loss of the minibatches between the last two points; NaN before the first
  /// step.
  public var minibatchLoss: Double
  /// Divergence and ratio of the output layer.
  public var output: LayerDivergence
  /// The 2-norm of all weights, biases left out; of several learners the root of the mean square.
  public var weightNorm: Double
  /// Test and minibatch losses so far.
  public var points: [RacePoint]
  /// The masks of the next step, of the first learner, for the first example of its minibatch, by
  /// place: the inputs, then the hidden layers.
  public var masks: [[Float]]
  /// Why it stopped by itself, if it did.
  public var notFinite: NotFiniteError?
}

extension LaneSnapshot {
  /// Its name.
  public var name: String { entry.name }
}

/// One point of a runner's curve.
public struct RacePoint: Equatable, Sendable {
  /// The number of updates before it.
  public var step: Int
  /// The loss of its own test pass.
  public var testLoss: Double
}
