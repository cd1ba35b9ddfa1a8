public import DropoutCore

/// What the training thread publishes: everything that the screen draws about the network, as values.
///
/// A snapshot is immutable; the explorer keeps the newest one. Its parts may stem from slightly
/// different steps while training runs (evidence is held for 350 ms, curves and counters go on): each
/// part says its own step.
public struct TrainingSnapshot: Sendable {
  /// The configuration in force.
  public var configuration: ExperimentConfiguration
  /// What was changed since step 0, and when.
  public var journal: Journal
  /// Counts the changes that measurements depend on: a measurement with another generation is of an
  /// earlier configuration and must not be shown as current (see ``isCurrent(_:)``).
  public var generation: Int
  /// How many commands the training thread has carried out.
  public var handledCommands: Int
  /// What the training thread has to say about a command, such as why it was refused.
  public var notice: TrainingNotice?
  /// The dataset that is trained on.
  public var dataset: Dataset
  /// The number of updates so far.
  public var step: Int
  /// The number of whole passes over the training part so far.
  public var epoch: Int
  /// Measured updates in a second; 0 while paused.
  public var stepsPerSecond: Double
  /// Whether training runs.
  public var isRunning: Bool
  /// Why training stopped by itself, if it did.
  public var notFinite: NotFiniteError?
  /// What a person did to units by hand.
  public var interventions: [UnitAddress: UnitIntervention]
  /// The evidence that is drawn, with the sums of the watched example.
  public var watched: Measured<WatchedEvidence>
  /// Divergence and ratio of each layer, and the step at which they were measured.
  public var divergence: Measured<[LayerDivergence]>
  /// The same weights under each test convention, over the test part (the training part where there is
  /// none), and the step at which they were measured.
  public var counterfactual: Measured<Counterfactual>
  /// The curves so far.
  public var curves: [CurvePoint]
  /// Where on the curves a parameter was changed.
  public var marks: [CurveMark]
  /// The maps of the plane, where the dataset has one.
  public var maps: Measured<BoundaryMaps>?

  /// Whether a measurement is of the configuration in force; the others are to be drawn as pending.
  public func isCurrent<Value>(_ measurement: Measured<Value>) -> Bool {
    measurement.generation == generation
  }
}

/// A sentence from the training thread about a command.
public struct TrainingNotice: Equatable, Sendable {
  /// The command, as counted by ``TrainingSnapshot/handledCommands``.
  public var command: Int
  /// The sentence.
  public var text: String

  /// Creates a notice.
  public init(command: Int, text: String) {
    self.command = command
    self.text = text
  }
}

/// A measurement and the step whose weights it was made with.
public struct Measured<Value: Sendable>: Sendable {
  /// The number of updates before the measurement.
  public var step: Int
  /// The configuration that it was made with, as counted by ``TrainingSnapshot/generation``.
  public var generation: Int
  /// What was measured.
  public var value: Value

  /// Creates a measurement.
  public init(step: Int, generation: Int, value: Value) {
    self.step = step
    self.generation = generation
    self.value = value
  }
}

/// The evidence of one step, and of its watched example in particular.
public struct WatchedEvidence: Sendable {
  /// The evidence of the step that is about to be taken with the weights at hand.
  public var evidence: StepEvidence
  /// The row of the minibatch that is watched.
  public var row: Int
  /// Mean training sum and test sum of the watched example into each layer, output layer last.
  public var sums: [ExampleSums]
}

/// One set of weights, tested in three ways.
public struct Counterfactual: Sendable, Equatable {
  /// Activations as they are.
  public var asTheyAre: Evaluation
  /// Activations times p.
  public var timesKeep: Evaluation
  /// Activations times 1/p.
  public var timesInverseKeep: Evaluation
  /// The experiment's own test pass.
  public var own: Evaluation
  /// The experiment's own test pass over the training part.
  public var training: Evaluation
  /// sum |s_test| into the output layer under each convention divided by sum |E s_train|.
  public var outputRatio: [TestConvention: Double]
}

/// One point of the curves.
public struct CurvePoint: Sendable, Equatable {
  /// The number of updates before it.
  public var step: Int
  /// The mean masked loss of the minibatches since the point before.
  public var minibatchLoss: Double
  /// The loss of the experiment's own test pass over the test part.
  public var testLoss: Double
  /// The loss of the same weights where activations are multiplied by p (by 1 after inverted dropout).
  public var scaledLoss: Double
  /// The loss of the experiment's own test pass over the training part.
  public var trainLoss: Double
  /// The share of the test part that is classified right; nil for regression.
  public var testAccuracy: Double?
}

/// A change of a parameter, to be marked on the curves.
public struct CurveMark: Sendable, Equatable {
  /// The step at which the change took effect.
  public var step: Int
  /// What was changed, as in `scaling classic`.
  public var label: String
}

/// The network's output over the plane, under two test conventions.
public struct BoundaryMaps: Sendable, Equatable {
  /// The columns of the maps.
  public var columns: Int
  /// The rows of the maps, the first one at the top of the plane.
  public var rows: Int
  /// The outputs of the experiment's own test pass, `[rows * columns][outputs]`.
  public var asItIs: Matrix
  /// The outputs of the scaled test pass, `[rows * columns][outputs]`.
  public var scaled: Matrix
  /// What the experiment's own test pass says of each test example that is drawn, `[test][outputs]`.
  public var examplesAsItIs: Matrix
  /// What the scaled test pass says of each test example that is drawn, `[test][outputs]`.
  public var examplesScaled: Matrix
  /// The examples that are drawn, as indices into the dataset.
  public var examples: [Int]
}
