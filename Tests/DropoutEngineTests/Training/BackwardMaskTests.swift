import DropoutEngine
import Oracles
import Testing

@Suite("Masks on the backward pass alone") struct BackwardMaskTests {
  private func network(
    _ sizes: [Int], keep: Double, scaling: Scaling = .off, examples: Int = 1
  ) -> LawNetwork {
    LawNetwork(sizes, examples: examples) {
      $0.keep = PerLayer(keep)
      $0.activation = PerLayer(.tanh)
      $0.dropout = DropoutSettings(scaling: scaling, maskPass: .backward)
    }
  }

  @Test(
    "Below k masked layers the mean gradient is p^k of the plain one; inverted factors restore it",
    arguments: lawKeepProbabilities, [Scaling.off, .inverted])
  func meanGradient(keep: Double, scaling: Scaling) throws {
    let network = network([3, 4, 3, 2], keep: keep, scaling: scaling, examples: 3)
    let plain = try network.plainStep()
    let steps = try network.maskedSteps()
    for (layer, masks) in [(0, 2), (1, 1), (2, 0)] {
      let factor = scaling == .off ? ElementaryFunctions.power(keep, masks) : 1
      let mean = steps.mean { $0.gradient(layer) }
      #expect(agree(mean, plain.gradient(layer).map { factor * $0 }), "layer \(layer)")
    }
    // Nothing is dropped forward, so the passes agree and there is no penalty.
    #expect(steps.allSatisfy { $0.evidence.trainingLoss == plain.trainingLoss })
    #expect(steps.allSatisfy { $0.evidence.testPassLoss == plain.trainingLoss })
  }

  @Test(
    "The mean squared cosine to the plain gradient just below the mask is p, in one example",
    arguments: lawKeepProbabilities)
  func cosine(keep: Double) throws {
    func squaredCosine(_ found: [Double], _ plain: [Double]) -> Double {
      let length = dot(found, found)
      return length == 0 ? 0 : dot(found, plain) * dot(found, plain) / (length * dot(plain, plain))
    }
    let network = network([3, 7, 2], keep: keep)
    let plain = try network.plainStep().weightGradient(0)
    let mean = try network.maskedSteps().mean { [squaredCosine($0.weightGradient(0), plain)] }[0]
    #expect(agree(mean, keep))
    // Below two masks it is not p^2.
    let deep = self.network([3, 4, 4, 2], keep: keep)
    let deepPlain = try deep.plainStep().weightGradient(0)
    let deepMean = try deep.maskedSteps().mean {
      [squaredCosine($0.weightGradient(0), deepPlain)]
    }[0]
    #expect(abs(deepMean - keep * keep) > 0.01)
    // With a mask for each example of a minibatch it is higher: 2,000 draws, four standard
    // deviations.
    var several = self.network([3, 7, 2], keep: keep, examples: 4)
    several.configuration.learningRate = PerLayer(0)
    let trainer = try several.trainer()
    let plainOfAll = try several.plainStep().weightGradient(0)
    let cosines = try (0..<2000).map { _ in
      squaredCosine(try trainer.advanceWithEvidence().weightGradient(0), plainOfAll)
    }
    let average = cosines.reduce(0, +) / 2000
    let variance = cosines.map { ($0 - average) * ($0 - average) }.reduce(0, +) / 1999
    #expect(average - keep > 4 * (variance / 2000).squareRoot())
  }
}
