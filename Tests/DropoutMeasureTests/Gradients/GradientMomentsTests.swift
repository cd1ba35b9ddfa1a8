import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("The gradient over masks") struct GradientMomentsTests {
  /// A small network with masks on the values that feed the layer after its hidden layer, and
  /// perhaps on its inputs.
  private func network(
    _ sizes: [Int], keep: [Double], classes: Bool = true, examples: Int = 3,
    _ dropout: DropoutSettings, activation: ActivationFunction = .tanh, input: Double = 1
  ) -> LawNetwork {
    LawNetwork(sizes, classes: classes, examples: examples) {
      $0.keep = PerLayer(values: keep)
      $0.keepInput = input
      $0.activation = PerLayer(activation)
      $0.dropout = dropout
    }
  }

  private func moments(
    _ network: LawNetwork, changes: [ExperimentChange] = []
  ) throws -> (GradientMoments, NetworkState, StepEvidence) {
    let trainer = try network.trainer()
    for change in changes { try trainer.apply(change) }
    let evidence = try trainer.evidence()
    return (
      network.measurer.gradientMoments(trainer.state, of: evidence), trainer.state, evidence
    )
  }

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
      let network = network(
        [2, 3, 2, 2], keep: [keep, 1],
        DropoutSettings(
          scaling: scaling, maskPass: maskPass, maskSharing: sharing), input: 0.7)
      try check(network, isShared: sharing == .batch)
    }
  }

  @Test("Two masked layers, one example, killed and pinned units: brute force agrees")
  func interventions() throws {
    for maskPass in MaskPass.allCases {
      let network = network(
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
    let network = network(
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
    let (moments, state, evidence) = try moments(
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
    let network = network([2, 3, 2], keep: [0.8], DropoutSettings(scaling: .off))
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
    let network = network(
      [2, 12, 12, 2], keep: [keep, keep], examples: 10,
      DropoutSettings(maskPass: .backward, noise: noise))
    let (moments, _, _) = try moments(network)
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
    let network = network(
      [2, 4, 2], keep: [0.3], examples: 2, DropoutSettings(maskPass: .backward))
    let (moments, _, _) = try moments(network)
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

  // MARK: What theory says

  @Test(
    "Backward only: E G = p^k R and E cos^2 = p just below the mask",
    arguments: lawKeepProbabilities)
  func backwardOnly(keep: Double) throws {
    for scaling in [Scaling.off, .inverted] {
      let network = network(
        [3, 4, 3, 2], keep: [1, keep],
        DropoutSettings(
          scaling: scaling, maskPass: .backward, maskSharing: .batch))
      let pass = try moments(network).0[.backward]
      for (layer, statistics) in pass.layers.enumerated() {
        let expected = try #require(statistics.expectedMean.value)
        #expect(statistics.mean.method == .exact && expected.distance < 1e-5)
        #expect(agree(expected.share, layer < 2 && scaling == .off ? keep : 1))
      }
      #expect(pass.layers[1].expectedSquaredCosine == .value(keep))
      #expect(agree(pass.layers[1].squaredCosine, keep))
      #expect(pass.layers[0].expectedSquaredCosine == .none(.needsOneMaskAbove))
      #expect(pass.layers[2].expectedSquaredCosine == .value(1))
      #expect(agree(pass.layers[2].squaredCosine, 1))
      #expect(pass.whole.expectedMean.value.map { $0.distance < 1e-5 } == true)
    }
  }

  @Test(
    "Squared loss, one mask below the output: below it a penalty needs one mask in both passes",
    arguments: lawKeepProbabilities, [Scaling.off, .inverted])
  func regulariser(keep: Double, scaling: Scaling) throws {
    for activation in [ActivationFunction.tanh, .relu, .sigmoid, .linear] {
      for maskPass in MaskPass.allCases where maskPass != .backward {
        let network = network(
          [3, 3, 4, 2], keep: [1, keep], classes: false,
          DropoutSettings(scaling: scaling, maskPass: maskPass), activation: activation)
        let pass = try moments(network).0[maskPass]
        for (layer, statistics) in pass.layers.enumerated() {
          let expected = try #require(statistics.expectedMean.value)
          #expect(expected.distance < 1e-5, "\(maskPass) layer \(layer) \(activation)")
          #expect(abs(statistics.mean.difference - expected.difference) < 1e-5)
          if layer == 2 || maskPass == .both {
            #expect(expected.difference > 1e-3)
          } else if maskPass == .independent || scaling == .inverted {
            #expect(expected.difference < 1e-6)
          } else {
            #expect(agree(expected.difference, 1 / keep - 1))
          }
        }
        #expect(pass.whole.expectedMean.value.map { $0.distance < 1e-5 } == true)
      }
    }
  }

  @Test("No hidden layer: masked inputs of a linear regression have the penalty on their weights")
  func linearRegression() throws {
    let network = network([4, 2], keep: [1], classes: false, DropoutSettings(), input: 0.3)
    let pass = try moments(network).0[.both]
    let expected = try #require(pass.layers[0].expectedMean.value)
    #expect(pass.layers[0].mean.method == .exact && expected.distance < 1e-5)
    #expect(expected.difference > 1e-3)
  }

  @Test(
    "Update times 1/p moves the weights 1/p as far and the biases as far as before",
    arguments: lawKeepProbabilities, Optimizer.allCases)
  func scaledUpdate(keep: Double, optimizer: Optimizer) throws {
    var network = network([3, 4, 2], keep: [keep], DropoutSettings(updateScale: .inverseKeep))
    network.configuration.optimizer.kind = optimizer
    network.configuration.l2 = PerLayer(0.1)
    let trainer = try network.trainer()
    try trainer.advance(steps: 3)
    let evidence = try trainer.evidence()
    let moments = network.measurer.gradientMoments(trainer.state, of: evidence)
    for pass in moments.passes {
      let one = try #require(pass.updates[.one])
      let scaled = try #require(pass.updates[.inverseKeep])
      #expect(pass.updateFactors[.inverseKeep] == [1, 1 / keep])
      for layer in 0..<2 {
        let factor = layer == 1 ? 1 / keep : 1
        #expect(agree(scaled[layer].weights / one[layer].weights, factor, tolerance: 1e-4))
        #expect(scaled[layer].biases == one[layer].biases)
      }
    }
    // The experiment's own update is that of the evidence.
    let own = try #require(moments[.both].updates[.inverseKeep])
    for (layer, values) in evidence.layers.enumerated() {
      let moved = zip(values.weightsAfter.elements, values.weights.elements).map {
        Double($0) - Double($1)
      }
      #expect(agree(own[layer].weights, dot(moved, moved).squareRoot()))
    }
  }

  // MARK: What has no theory

  @Test("Outside its conditions a relation gives a reason and no value") func gaps() throws {
    func gap(_ network: LawNetwork, _ maskPass: MaskPass, changes: [ExperimentChange] = []) throws
      -> TheoryValue<ExpectedGradient>
    { try moments(network, changes: changes).0[maskPass].layers[0].expectedMean }
    let plain = network([2, 3, 3, 2], keep: [0.8, 0.8], DropoutSettings())
    #expect(try gap(plain, .both) == .none(.needsSquaredLoss))
    let squared = network([2, 3, 3, 2], keep: [0.8, 0.8], classes: false, DropoutSettings())
    #expect(try gap(squared, .independent) == .none(.needsOneMaskBelowOutput))
    let kill = ExperimentChange.unit(UnitAddress(layer: 0, unit: 1), .kill)
    #expect(try gap(plain, .backward, changes: [kill]) == .none(.interventions))
    let none = network([2, 3, 2], keep: [1], DropoutSettings())
    #expect(try gap(none, .backward) == .none(.nothingMasked))
    let connect = network([2, 3, 2], keep: [0.8], DropoutSettings(noise: .dropconnect))
    #expect(try gap(connect, .backward) == .none(.weightMasks))
  }

  @Test("One mask for good has no noise: the mean is this step's gradient") func fixed() throws {
    let network = network([2, 6, 2], keep: [0.5], DropoutSettings(maskSharing: .fixed))
    let (moments, _, _) = try moments(network)
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
    let network = network([2, 6, 2], keep: [0.8], settings)
    let (moments, state, evidence) = try moments(network)
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
