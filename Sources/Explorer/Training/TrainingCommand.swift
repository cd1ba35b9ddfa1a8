public import DropoutEngine
public import Sessions

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
  ///
  /// The example that a person chose stays from step to step; one that a view chose holds until the
  /// next step.
  case watch(offset: Int, isChoice: Bool = true, of: Int)
  /// Draw the learner that many places further on.
  case drawLearner(offset: Int, of: Int)
  /// Measure this for the watched example, beside the training.
  case look(at: MeasuredSubject, of: Int)
  /// Go on from where another training of the same data stands.
  case adopt(TrainingHandover)
  /// Go to another moment of the run, and pause there.
  case travel(TimelineDestination, of: Int)
  /// Stop a journey through the run where it is.
  case callOff
  /// Name a branch; an empty name takes its name away.
  case nameBranch(Int, String, of: Int)
  /// Remove a branch that training is not on.
  case removeBranch(Int, of: Int)
  /// Start again with this configuration.
  case startAnew(ExperimentConfiguration)
  /// Put the experiment aside as it stands, and start another one, trained for some steps.
  case setAside(ExperimentConfiguration, steps: Int)
  /// Put the experiment that was put aside back.
  case bringBack

  /// Whether a journey stops where it is, so that this takes effect there.
  ///
  /// A change that a person makes must be in force, and saved, before it is seen. Going on from the
  /// end of the journey can wait for it.
  ///
  /// - Parameter isLong: whether the journey takes so long that nobody waits for its end.
  /// - Returns: whether it stops.
  func endsJourney(isLong: Bool) -> Bool {
    switch self {
    case .callOff, .bringBack: true
    case .change, .nameBranch, .removeBranch, .adopt, .startAnew, .setAside: isLong
    case .run, .step, .speed, .pauseAt, .watch, .drawLearner, .look, .travel: false
    }
  }

  /// The start of the experiment that it is about; nil where it is about whichever stands.
  var experiment: Int? {
    switch self {
    case .run, .step, .speed, .pauseAt, .adopt, .startAnew, .setAside, .bringBack, .callOff: nil
    case .change(_, of: let start), .watch(_, _, of: let start), .drawLearner(_, of: let start),
      .look(_, of: let start), .travel(_, of: let start), .nameBranch(_, _, of: let start),
      .removeBranch(_, of: let start):
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
  /// The run that it goes on with; nil starts at step 0.
  public var course: RunCourse?

  /// Creates an experiment.
  public init(
    configuration: ExperimentConfiguration, dataset: Dataset, initial: [NetworkParameters]?,
    allowedMemory: Int? = nil, course: RunCourse? = nil
  ) {
    self.allowedMemory = allowedMemory
    self.course = course
    self.configuration = configuration
    self.dataset = dataset
    self.initial = initial
  }
}

/// The course of a run that is gone on with: its branches, and where it stood.
public struct RunCourse: Equatable, Sendable {
  /// The branches, whose changes the experiment accepts; at least one.
  public var branches: [Branch]
  /// The moments at which the curve of each branch was measured, by its number; a branch without
  /// them is measured at moments that lie evenly.
  public var curves: [Int: [CurveMoment]]
  /// The moment that is gone to.
  public var position: TimelinePosition

  /// Creates a course.
  public init(
    branches: [Branch], curves: [Int: [CurveMoment]] = [:], position: TimelinePosition
  ) {
    self.branches = branches
    self.curves = curves
    self.position = position
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
