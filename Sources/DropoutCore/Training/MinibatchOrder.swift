/// The order in which examples are trained on: each epoch a fresh shuffle of the training part, a pure
/// function of the data seed and the epoch.
struct MinibatchOrder: Equatable, Sendable {
  private let examples: [Int]
  private let seed: UInt64
  private var order: [Int]
  /// The epoch, counted from 0.
  private(set) var epoch = 0
  /// The examples of this epoch that have been used.
  private(set) var position = 0

  init(examples: [Int], seed: UInt64) {
    self.examples = examples
    self.seed = seed
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
      seed: seed, purpose: .epochOrder, stream: UInt32(truncatingIfNeeded: epoch))
    for index in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(index, random.nextIndex(below: index + 1))
    }
  }
}
