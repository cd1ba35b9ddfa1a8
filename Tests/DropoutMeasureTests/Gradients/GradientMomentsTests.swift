import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("The gradient over masks") struct GradientMomentsTests {
  private typealias Fixture = GradientMomentsFixture

  // MARK: This step

  @Test(
    "This step's gradient has the bits of the evidence, under any mask pass and update scale",
    arguments: Variant.allCases, MaskSharing.allCases)
  func stepBits(variant: Variant, sharing: MaskSharing) throws {
    var configuration = ExperimentConfiguration()
    configuration.examples = 64
    configuration.hidden = [5, 4]
    configuration.keepInput = 0.9
    configuration.variant = variant
    configuration.dropout = variant.settings
    configuration.dropout.maskSharing = sharing
    for maskPass in MaskPass.allCases {
      configuration.dropout.maskPass = maskPass
      // Steps of plain descent do not write their gradient.
      configuration.optimizer.kind = maskPass == .both || maskPass == .backward ? .sgd : .momentum
      let trainer = try configuration.trainer()
      try trainer.apply(.unit(UnitAddress(layer: 0, unit: 1), .kill))
      try trainer.advance(steps: 7)
      let evidence = try trainer.evidence()
      let measurer = Measurer(dataset: trainer.dataset)
      // A network that trains under another mask pass gives the same bits.
      try trainer.apply(.parameter(name: "mask-pass", value: "both"))
      for state in [trainer.state] {
        for scale in UpdateScale.allCases {
          let found = measurer.stepGradient(
            state, of: evidence, maskPass: maskPass, updateScale: scale)
          for (layer, values) in evidence.layers.enumerated() {
            #expect(found.layers[layer].weights == values.weightGradient)
            #expect(found.layers[layer].biases == values.biasGradient)
          }
        }
      }
    }
  }

  // MARK: Brute force

  @Test(
    "Mean and variance over all masks are those of brute force in Double",
    arguments: MaskPass.allCases, lawKeepProbabilities)
  func bruteForce(maskPass: MaskPass, keep: Double) throws {
    for (scaling, sharing) in [
      (Scaling.off, MaskSharing.example), (.inverted, .example), (.classic, .batch),
    ] {
      let network = Fixture.network(
        [2, 3, 2, 2], keep: [keep, 1],
        DropoutSettings(
          scaling: scaling, maskPass: maskPass, maskSharing: sharing), input: 0.7)
      try check(network, isShared: sharing == .batch)
    }
  }

  @Test("Two masked layers, one example, killed and pinned units: brute force agrees")
  func interventions() throws {
    for maskPass in MaskPass.allCases {
      let network = Fixture.network(
        [2, 3, 3, 2], keep: [0.8, 0.3], examples: 1, DropoutSettings(maskPass: maskPass))
      try check(
        network, isShared: true,
        interventions: [
          UnitAddress(layer: 0, unit: 1): .kill, UnitAddress(layer: 1, unit: 0): .pin,
        ])
    }
  }

  @Test("Where only the forward masks can be enumerated, the mean under independent masks is exact")
  func linearBackwardMasks() throws {
    let network = Fixture.network(
      [2, 9, 2], keep: [0.8], examples: 1, DropoutSettings(maskPass: .independent))
    let trainer = try network.trainer()
    let evidence = try trainer.evidence()
    let found = network.measurer.meanGradient(trainer.state, of: evidence, maskPass: .independent)
    #expect(found.method == .exact)
    let expected = GradientOracle(network: network).moments(isShared: true).mean
    for layer in 0..<2 { #expect(agree(found.mean.gradient(layer), expected[layer])) }
    let statistics = network.measurer.gradientMoments(trainer.state, of: evidence)[.independent]
    #expect(statistics.whole.mean.method == .exact && statistics.whole.mean.error == 0)
    #expect(statistics.whole.varianceMethod == .monteCarlo(4096))
  }

  private func check(
    _ network: LawNetwork, isShared: Bool,
    interventions: [UnitAddress: UnitIntervention] = [:]
  ) throws {
    let maskPass = network.configuration.dropout.maskPass
    let oracle = GradientOracle(network: network, interventions: interventions)
    let (moments, state, evidence) = try Fixture.moments(
      network, changes: interventions.map { .unit($0.key, $0.value) })
    let found = network.measurer.meanGradient(state, of: evidence, maskPass: maskPass)
    let expected = oracle.moments(isShared: isShared)
    let reference = oracle.reference()
    #expect(found.method == .exact)
    for (layer, statistics) in moments[maskPass].layers.enumerated() {
      #expect(agree(found.mean.gradient(layer), expected.mean[layer]), "mean of layer \(layer)")
      #expect(agree(found.reference.gradient(layer), reference[layer]))
      #expect(
        abs(statistics.variance - expected.variance[layer])
          <= 1e-5 * (expected.variance[layer] + dot(expected.mean[layer], expected.mean[layer])))
      let square = dot(reference[layer], reference[layer])
      #expect(agree(statistics.mean.share, dot(expected.mean[layer], reference[layer]) / square))
      let difference = zip(expected.mean[layer], reference[layer]).map { $0 - $1 }
      #expect(
        agree(
          statistics.mean.difference, (dot(difference, difference) / square).squareRoot(), scale: 1)
      )
      #expect(agree(statistics.referenceNorm, square.squareRoot()))
      #expect(statistics.mean.error == 0 && statistics.mean.shareError == 0)
    }
  }

  @Test("The mean network's gradient is the slope of its loss") func finiteDifferences() throws {
    let network = Fixture.network([2, 3, 2], keep: [0.8], DropoutSettings(scaling: .off))
    let trainer = try network.trainer()
    let found = network.measurer.meanGradient(
      trainer.state, of: try trainer.evidence(), maskPass: .both)
    func loss(_ parameters: NetworkParameters) -> Double {
      let state = NetworkState(configuration: network.configuration, parameters: parameters)
      return network.measurer.evaluate(state, on: .training, as: .timesKeep).loss
    }
    for layer in 0..<2 {
      let gradient = found.reference.layers[layer].weights
      for unit in 0..<gradient.rows {
        for input in 0..<gradient.columns {
          var (more, less) = (network.parameters, network.parameters)
          more.layers[layer].weights[unit, input] += 0.01
          less.layers[layer].weights[unit, input] -= 0.01
          let slope = (loss(more) - loss(less)) / 0.02
          #expect(abs(slope - Double(gradient[unit, input])) < 1e-4)
        }
      }
    }
  }

  // MARK: Drawn masks

  @Test(
    "Draws of the engine agree with theory within five standard errors",
    arguments: [DropoutNoise.bernoulli, .gaussian], lawKeepProbabilities)
  func drawnBackwardMasks(noise: DropoutNoise, keep: Double) throws {
    let network = Fixture.network(
      [2, 12, 12, 2], keep: [keep, keep], examples: 10,
      DropoutSettings(maskPass: .backward, noise: noise))
    let (moments, _, _) = try Fixture.moments(network)
    let pass = moments[.backward]
    for (layer, masks) in [(0, 2), (1, 1), (2, 0)] {
      let statistics = pass.layers[layer]
      #expect(statistics.mean.method == .monteCarlo(4096))
      let expected = try #require(statistics.expectedMean.value)
      let factor = noise == .gaussian ? 1 : ElementaryFunctions.power(keep, masks)
      #expect(agree(expected.share, factor))
      #expect(
        abs(statistics.mean.share - expected.share) <= 5 * statistics.mean.shareError + 1e-6)
      // The length of the error vector is close to its expected value, since it sums many
      // parameters.
      #expect(expected.distance <= 3 * statistics.mean.error + 1e-6)
    }
  }

  @Test(
    "Draws agree with brute force within five standard errors where the exact mean is not taken")
  func drawnAgainstExact() throws {
    // Two examples with one mask each: 4096 draws of the minibatch for the squared cosine, but
    // exact means.
    let network = Fixture.network(
      [2, 4, 2], keep: [0.3], examples: 2, DropoutSettings(maskPass: .backward))
    let (moments, _, _) = try Fixture.moments(network)
    let oracle = GradientOracle(network: network)
    let masks = oracle.masks()
    let reference = oracle.reference()[0]
    var expected = 0.0
    for first in masks {
      for second in masks {
        let one = oracle.gradient(0, forward: first.forward, backward: first.backward)[0]
        let two = oracle.gradient(1, forward: second.forward, backward: second.backward)[0]
        let sum = zip(one, two).map { ($0 + $1) / 2 }
        let square = dot(sum, sum) * dot(reference, reference)
        guard square > 0 else { continue }
        let product = dot(sum, reference)
        expected += first.probability * second.probability * product * product / square
      }
    }
    let found = moments[.backward].layers[0]
    #expect(found.squaredCosineMethod == .monteCarlo(4096))
    #expect(abs(found.squaredCosine - expected) < 5 * found.squaredCosineError)
    #expect(found.squaredCosineError > 0 && expected > 0.3)
    #expect(found.expectedSquaredCosine == .none(.needsSharedMask))
  }

  @Test("One mask for good has no noise: the mean is this step's gradient") func fixed() throws {
    let network = Fixture.network([2, 6, 2], keep: [0.5], DropoutSettings(maskSharing: .fixed))
    let (moments, _, _) = try Fixture.moments(network)
    for pass in moments.passes {
      #expect(pass.whole.variance < 1e-9 * pass.whole.stepNorm * pass.whole.stepNorm)
      #expect(pass.whole.mean.method == .none && pass.whole.mean.norm == pass.whole.stepNorm)
      #expect(pass.layers[0].expectedMean == .none(.fixedMask))
    }
    #expect(agree(moments[.both].whole.stepCosine, 1))
  }

  @Test("Masks of weights are drawn; their mean network has the mean weights") func dropconnect()
    throws
  {
    let settings = DropoutSettings(scaling: .inverted, noise: .dropconnect)
    let network = Fixture.network([2, 6, 2], keep: [0.8], settings)
    let (moments, state, evidence) = try Fixture.moments(network)
    let pass = moments[.both]
    #expect(pass.whole.mean.method == .monteCarlo(4096))
    #expect(pass.whole.variance > 0 && pass.whole.mean.cosine > 0.9)
    // With inverted factors the mean network is the network itself.
    let reference = network.measurer.meanGradient(state, of: evidence, maskPass: .both).reference
    let plain = try network.plainStep()
    for layer in 0..<2 {
      #expect(agree(reference.gradient(layer), plain.gradient(layer)), "layer \(layer)")
    }
  }

  @Test("Measuring leaves the training alone") func independence() throws {
    let configuration = ExperimentConfiguration()
    let one = try configuration.trainer()
    let other = try configuration.trainer()
    let measurer = Measurer(dataset: one.dataset)
    for _ in 0..<3 {
      try other.advance()
      let evidence = try one.evidence()
      _ = measurer.gradientMoments(one.state, of: evidence)
      try one.advance()
    }
    #expect(one.parameters.bits == other.parameters.bits)
  }
}
