public import DropoutEngine

/// The learners of an experiment at one step: copies, so that they can be measured on another thread while the
/// training goes on.
public struct TrainingMoment: Sendable {
  /// The networks, a learner each, at least one.
  let states: [NetworkState]
  /// The number of whole passes over the training part so far.
  let epoch: Int
  /// The mean of the masked training losses since the moment before; nil where no step was taken.
  let minibatchLoss: Double?

  /// The number of updates so far.
  public var step: Int { states[0].step }
}

extension LearnerGroup {
  /// Copies what metrics are measured on; the mean minibatch loss starts again.
  public func takeMoment() -> TrainingMoment {
    TrainingMoment(states: states, epoch: epoch, minibatchLoss: takeMinibatchLoss())
  }

  /// The bytes that the weights of a moment take.
  public var momentByteCount: Int {
    learners.reduce(0) { $0 + $1.layout.count * MemoryLayout<Float>.stride }
  }
}
