import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("Subnetworks") struct SubnetworkTests {
  @Test(
    "are what the engine computes with these masks in a step, bit for bit",
    arguments: Scaling.allCases)
  func steps(scaling: Scaling) throws {
    let network = LawNetwork([3, 4, 3, 2]) {
      $0.keep = PerLayer(values: [0.8, 0.3])
      $0.dropout.scaling = scaling
    }
    let passes = try network.subnetworks()
    let steps = try network.maskedSteps()
    #expect(passes.count == 128 && steps.count == 128)
    for (pass, step) in zip(passes, steps) {
      #expect(pass.probability == step.probability)
      for (one, other) in zip(pass.layers, step.evidence.layers) {
        #expect(one.sum == other.trainingSum.elements.map { Double($0) })
        #expect(one.preActivation == other.preActivation.elements.map { Double($0) })
      }
      #expect(pass.outputs == step.evidence.trainingOutput.elements.map { Double($0) })
    }
  }

  @Test("have probabilities that add up to 1, and a number for each choice of units")
  func probabilities() throws {
    let network = LawNetwork([2, 3, 4, 2]) {
      $0.keepInput = 0.9
      $0.keep = PerLayer(values: [0.3, 0.8])
    }
    let space = try #require(MaskSpace(network.state))
    #expect(space.count == 512 && space.units.map(\.source) == [0, 0, 1, 1, 1, 2, 2, 2, 2])
    let total = (0..<512).map { space.probability(of: $0) }.reduce(0, +)
    #expect(abs(total - 1) < 1e-12)
    #expect(Set((0..<512).map { space.masks(of: $0) }).count == 512)
    #expect(space.masks(of: 0b1_0010_0110) == [[0, 1], [1, 0, 0], [1, 0, 0, 1]])
  }

  @Test(
    "leave no choice where units are killed or pinned, where p = 1 and where one mask is fixed"
  )
  func decided() throws {
    var network = LawNetwork([2, 3, 2, 2]) { $0.keep = PerLayer(values: [0.5, 1]) }
    let state = NetworkState(
      configuration: network.configuration, parameters: network.parameters,
      interventions: [
        UnitAddress(layer: 0, unit: 0): .kill, UnitAddress(layer: 0, unit: 2): .pin,
        UnitAddress(layer: 1, unit: 1): .kill,
      ])
    let space = try #require(MaskSpace(state))
    #expect(space.count == 2 && space.units.map(\.unit) == [1])
    #expect(space.masks(of: 0) == [[], [0, 0, 1], [1, 0]])
    network.configuration.dropout.maskSharing = .fixed
    let fixed = try #require(MaskSpace(network.state))
    let mask = try network.trainer().evidence().layers[0].mask.forwardMask.elements
    #expect(fixed.count == 1 && fixed.masks(of: 0) == [[], mask, []])
    network.configuration.dropout = DropoutSettings(maskPass: .backward)
    #expect(MaskSpace(network.state)?.count == 1)
    for variant in [Variant.gaussian, .dropconnect] {
      network.configuration.dropout = variant.settings
      #expect(MaskSpace(network.state) == nil)
    }
  }

  @Test("come in as many batches as they need, in order") func batches() throws {
    let network = LawNetwork([3, 8, 2]) { $0.keep = PerLayer(0.8) }
    let space = try #require(MaskSpace(network.state))
    let atOnce = network.measurer.subnetworks(
      network.state, example: 0, masks: (0..<256).map { space.masks(of: $0) })
    var rows: [Float] = []
    var next = 0
    network.measurer.forEachSubnetwork(network.state, example: 0, of: space) { numbers, pass in
      #expect(numbers.lowerBound == next && pass.outputs.rows == numbers.count)
      next = numbers.upperBound
      rows += pass.outputs.elements
    }
    #expect(next == 256 && rows == atOnce.outputs.elements)
  }
}
