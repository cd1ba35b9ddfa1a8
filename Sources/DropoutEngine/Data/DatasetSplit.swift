/// The split of a dataset's examples into a training and a test part, decided by the data seed.
///
/// All examples are shuffled. Then each class gives its share to the test part, so that classes are
/// as frequent there as in the whole. A class with one example stays in training.
public struct DatasetSplit: Equatable, Sendable {
  /// The examples to train on, in the order that the seed decided.
  public let trainingExamples: [Int]
  /// The examples to test on, in the order that the seed decided; may be empty.
  public let testExamples: [Int]

  /// Splits a dataset that comes in one piece.
  ///
  /// - Parameters:
  ///   - targets: the targets of all examples; classes are balanced, numbers are only shuffled.
  ///   - testFraction: the share of the examples to test on, 0 to 0.9; rounded to a whole number.
  ///   - seed: the data seed.
  /// - Throws: ``DatasetError/noTrainingExamples(examples:testFraction:)``.
  public init(
    of targets: Dataset.Targets, testFraction: Double, seed: UInt64
  ) throws(DatasetError) {
    let count: Int
    switch targets {
    case .classes(let classes): count = classes.count
    case .values(let values): count = values.rows
    }
    let wanted = Int(nearest: Double(count) * testFraction, in: 0...count)
    guard testFraction >= 0, wanted < count else {
      throw .noTrainingExamples(examples: count, testFraction: testFraction)
    }
    let order = Self.shuffled(0..<count, seed: seed)
    switch targets {
    case .values:
      testExamples = Array(order.prefix(wanted))
      trainingExamples = Array(order.dropFirst(wanted))
    case .classes(let classes):
      var remaining = Self.testQuotas(of: classes, wanted: wanted)
      var test: [Int] = []
      var training: [Int] = []
      test.reserveCapacity(wanted)
      training.reserveCapacity(count - wanted)
      for example in order {
        if remaining[classes[example]] > 0 {
          remaining[classes[example]] -= 1
          test.append(example)
        } else {
          training.append(example)
        }
      }
      testExamples = test
      trainingExamples = training
    }
  }

  /// Splits a dataset that comes with a test part of its own: each part is only shuffled.
  ///
  /// - Parameters:
  ///   - trainingCount: the number of training examples, which come first.
  ///   - testCount: the number of test examples, which follow.
  ///   - seed: the data seed.
  public init(trainingCount: Int, testCount: Int, seed: UInt64) {
    trainingExamples = Self.shuffled(0..<trainingCount, seed: seed)
    testExamples = Self.shuffled(trainingCount..<trainingCount + testCount, seed: seed, stream: 1)
  }

  /// The examples in random order.
  ///
  /// > Source: Fisher, Yates 1938; in place as Durstenfeld 1964, Algorithm 235.
  private static func shuffled(_ range: Range<Int>, seed: UInt64, stream: UInt32 = 0) -> [Int] {
    var random = RandomStream(seed: seed, purpose: .split, stream: stream)
    var order = Array(range)
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(last, random.nextIndex(below: last + 1))
    }
    return order
  }

  /// The number of test examples of each class: proportional, by largest remainder, `wanted` in
  /// all.
  private static func testQuotas(of classes: [Int], wanted: Int) -> [Int] {
    var sizes = [Int](repeating: 0, count: (classes.max() ?? -1) + 1)
    for label in classes { sizes[label] += 1 }
    let shares = sizes.map { Double($0) * Double(wanted) / Double(max(classes.count, 1)) }
    var quotas = zip(shares, sizes).map { share, size in
      Int(nearest: share.rounded(.down), in: 0...max(size - 1, 0))
    }
    let byRemainder = sizes.indices.sorted { first, second in
      let (one, other) = (
        shares[first] - shares[first].rounded(.down), shares[second] - shares[second].rounded(.down)
      )
      return one == other ? first < second : one > other
    }
    var left = wanted - quotas.reduce(0, +)
    // Keeps one example of each class for training as long as that is possible.
    for kept in [1, 0] {
      var gave = true
      while left > 0, gave {
        gave = false
        for label in byRemainder where left > 0 && quotas[label] < sizes[label] - kept {
          quotas[label] += 1
          left -= 1
          gave = true
        }
      }
    }
    return withTwoClasses(quotas, sizes: sizes)
  }

  /// The quotas with one example moved to another class where two or more test examples would all
  /// be of one class.
  private static func withTwoClasses(_ quotas: [Int], sizes: [Int]) -> [Int] {
    let tested = quotas.indices.filter { quotas[$0] > 0 }
    guard tested.count == 1, quotas[tested[0]] > 1 else { return quotas }
    let others = sizes.indices.filter { $0 != tested[0] && sizes[$0] > 1 }
    guard let other = others.max(by: { sizes[$0] < sizes[$1] }) else { return quotas }
    var moved = quotas
    moved[tested[0]] -= 1
    moved[other] += 1
    return moved
  }
}
