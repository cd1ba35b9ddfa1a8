import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("Sums over depth") struct ScalingDepthTests {
  @Test("Over depth each scaling is what the network would have if that scaling were in force")
  func depth() throws {
    let measurement = try UnitSumsMeasurement(
      LawNetwork([3, 5, 4, 2], examples: 4) { $0.keep = PerLayer(values: [0.8, 0.3]) }, steps: 10)
    let depth = measurement.measurer.depth(measurement.trainer.state)
    #expect(depth.map(\.scaling) == Scaling.allCases)
    for scaled in depth {
      var configuration = measurement.trainer.configuration
      configuration.dropout.scaling = scaled.scaling
      let state = NetworkState(
        configuration: configuration, parameters: measurement.trainer.parameters,
        step: measurement.trainer.step)
      for (layer, direct) in measurement.measurer.divergence(state).enumerated() {
        var measured = scaled.layers[layer]
        measured.conventionRatio = direct.conventionRatio
        #expect(measured == direct)
      }
    }
    let off = depth[0].compounded
    #expect(off[0] == 1 && abs(off[1] - 1 / 0.8) < 1e-12 && abs(off[2] - 1 / (0.8 * 0.3)) < 1e-12)
    let inverseDrop = depth.first { $0.scaling == .inverseDrop }?.compounded ?? []
    #expect(abs(inverseDrop[2] - 0.25 * (0.7 / 0.3)) < 1e-12)
    let swapped = depth.first { $0.scaling == .swapped }?.compounded ?? []
    #expect(abs(swapped[2] - 0.25 * (0.7 / 0.3)) < 1e-12)
  }

  @Test("Without bends and biases the ratio over depth is the compounded one, under each scaling")
  func compounding() throws {
    let network = LawNetwork([3, 5, 4, 2], hasBiases: false) {
      $0.keep = PerLayer(values: [0.8, 0.3])
      $0.keepInput = 0.9
      $0.activation = PerLayer(.linear)
    }
    let measurement = try UnitSumsMeasurement(network)
    for scaled in measurement.measurer.depth(measurement.trainer.state) {
      for (layer, expected) in scaled.compounded.enumerated() {
        #expect(abs(scaled.layers[layer].ratio / expected - 1) < 1e-5)
      }
    }
  }
}
