import CKernels

/// The order in which examples are trained on: each epoch a fresh shuffle of the training part, a pure
/// function of the data seed, the learner and the epoch.
///
/// A learner of `bagging` has a resample of the training part and an order of its own; all others have those of a
/// network that is trained alone.
struct MinibatchOrder: Equatable, Sendable {
  private let examples: [Int32]
  private let seed: UInt64
  /// Which part of a stream of random numbers the learner has.
  private let firstIndex: UInt64
  private var order: [Int32]
  /// The epoch, counted from 0.
  private(set) var epoch = 0
  /// The examples of this epoch that have been used.
  private(set) var position = 0

  init(
    configuration: ExperimentConfiguration, dataset: Dataset, learner: Int, kernels: ck_kernels
  ) {
    let training = dataset.trainingExamples
    seed = configuration.dataSeed
    if configuration.variant == .bagging {
      examples = BootstrapResample(of: training, learner: learner, seed: seed).examples
        .map { Int32($0) }
      firstIndex = UInt64(learner) << 32
    } else {
      examples = training.map { Int32($0) }
      firstIndex = 0
    }
    order = examples
    shuffle(kernels)
  }

  /// The number of examples of the next minibatch: fewer at the end of an epoch.
  func count(batch: Int) -> Int {
    min(batch, order.count - position)
  }

  /// The examples of the next minibatch.
  func examples(count: Int) -> [Int] {
    order[position..<position + count].map { Int($0) }
  }

  /// Calls `body` with the examples from the next minibatch on.
  func withNextExamples<Result>(_ body: (UnsafePointer<Int32>) -> Result) -> Result {
    order.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        preconditionFailure("an order of \(order.count) examples")
      }
      return body(base + position)
    }
  }

  /// Goes on past a minibatch.
  mutating func advance(by count: Int, _ kernels: ck_kernels) {
    position += count
    if position >= order.count {
      epoch += 1
      position = 0
      shuffle(kernels)
    }
  }

  /// Shuffles from the same start in each epoch, in place.
  private mutating func shuffle(_ kernels: ck_kernels) {
    for index in order.indices { order[index] = examples[index] }
    let (seed, stream, first) = (seed, UInt32(truncatingIfNeeded: epoch), firstIndex)
    order.withUnsafeMutableBufferPointer { order in
      kernels.shuffle(
        order.baseAddress, order.count, seed, RandomPurpose.epochOrder.rawValue, stream, first)
    }
  }
}
