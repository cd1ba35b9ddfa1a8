public import DropoutEngine

/// One training from its start to its end: the one place that decides how a configuration is trained and what is
/// reported of it.
public struct ExperimentRun: Sendable {
  /// The number of intervals between the steps at which the test loss is measured, where there are as many steps.
  public static let curveIntervals = 50

  /// What is trained.
  public let configuration: ExperimentConfiguration
  /// What it is trained on.
  public let dataset: Dataset
  /// The weights to start from instead of random ones.
  ///
  /// One learner after the other.
  public let initial: [NetworkParameters]?
  /// The number of updates, at least 0.
  public let steps: Int
  /// The path of the arithmetic; all give the same bits.
  public let kernels: KernelPath

  /// Creates a run; nothing is computed yet.
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

  /// The steps at which the test loss is measured: from 0 to the last one, evenly spaced but for rounding down.
  ///
  /// Any number of steps is possible; one below 0 counts as 0.
  public static func curveSteps(_ steps: Int) -> [Int] {
    let intervals = min(curveIntervals, steps)
    guard intervals > 0 else { return [0] }
    // Whole parts first: a product with the steps could be too large.
    let (whole, rest) = steps.quotientAndRemainder(dividingBy: intervals)
    return (0...intervals).map { $0 * whole + $0 * rest / intervals }
  }

  /// Trains, and measures at the end.
  ///
  /// A training that becomes not finite is a result too (``RunResult/divergedAt``).
  ///
  /// - Parameter progress: takes the share of the steps that is taken, every few steps; once it
  ///   returns false the run is given up.
  /// - Returns: what came out; nil where the run was given up.
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
