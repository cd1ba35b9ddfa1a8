public import DropoutEngine

/// One training from start to end: the only place that decides how a configuration is trained and
/// which results are reported.
public struct ExperimentRun: Sendable {
  /// The number of intervals between the steps at which the test loss is measured, if there are as
  /// many steps.
  public static let curveIntervals = 50

  /// The experiment.
  public let configuration: ExperimentConfiguration
  /// The dataset.
  public let dataset: Dataset
  /// The weights to start from instead of random ones.
  ///
  /// They are listed learner by learner.
  public let initial: [NetworkParameters]?
  /// The number of updates, at least 0.
  public let steps: Int
  /// The path of the arithmetic; all give the same bits.
  public let kernels: KernelPath

  /// Creates a run without computing anything.
  public init(
    configuration: ExperimentConfiguration, dataset: Dataset, initial: [NetworkParameters]? = nil,
    steps: Int, kernels: KernelPath = .best
  ) {
    precondition(steps >= 0, "\(steps) steps are below 0")
    self.configuration = configuration
    self.dataset = dataset
    self.initial = initial
    self.steps = steps
    self.kernels = kernels
  }

  /// The steps at which the test loss is measured: from 0 to the last one, evenly spaced up to
  /// rounding down.
  ///
  /// Any number of steps is possible; one below 0 counts as 0.
  public static func curveSteps(_ steps: Int) -> [Int] {
    let intervals = min(curveIntervals, steps)
    guard intervals > 0 else { return [0] }
    // Whole parts first, since a product with the number of steps could overflow.
    let (whole, rest) = steps.quotientAndRemainder(dividingBy: intervals)
    return (0...intervals).map { $0 * whole + $0 * rest / intervals }
  }

  /// Trains, and measures at the end.
  ///
  /// A training that becomes not finite is a result too (``RunResult/divergedAt``).
  ///
  /// - Parameter progress: called every few steps with the share of steps taken; the run is given
  ///   up once it returns false.
  /// - Returns: the result; nil where the run was given up.
  /// - Throws: `ConfigurationError` where configuration, dataset and weights do not fit each other.
  public func result(
    progress: (Double) -> Bool = { _ in true }
  ) throws(ConfigurationError) -> RunResult? {
    let group = try LearnerGroup(
      configuration: configuration, dataset: dataset, initial: initial, kernels: kernels)
    let measurer = Measurer(dataset: dataset, kernels: kernels)
    var curve: [Double] = []
    let curveSteps = Self.curveSteps(steps)
    for goal in curveSteps {
      while group.step < goal {
        guard progress(Double(group.step) / Double(steps)) else { return nil }
        do {
          try group.advance(steps: min(64, goal - group.step))
        } catch {
          curve += [Double](repeating: .nan, count: curveSteps.count - curve.count)
          return RunResult(
            divergedAt: error.step, curve: curve, isClassification: dataset.isClassification)
        }
      }
      guard progress(steps == 0 ? 0 : Double(group.step) / Double(steps)) else { return nil }
      curve.append(
        dataset.testExamples.isEmpty ? .nan : measurer.evaluate(group.states, on: .test).loss)
    }
    let states = group.states
    let training = measurer.evaluate(states, on: .training)
    let test = dataset.testExamples.isEmpty ? nil : measurer.evaluate(states, on: .test)
    return RunResult(
      training: training, test: test, output: measurer.divergence(states[0]).last, curve: curve,
      isClassification: dataset.isClassification)
  }
}
