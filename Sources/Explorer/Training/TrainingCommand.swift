public import DropoutEngine

/// A command of the explorer to the training thread.
///
/// A command about one experiment names it by its ``ExperimentIdentity/start``. It is dropped where
/// another experiment stands by the time that it is taken up.
public enum TrainingCommand: Equatable, Sendable {
  /// Train on, or pause.
  case run(Bool)
  /// Take one step, and pause.
  case step
  /// Train at this many steps a second; infinity is as fast as it goes.
  case speed(Double)
  /// Pause once this many updates are done; nil is never.
  case pauseAt(Int?)
  /// Change a parameter or a unit of an experiment, from the next step on.
  case change(ExperimentChange, of: Int)
  /// Watch the example that many rows further on in the minibatch.
  case watch(offset: Int, of: Int)
  /// Draw the learner that many places further on.
  case drawLearner(offset: Int, of: Int)
  /// Measure this for the watched example, beside the training.
  case look(at: MeasuredSubject, of: Int)
  /// Go on from where another training of the same data stands.
  case adopt(TrainingHandover)
  /// Start again with this configuration.
  case startAnew(ExperimentConfiguration)

  /// The start of the experiment that it is about; nil where it is about whichever stands.
  var experiment: Int? {
    switch self {
    case .run, .step, .speed, .pauseAt, .adopt, .startAnew: nil
    case .change(_, of: let start), .watch(_, of: let start), .drawLearner(_, of: let start),
      .look(_, of: let start):
      start
    }
  }
}

/// An experiment that the explorer can start: its configuration, its data, the weights it starts
/// from.
public struct LoadedExperiment: Sendable {
  /// The configuration at step 0.
  public var configuration: ExperimentConfiguration
  /// The dataset that is trained on.
  public var dataset: Dataset
  /// The weights to start from, for each learner; nil draws them.
  public var initial: [NetworkParameters]?
  /// The bytes of memory that may be used; nil where nobody knows.
  public var allowedMemory: Int?

  /// Creates an experiment.
  public init(
    configuration: ExperimentConfiguration, dataset: Dataset, initial: [NetworkParameters]?,
    allowedMemory: Int? = nil
  ) {
    self.allowedMemory = allowedMemory
    self.configuration = configuration
    self.dataset = dataset
    self.initial = initial
  }
}

/// A reason why an experiment cannot be started.
public enum ExperimentLoadError: Error, Sendable {
  /// The configuration does not fit data, weights or memory.
  case configuration(ConfigurationError)
  /// The first step has a value that is not finite.
  case notFinite(NotFiniteError)
  /// Data or weights cannot be read; the description of the reader's error is a sentence.
  case unreadable(any Error & CustomStringConvertible)
}

extension ExperimentLoadError: CustomStringConvertible {
  /// One sentence with the place, the value and the remedy.
  public var description: String {
    switch self {
    case .configuration(let error): error.description
    case .notFinite(let error): error.description
    case .unreadable(let error): error.description
    }
  }
}

/// Reads or generates the data of a configuration, and the weights it starts from.
///
/// The explorer knows no files; who starts it says how they are read.
public typealias ExperimentLoader =
  @Sendable (ExperimentConfiguration) throws(ExperimentLoadError) -> LoadedExperiment
