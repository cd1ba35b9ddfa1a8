public import DropoutEngine

/// The metrics in the lines of a training.
public enum MetricsScope: String, CaseIterable, Sendable {
  /// Losses, accuracies or R2 in each line; the divergence where a ``DivergenceSchedule`` has room
  /// for it.
  case auto
  /// All of them in each line, however long that takes.
  case all
  /// Losses, and accuracies or R2.
  case losses
}

/// The lines of a training for which the divergence is measured.
///
/// A divergence is a mean over hundreds of masks of each probe example. For a small network that is
/// more arithmetic than the hundred steps between two lines. So with ``MetricsScope/auto`` it is
/// measured for the first lines, for the last one, and in between wherever it takes at most a
/// twentieth of the arithmetic of the steps since the last measurement. This depends only on sizes,
/// so it is the same in each run.
public struct DivergenceSchedule: Sendable {
  /// The number of lines at the start that have a divergence.
  public static let firstLines = 20
  /// The number of training passes for each pass of a measurement, from which on it is due.
  static let passRatio = 20

  private let scope: MetricsScope
  /// The number of steps that have ``passRatio`` times as many passes as a measurement.
  private let interval: Int
  private var lines = 0
  private var measuredStep = 0

  /// The schedule of a group's training.
  public init(_ scope: MetricsScope, of group: LearnerGroup) {
    self.scope = scope
    // A step of an example is a forward pass and two passes of the same size, for signals and for
    // gradients.
    let passesOfStep = 3 * group.configuration.batch * group.learners.count
    let passes = Measurer(dataset: group.dataset, kernels: group.kernels).divergencePasses(
      group.learners[0].state)
    interval = (DivergenceSchedule.passRatio * passes + passesOfStep - 1) / passesOfStep
  }

  /// Whether the next line has the divergence; to be called once for each line.
  ///
  /// - Parameters:
  ///   - step: the number of updates before the line.
  ///   - isLast: whether it is the last line.
  /// - Returns: whether the divergence is to be measured.
  public mutating func isDue(at step: Int, isLast: Bool) -> Bool {
    lines += 1
    let isDue =
      switch scope {
      case .all: true
      case .losses: false
      case .auto:
        isLast || lines <= DivergenceSchedule.firstLines || step - measuredStep >= interval
      }
    if isDue { measuredStep = step }
    return isDue
  }
}
