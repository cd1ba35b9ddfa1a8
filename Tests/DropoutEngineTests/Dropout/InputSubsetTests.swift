import DropoutEngine
import Testing

@Suite("The inputs that a learner of random subspaces sees") struct InputSubsetTests {
  @Test("are exactly round(share * inputs), at least one, and with the others they are all inputs")
  func size() {
    for inputs in 1...40 {
      for share in [1e-9, 0.1, 0.25, 0.5, 0.7, 0.99, 1] {
        let subset = InputSubset(of: inputs, share: share, learner: inputs % 7, seed: 5)
        let wanted = max(1, Int((share * Double(inputs)).rounded()))
        #expect(subset.seen.count == wanted, "\(share) of \(inputs)")
        #expect((subset.seen + subset.unseen).sorted() == Array(0..<inputs))
        #expect(subset.seen == subset.seen.sorted() && subset.unseen == subset.unseen.sorted())
      }
    }
    // A half is rounded away from 0.
    #expect(InputSubset.size(of: 3, share: 0.5) == 2)
    #expect(InputSubset.size(of: 5, share: 0.5) == 3)
  }

  @Test("are the same whenever they are asked for, and others for another learner or seed")
  func purity() {
    func seen(_ learner: Int, _ seed: UInt64) -> [Int] {
      InputSubset(of: 64, share: 0.5, learner: learner, seed: seed).seen
    }
    #expect(seen(3, 7) == seen(3, 7))
    #expect(Set((0..<64).map { seen($0, 7) }).count == 64)
    #expect(seen(3, 7) != seen(3, 8))
  }

  @Test(
    "are any subset of their size with the same probability (chi-square within 6 sigma)",
    arguments: [(6, 0.5), (5, 0.2), (7, 0.3)])
  func uniform(inputs: Int, share: Double) {
    var counts: [[Int]: Int] = [:]
    var draws = 0
    for seed in 0..<320 as Range<UInt64> {
      for learner in 0..<64 {
        let seen = InputSubset(of: inputs, share: share, learner: learner, seed: seed).seen
        counts[seen, default: 0] += 1
        draws += 1
      }
    }
    let size = InputSubset.size(of: inputs, share: share)
    let subsets = (0..<size).reduce(1) { $0 * (inputs - $1) / ($1 + 1) }
    #expect(counts.count == subsets)
    let expected = Double(draws) / Double(subsets)
    let chiSquare = counts.values.reduce(0.0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    // Mean and variance of chi-square with this many degrees of freedom.
    let freedom = Double(subsets - 1)
    #expect(abs(chiSquare - freedom) < 6 * (2 * freedom).squareRoot(), "\(chiSquare)")
  }
}

@Suite("The bootstrap resample of a learner of bagging") struct BootstrapResampleTests {
  private let original = (0..<50).map { $0 * 3 + 1 }

  @Test("has as many examples as there are, all of them originals, and is the same each time")
  func form() {
    let resample = BootstrapResample(of: original, learner: 2, seed: 9)
    #expect(resample.examples.count == original.count)
    #expect(Set(resample.examples).isSubset(of: Set(original)))
    #expect(resample == BootstrapResample(of: original, learner: 2, seed: 9))
    #expect(resample != BootstrapResample(of: original, learner: 3, seed: 9))
    #expect(resample != BootstrapResample(of: original, learner: 2, seed: 10))
  }

  @Test("draws each example with the same probability, with replacement (within 6 sigma)")
  func uniform() {
    var counts: [Int: Int] = [:]
    var distinct = 0
    let resamples = 64 * 100
    for seed in 0..<100 as Range<UInt64> {
      for learner in 0..<64 {
        let examples = BootstrapResample(of: original, learner: learner, seed: seed).examples
        for example in examples { counts[example, default: 0] += 1 }
        distinct += Set(examples).count
      }
    }
    let chiSquare = counts.values.reduce(0.0) {
      $0 + (Double($1) - Double(resamples)) * (Double($1) - Double(resamples)) / Double(resamples)
    }
    #expect(counts.count == 50)
    #expect(abs(chiSquare - 49) < 6 * (2 * 49.0).squareRoot(), "\(chiSquare)")
    // The number of distinct examples among n draws of n.
    func power(_ base: Double, _ exponent: Int) -> Double {
      (0..<exponent).reduce(1) { product, _ in product * base }
    }
    let count = 50.0
    let missed = power(1 - 1 / count, 50)
    let bothMissed = power(1 - 2 / count, 50)
    let mean = count * (1 - missed)
    let variance =
      count * missed + count * (count - 1) * bothMissed - count * count * missed * missed
    let sigma = (variance / Double(resamples)).squareRoot()
    #expect(abs(Double(distinct) / Double(resamples) - mean) < 6 * sigma)
  }
}
