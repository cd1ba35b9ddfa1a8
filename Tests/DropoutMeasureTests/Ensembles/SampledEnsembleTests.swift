import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("Ensembles of drawn masks") struct SampledEnsembleTests {
  private func network(_ change: (inout ExperimentConfiguration) -> Void = { _ in }) -> LawNetwork {
    LawNetwork([3, 6, 5, 3], seed: 4) {
      $0.keep = PerLayer(0.7)
      $0.activation = PerLayer(.tanh)
      change(&$0)
    }
  }

  @Test("come near the exact one as their standard errors say, whoever shares a mask in training")
  func standardErrors() throws {
    for sharing in [MaskSharing.example, .batch] {
      let network = network { $0.dropout.maskSharing = sharing }
      let exact = network.measurer.ensemble(
        network.state, example: 0, options: EnsembleOptions(precision: .double))
      let drawn = network.measurer.ensemble(
        network.state, example: 0,
        options: EnsembleOptions(exactUnitLimit: 0, samples: 20_000, precision: .double))
      #expect(exact.method == .exact && exact.standardError == nil)
      #expect(drawn.method == .monteCarlo(samples: 20_000) && drawn.subnetworks == 2_048)
      let errors = try #require(drawn.standardError)
      for output in 0..<3 {
        // Four standard deviations, at fixed seeds.
        #expect(
          abs(drawn.arithmeticMean[output] - exact.arithmeticMean[output]) < 4 * errors[output])
        let expected = (exact.outputVariance[output] / 20_000).squareRoot()
        #expect(abs(errors[output] / expected - 1) < 0.05)
        #expect(
          abs(drawn.outputSum.mean[output] - exact.outputSum.mean[output])
            < 4 * (exact.outputSum.variance[output] / 20_000).squareRoot())
      }
      let lossError = try #require(drawn.loss.meanStandardError)
      #expect(lossError > 0)
      #expect(
        abs(drawn.loss.meanOfSubnetworks - exact.loss.meanOfSubnetworks) < 4 * lossError)
      #expect(abs(drawn.histogram.bins.reduce(0, +) - 1) < 1e-9)
      #expect(drawn.best[0].loss >= exact.best[0].loss - 1e-12)
      #expect(drawn.weightScaling == exact.weightScaling && drawn.testNetwork == exact.testNetwork)
    }
  }

  @Test("are the engine's: the mean of training outputs under the same multipliers")
  func gaussian() throws {
    let network = network { $0.dropout = Variant.gaussian.settings }
    let ensemble = network.measurer.ensemble(
      network.state, example: 0, options: EnsembleOptions(samples: 20_000, precision: .double))
    #expect(ensemble.method == .monteCarlo(samples: 20_000) && ensemble.subnetworks == 20_000)
    #expect(ensemble.maskedUnits == 0 && ensemble.best[0].kept.isEmpty)
    // A step over many copies of the example draws as many multipliers.
    let evidence = try network.repeatingFirstExample(20_000).trainer().evidence()
    let errors = try #require(ensemble.standardError)
    for output in 0..<3 {
      let mean = (0..<20_000).reduce(0.0) {
        $0 + Double(evidence.trainingOutput[$1, output]) / 20_000
      }
      #expect(abs(mean - ensemble.arithmeticMean[output]) < 4 * 2.0.squareRoot() * errors[output])
    }
  }

  @Test("of masked weights agree with the enumeration of all weight masks") func dropConnect()
    throws
  {
    let keep = 0.8
    let network = LawNetwork([3, 2, 2], seed: 2) {
      $0.keep = PerLayer(keep)
      $0.dropout = Variant.dropconnect.settings
      $0.activation = PerLayer(.tanh)
    }
    let ensemble = network.measurer.ensemble(
      network.state, example: 0, options: EnsembleOptions(samples: 40_000, precision: .double))
    let hidden = network.measurer.sums(network.state, example: 0)[0].test
    let activations = (0..<2).map { unit in
      let z = Double(hidden[unit]) + network.bias(0, unit)
      return 1 - 2 / (ElementaryFunctions.exponential(2 * z) + 1)
    }
    var mean = [0.0, 0.0]
    for mask in 0..<16 {
      var probability = 1.0
      var sums = [network.bias(1, 0), network.bias(1, 1)]
      for weight in 0..<4 {
        let isKept = mask >> weight & 1 == 1
        probability *= isKept ? keep : 1 - keep
        if isKept {
          sums[weight / 2] += network.weights(1, weight / 2)[weight % 2] * activations[weight % 2]
        }
      }
      let total = logSumExp(sums)
      for output in 0..<2 {
        mean[output] += probability * ElementaryFunctions.exponential(sums[output] - total)
      }
    }
    let errors = try #require(ensemble.standardError)
    for output in 0..<2 {
      #expect(abs(ensemble.arithmeticMean[output] - mean[output]) < 4 * errors[output])
    }
    #expect(ensemble.weightScalingIsExact == .feedsOutputLinearly)
  }

  @Test("Where nothing is left to chance there is one network, whatever the noise")
  func oneNetwork() throws {
    let settings: [DropoutSettings] = [
      DropoutSettings(maskSharing: .fixed), DropoutSettings(maskPass: .backward),
      DropoutSettings(scaling: .inverted, maskSharing: .fixed, noise: .gaussian),
      DropoutSettings(scaling: .classic, maskSharing: .fixed, noise: .dropconnect),
    ]
    for dropout in settings {
      let network = network { $0.dropout = dropout }
      let ensemble = network.measurer.ensemble(network.state, example: 0)
      #expect(ensemble.method == .exact && ensemble.subnetworks == 1, "\(dropout)")
      #expect(ensemble.weightScalingIsExact == .oneNetwork)
      #expect(ensemble.totalVariance < 1e-12 && abs(ensemble.loss.gap) < 1e-6)
      #expect(largestDifference(ensemble.arithmeticMean, ensemble.weightScaling) < 1e-6)
      // A training step passes through this network.
      let output = try network.trainer().evidence().trainingOutput.row(0).map { Double($0) }
      #expect(largestDifference(ensemble.arithmeticMean, output) < 1e-6, "\(dropout)")
    }
  }

  @Test("An ensemble can be ended, and tells how far it is") func cancelling() throws {
    let network = LawNetwork([3, 8, 5, 3]) { $0.activation = PerLayer(.tanh) }
    var shares: [Double] = []
    let ended = network.measurer.ensemble(network.state, example: 0) { share in
      shares.append(share)
      return shares.count < 2
    }
    #expect(ended == nil && shares.count == 2)
    shares = []
    let done = network.measurer.ensemble(network.state, example: 0) { share in
      shares.append(share)
      return true
    }
    #expect(done == network.measurer.ensemble(network.state, example: 0))
    #expect(shares == shares.sorted() && shares.allSatisfy { (0...1).contains($0) })
  }
}
