public import DropoutEngine
public import DropoutMeasure

/// The state that the training thread publishes: everything that the screen draws about the
/// network, as values.
///
/// A snapshot is immutable; the explorer keeps the newest one. Its parts may be of slightly
/// different steps while training runs (evidence is held for 350 ms, curves and counters go on):
/// each part says its own step.
public struct TrainingSnapshot: Sendable {
  /// Which experiment it is: another one after a fresh start or a handover from a race.
  public var experiment: ExperimentIdentity
  /// The configuration at step 0.
  public var initialConfiguration: ExperimentConfiguration
  /// The weights that training started from, for each learner; nil where they were drawn.
  public var initial: [NetworkParameters]?
  /// The configuration in force, whatever the step.
  var settings: ExperimentConfiguration
  /// The changes since step 0, and their steps.
  public var journal: Journal
  /// Counts the changes that measurements depend on: a measurement with another generation is of an
  /// earlier configuration and must not be shown as current.
  public var generation: Int
  /// The oldest generation whose counterfactual still holds: a change of the scaling alone does not
  /// touch it.
  public var counterfactualGeneration: Int
  /// How many commands the training thread has carried out.
  public var handledCommands: Int
  /// The training thread's answer to a command, such as the reason of a refusal.
  public var notice: TrainingNotice?
  /// The dataset that is trained on.
  public var dataset: Dataset
  /// The ranges, classes and parts of the dataset.
  public var summary: DatasetSummary
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
  /// The breakdown of the training, which went back to the last good step before it.
  public var breakdown: Breakdown?
  /// The interventions of a person, by unit.
  public var interventions: [UnitAddress: UnitIntervention]
  /// Which learner is drawn, counted from 0: evidence, sums, divergence and close views are its
  /// own; counterfactual, examples, maps and curves are of the average of all.
  public var learner: Int
  /// The evidence that is drawn, with the sums of the watched example.
  public var watched: Measured<WatchedEvidence>
  /// The measurements of the networks, whatever view is shown.
  public var measured: SnapshotMeasurements
  /// The measurements of the subjects that are looked at closely.
  public var close = CloseMeasurements()
  /// The run's branches, and where on them training stands.
  public var timeline: TimelineOutline
  /// The fingerprint of the dataset.
  public var dataFingerprint: Fingerprint
  /// The fingerprint of the weights at the moment that ``timeline`` names.
  public var fingerprint: Fingerprint
  /// How far a long journey through the run is; nil where nobody is on the way.
  public var travel: TimelineProgress?
  /// The place that a long journey got to; nil where nobody is on the way.
  ///
  /// The rest of the snapshot stays at the moment that the journey began at.
  public var placeOnTheWay: PlaceOnTheWay?

  /// The configuration in force, with the keep probabilities of the step.
  public var configuration: ExperimentConfiguration {
    get { settings.at(step: step) }
    set { settings = newValue }
  }

  /// The run and the fingerprint of the weights, at the place that is saved.
  public var savedPlace: PlaceOnTheWay {
    placeOnTheWay ?? PlaceOnTheWay(timeline: timeline, fingerprint: fingerprint)
  }

  /// The learner that is being made for a new experiment, counted from 1, and the number of
  /// learners; nil if none is being made.
  public var preparing: (learner: Int, count: Int)?

  /// Whether a measurement is of the configuration in force; the others are to be drawn as pending.
  public func isCurrent<Value>(_ measurement: Measured<Value>) -> Bool {
    measurement.generation == generation
  }

  /// Where on the curves something was changed.
  public var marks: [CurveMark] { timeline.marks }

  /// Whether the counterfactual is of weights and test passes as they are now.
  public func isCurrent(_ measurement: Measured<Counterfactual>) -> Bool {
    measurement.generation >= counterfactualGeneration
  }

  /// The result of the experiment's own test pass over the test part; nil until it is measured.
  public var ownEvaluation: Evaluation? { measured.counterfactual.value.own(configuration) }

  /// The sizes of the network.
  public var shape: NetworkShape {
    NetworkShape(
      inputs: dataset.inputCount, hidden: initialConfiguration.hidden,
      outputs: dataset.outputCount)
  }

  /// The first layer whose input is masked; nil where nothing is masked.
  public var firstMaskedLayer: Int? {
    (0...shape.hidden.count).first { configuration.keepProbability(feeding: $0) < 1 }
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
  /// The measured value.
  public var value: Value

  /// Creates a measurement.
  public init(step: Int, generation: Int, value: Value) {
    self.step = step
    self.generation = generation
    self.value = value
  }

  /// A value that stands for one that was not measured yet; no configuration has its generation.
  static func pending(_ value: Value) -> Measured {
    Measured(step: 0, generation: -1, value: value)
  }
}

/// The evidence of one step, and of its watched example in particular.
public struct WatchedEvidence: Sendable {
  /// The evidence of the next step with the present weights.
  public var evidence: StepEvidence
  /// The row of the minibatch that is watched.
  public var row: Int
  /// Mean training sum and test sum of the watched example into each layer, output layer last.
  public var sums: [ExampleSums]
}

/// One point of the curves.
public struct CurvePoint: Sendable, Equatable {
  /// The number of updates before it.
  public var step: Int
  /// The mean masked loss of the minibatches since the point before.
  public var minibatchLoss: Double
  /// The loss of the experiment's own test pass over the test part.
  public var testLoss: Double
  /// The loss of the same weights where activations are multiplied by p (by 1 after inverted
  /// dropout).
  public var scaledLoss: Double
  /// The loss of the experiment's own test pass over the training part.
  public var trainLoss: Double
  /// The share of the test part that is classified right; nil for regression.
  public var testAccuracy: Double?
  /// The test loss of each learner alone; empty where there is only one.
  public var learnerLosses: [Double]
  /// The minibatches that ``minibatchLoss`` is the mean of.
  public var minibatches: Int
  /// The changes of the branch that were in force.
  public var changes: Int
}

/// A change of a parameter, to be marked on the curves.
public struct CurveMark: Sendable, Equatable {
  /// The step at which the change took effect.
  public var step: Int
  /// The change, as in `scaling classic`.
  public var label: String
}

/// The network's outputs for some test examples (training ones where there is no test part), under
/// two test conventions.
public struct ExampleOutputs: Sendable, Equatable {
  /// The examples, as indices into the dataset.
  public var examples: [Int]
  /// The outputs of the experiment's own test pass, `[examples][outputs]`.
  public var asItIs: Matrix
  /// The outputs of the scaled test pass, `[examples][outputs]`.
  public var scaled: Matrix

  /// Nothing, before anything is measured.
  static func none(of outputs: Int) -> ExampleOutputs {
    let empty = Matrix(rows: 0, columns: outputs)
    return ExampleOutputs(examples: [], asItIs: empty, scaled: empty)
  }
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
}
