import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("Theory of the gradient over masks") struct GradientTheoryTests {
  private typealias Fixture = GradientMomentsFixture

  @Test(
    "Backward only: E G = p^k R and E cos^2 = p just below the mask",
    arguments: lawKeepProbabilities)
  func backwardOnly(keep: Double) throws {
    for scaling in [Scaling.off, .inverted] {
      let network = Fixture.network(
        [3, 4, 3, 2], keep: [1, keep],
        DropoutSettings(
          scaling: scaling, maskPass: .backward, maskSharing: .batch))
      let pass = try Fixture.moments(network).0[.backward]
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
        let network = Fixture.network(
          [3, 3, 4, 2], keep: [1, keep], classes: false,
          DropoutSettings(scaling: scaling, maskPass: maskPass), activation: activation)
        let pass = try Fixture.moments(network).0[maskPass]
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
    let network = Fixture.network([4, 2], keep: [1], classes: false, DropoutSettings(), input: 0.3)
    let pass = try Fixture.moments(network).0[.both]
    let expected = try #require(pass.layers[0].expectedMean.value)
    #expect(pass.layers[0].mean.method == .exact && expected.distance < 1e-5)
    #expect(expected.difference > 1e-3)
  }

  @Test(
    "Update times 1/p moves the weights 1/p as far and the biases as far as before",
    arguments: lawKeepProbabilities, Optimizer.allCases)
  func scaledUpdate(keep: Double, optimizer: Optimizer) throws {
    var network = Fixture.network(
      [3, 4, 2], keep: [keep], DropoutSettings(updateScale: .inverseKeep))
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
    { try Fixture.moments(network, changes: changes).0[maskPass].layers[0].expectedMean }
    let plain = Fixture.network([2, 3, 3, 2], keep: [0.8, 0.8], DropoutSettings())
    #expect(try gap(plain, .both) == .none(.needsSquaredLoss))
    let squared = Fixture.network(
      [2, 3, 3, 2], keep: [0.8, 0.8], classes: false, DropoutSettings())
    #expect(try gap(squared, .independent) == .none(.needsOneMaskBelowOutput))
    let kill = ExperimentChange.unit(UnitAddress(layer: 0, unit: 1), .kill)
    #expect(try gap(plain, .backward, changes: [kill]) == .none(.interventions))
    let none = Fixture.network([2, 3, 2], keep: [1], DropoutSettings())
    #expect(try gap(none, .backward) == .none(.nothingMasked))
    let connect = Fixture.network([2, 3, 2], keep: [0.8], DropoutSettings(noise: .dropconnect))
    #expect(try gap(connect, .backward) == .none(.weightMasks))
  }
}
