import CKernels

/// The order of the training examples.
///
/// Each epoch has a fresh shuffle of the training part: a pure function of the data seed, the
/// learner and the epoch.
///
/// A learner of `bagging` has its own resample of the training part and its own order. All other
/// learners have the examples and the order of a network that is trained alone.
final class MinibatchOrder {
  /// A place in the order.
  ///
  /// With the experiment it decides the rest.
  struct Position: Equatable, Sendable {
    /// The epoch, counted from 0.
    var epoch = 0
    /// The number of examples of this epoch that have been used.
    var used = 0
  }

  private(set) var position = Position()
  private let examples: [Int32]
  private let order: UnsafeMutableBufferPointer<Int32>
  private let seed: UInt64
  /// The learner's part of a stream of random numbers.
  private let firstIndex: UInt64
  private let kernels: Kernels

  init(
    configuration: ExperimentConfiguration, dataset: Dataset, learner: Int, kernels: Kernels
  ) {
    let training = dataset.trainingExamples
    seed = configuration.dataSeed
    if configuration.variant.learners == .resamples {
      let resample = BootstrapResample(of: training, learner: learner, seed: seed)
      examples = resample.examples.map { Int32($0) }
      firstIndex = UInt64(learner) << 32
    } else {
      examples = training.map { Int32($0) }
      firstIndex = 0
    }
    order = .allocate(capacity: examples.count)
    self.kernels = kernels
    shuffle()
  }

  deinit {
    order.deallocate()
  }

  /// The number of examples of the next minibatch: fewer at the end of an epoch.
  func count(batch: Int) -> Int {
    min(batch, order.count - position.used)
  }

  /// The examples from the next minibatch on; valid until the order moves on.
  var upcoming: UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(rebasing: UnsafeBufferPointer(order)[position.used...])
  }

  /// Moves past a minibatch.
  func advance(by count: Int) {
    position.used += count
    if position.used >= order.count {
      position.epoch += 1
      position.used = 0
      shuffle()
    }
  }

  /// Goes to another place in the order.
  func move(to position: Position) {
    precondition(
      (0..<order.count).contains(position.used),
      "\(position.used) examples of an epoch of \(order.count) are used")
    self.position = position
    shuffle()
  }

  /// Every epoch's shuffle starts from the same order, so that it depends on nothing before it.
  private func shuffle() {
    _ = order.update(fromContentsOf: examples)
    kernels.shuffle(
      order, seed: seed, purpose: .epochOrder, stream: UInt32(truncatingIfNeeded: position.epoch),
      firstIndex: firstIndex)
  }
}
