public import DropoutEngine

/// The learners of an experiment at one step: copies, so that another thread can measure them while
/// training goes on.
public struct TrainingMoment: Sendable {
  /// The networks of all learners, at least one.
  let states: [NetworkState]
  /// The number of whole passes over the training part so far.
  let epoch: Int
  /// The mean masked training loss since the moment before; nil where no step was taken.
  let minibatchLoss: Double?

  /// The number of updates so far.
  public var step: Int { states[0].step }
}

extension LearnerGroup {
  /// Copies everything that metrics need; the mean minibatch loss begins again.
  public func takeMoment() -> TrainingMoment {
    TrainingMoment(states: states, epoch: epoch, minibatchLoss: takeMinibatchLoss())
  }

  /// The number of bytes of a moment's weights.
  public var momentByteCount: Int {
    learners.reduce(0) { $0 + $1.layout.count * MemoryLayout<Float>.stride }
  }
}
