/// The order in which examples are trained on: each epoch a fresh shuffle of the training part, a pure
/// function of the data seed, the learner and the epoch.
///
/// A learner of `bagging` has a resample of the training part and an order of its own; all others have those of a
/// network that is trained alone.
struct MinibatchOrder: Equatable, Sendable {
  private let examples: [Int]
  private let seed: UInt64
  /// Which part of a stream of random numbers the learner has.
  private let firstIndex: UInt64
  private var order: [Int]
  /// The epoch, counted from 0.
  private(set) var epoch = 0
  /// The examples of this epoch that have been used.
  private(set) var position = 0

  init(configuration: ExperimentConfiguration, dataset: Dataset, learner: Int) {
    let training = dataset.trainingExamples
    seed = configuration.dataSeed
    if configuration.variant == .bagging {
      examples = BootstrapResample(of: training, learner: learner, seed: seed).examples
      firstIndex = UInt64(learner) << 32
    } else {
      examples = training
      firstIndex = 0
    }
    order = examples
    shuffle()
  }

  /// The number of examples of the next minibatch: fewer at the end of an epoch.
  func count(batch: Int) -> Int {
    min(batch, order.count - position)
  }

  /// The example at a row of the next minibatch.
  func example(row: Int) -> Int {
    order[position + row]
  }

  /// Goes on past a minibatch.
  mutating func advance(by count: Int) {
    position += count
    if position >= order.count {
      epoch += 1
      position = 0
      shuffle()
    }
  }

  /// Shuffles from the same start in each epoch, in place.
  ///
  /// > Source: Durstenfeld 1964, Algorithm 235: Random permutation.
  private mutating func shuffle() {
    for index in order.indices { order[index] = examples[index] }
    var random = RandomStream(
      seed: seed, purpose: .epochOrder, stream: UInt32(truncatingIfNeeded: epoch),
      index: firstIndex)
    for index in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(index, random.nextIndex(below: index + 1))
    }
  }
}
