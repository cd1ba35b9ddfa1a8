/// The course of the keep probabilities over the steps of a training.
public enum KeepSchedule: String, NamedChoice {
  /// They are the same in each step.
  case constant
  /// They fall from 1 to their values: (1-p) exp(-10 t/N) + p in step t, and p from step N on.
  ///
  /// > Source: Morerio et al. 2017, Curriculum Dropout, with gamma = 10/N.
  case curriculum
}

extension KeepSchedule {
  /// Whether the keep probabilities have come to their values.
  func isOver(at step: Int, of steps: Int) -> Bool {
    switch self {
    case .constant: true
    case .curriculum: step >= steps
    }
  }

  /// The keep probability of a step.
  ///
  /// - Parameters:
  ///   - keep: the value that it comes to, in (0, 1].
  ///   - step: the step; 0 is the first update.
  ///   - steps: the number of steps in which it changes, at least 1.
  /// - Returns: the probability, from `keep` to 1.
  public func keepProbability(_ keep: Double, step: Int, of steps: Int) -> Double {
    guard !isOver(at: step, of: steps) else { return keep }
    let left = ElementaryFunctions.exponential(-10 * Double(step) / Double(steps))
    // At keep 1 the sum is 1 to the bit.
    return min(1, keep + (1 - keep) * left)
  }
}

extension ExperimentConfiguration {
  /// The configuration of a step: with the keep probabilities that are in force there.
  public func at(step: Int) -> ExperimentConfiguration {
    var configuration = self
    configuration.keepStep = dropout.keepSchedule.isOver(at: step, of: keepSteps) ? nil : step
    return configuration
  }

  /// A keep probability at ``keepStep``.
  func inForce(_ keep: Double) -> Double {
    guard let keepStep else { return keep }
    return dropout.keepSchedule.keepProbability(keep, step: keepStep, of: keepSteps)
  }
}
