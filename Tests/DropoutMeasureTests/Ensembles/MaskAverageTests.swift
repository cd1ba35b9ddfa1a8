import DropoutEngine
import DropoutMeasure
import Foundation
import Oracles
import Testing

@Suite("Averages over masks and over networks") struct MaskAverageTests {
  @Test(
    "The mean of k subnetworks misses the mean of all by V/k on average, over every k masks",
    arguments: lawKeepProbabilities)
  func monteCarlo(keep: Double) throws {
    let network = LawNetwork([3, 4, 3]) { $0.keep = PerLayer(keep) }
    let all = try network.subnetworks()
    let outputs = all[0].outputs.indices
    let mean = outputs.map { output in all.mean { $0.outputs[output] } }
    let variance = outputs.map { output in all.variance { $0.outputs[output] } }.reduce(0, +)
    var expected = 0.0
    for one in all {
      for other in all {
        let misses = outputs.map { (one.outputs[$0] + other.outputs[$0]) / 2 - mean[$0] }
        expected += one.probability * other.probability * dot(misses, misses)
      }
    }
    #expect(agree(expected, variance / 2))
  }

  @Test(
    "The error of the mean is the mean error less the ambiguity", arguments: lawKeepProbabilities)
  func ambiguity(keep: Double) throws {
    let network = LawNetwork([3, 6, 1], classes: false) { $0.keep = PerLayer(keep) }
    let all = try network.subnetworks()
    let target = network.targets()[0]
    let mean = all.mean { $0.outputs[0] }
    let error = all.mean { ($0.outputs[0] - target) * ($0.outputs[0] - target) }
    let spread = all.mean { ($0.outputs[0] - mean) * ($0.outputs[0] - mean) }
    #expect(agree((mean - target) * (mean - target), error - spread, scale: error))
  }

  @Test("In random ReLU networks the ratio grows over depth, by less than the product of 1/p")
  func depth() {
    var ratios: [[Double]] = [[], [], []]
    let networks = 30
    for seed in 1...networks {
      let network = LawNetwork(
        [64, 64, 64, 64], seed: UInt64(seed), hasBiases: false, weightScale: 2.0.squareRoot()
      ) { configuration in
        configuration.keepInput = 0.5
        configuration.keep = PerLayer(0.5)
      }
      for (layer, value) in network.measurer.divergence(network.state).enumerated() {
        ratios[layer].append(value.ratio)
      }
    }
    let means = ratios.map { $0.reduce(0, +) / Double(networks) }
    // The masked first layer is exact. For the others the figures are 3.6 with a spread of 0.2 and
    // 5.8 with a spread of 0.7, both rounded. The bounds are four standard errors of 30 networks,
    // plus the rounding.
    #expect(agree(ratios[0], [Double](repeating: 2, count: networks)))
    #expect(abs(means[1] - 3.6) <= 4 * 0.2 / Double(networks).squareRoot() + 0.05, "\(means[1])")
    #expect(abs(means[2] - 5.8) <= 4 * 0.7 / Double(networks).squareRoot() + 0.05, "\(means[2])")
    #expect(means[1] < 4 && means[2] < 8)
  }

  @Test(
    "Taken for normal, a masked sum gives the mean of a ReLU more exactly the more it has terms")
  func fastDropout() throws {
    var errors: [Double] = []
    for units in [2, 4, 8] {
      var total = 0.0
      var count = 0
      for seed in 1...20 {
        let network = LawNetwork([4, units, 20, 2], seed: UInt64(seed), hasBiases: false) {
          $0.keep = PerLayer(values: [0.5, 1])
          $0.activation = PerLayer(values: [.linear, .relu])
        }
        let all = try network.subnetworks()
        for unit in 0..<20 {
          let mean = all.mean { $0.layers[1].preActivation[unit] }
          let deviation = all.variance { $0.layers[1].preActivation[unit] }.squareRoot()
          let exact = all.mean { $0.layers[1].activation[unit] }
          let share = mean / deviation
          let density = exp(-share * share / 2) / (2 * Double.pi).squareRoot()
          let below = erfc(-share / 2.0.squareRoot()) / 2
          total += abs(mean * below + deviation * density - exact) / deviation
          count += 1
        }
      }
      errors.append(total / Double(count))
    }
    #expect(errors[0] > errors[1] && errors[1] > errors[2], "\(errors)")
    #expect(errors[0] < 0.1 && errors[2] < 0.05, "\(errors)")
  }
}
