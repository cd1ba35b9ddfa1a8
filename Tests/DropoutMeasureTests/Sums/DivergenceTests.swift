import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("Divergence and ratio") struct DivergenceTests {
  /// The measured layers of a network after some steps.
  private func measured(
    _ change: (inout ExperimentConfiguration) -> Void
  ) throws -> [LayerDivergence] {
    var configuration = ExperimentConfiguration()
    change(&configuration)
    let trainer = try configuration.trainer()
    try trainer.advance(steps: 100)
    return Measurer(dataset: trainer.dataset).divergence(trainer.state)
  }

  @Test(
    "At the first masked layer they are what the closed form says", arguments: [0.3, 0.5, 0.8],
    Scaling.allCases)
  func firstMaskedLayer(keep: Double, scaling: Scaling) throws {
    let layers = try measured {
      $0.keep = PerLayer(keep)
      $0.dropout.scaling = scaling
      $0.learningRate = PerLayer(0.02)
    }
    let (ratio, divergence): (Double, Double) =
      switch scaling {
      case .off: (1 / keep, 1 - keep)
      case .classic, .inverted: (1, 0)
      case .double: (keep, (1 - keep) / keep)
      case .swapped, .inverseDrop: ((1 - keep) / keep, abs(2 * keep - 1) / (1 - keep))
      }
    #expect(layers[0].method == .none && layers[0].expected == 0 && layers[0].drawn == 0)
    #expect(layers[1].method == .theory)
    #expect(abs(layers[1].ratio / ratio - 1) < 1e-5)
    #expect(abs(layers[1].expected - divergence) < 1e-5)
    #expect(layers[1].unitRatio.allSatisfy { $0.isNaN || abs($0 / ratio - 1) < 1e-4 })
    // The drawn value exceeds the truth by about its noise, and not by much more.
    #expect(abs(layers[1].drawn - divergence) < 4 * layers[1].drawnFloor)
  }

  @Test("Without biases and nonlinearity the ratio is the product of 1/p over the depth")
  func depth() throws {
    let layers = try measured {
      $0.hidden = [4, 5, 3]
      $0.activation = PerLayer(.linear)
      $0.keep = PerLayer(values: [0.5, 0.8, 0.4])
      $0.keepInput = 0.9
      $0.learningRate = PerLayer(0)
    }
    var product = 1 / 0.9
    #expect(abs(layers[0].ratio / product - 1) < 1e-5)
    for (layer, keep) in [0.5, 0.8, 0.4].enumerated() {
      product /= keep
      #expect(abs(layers[layer + 1].ratio / product - 1) < 1e-5)
    }
    #expect(layers.map(\.method.name) == ["theory", "exact", "exact", "exact"])
  }

  @Test("The exact mean is the mean over all masks, enumerated in Double") func enumeration() throws
  {
    var configuration = ExperimentConfiguration()
    configuration.hidden = [3, 4]
    configuration.keep = PerLayer(values: [0.8, 0.3])
    configuration.dropout.scaling = .inverted
    configuration.activation = PerLayer(.tanh)
    let trainer = try configuration.trainer()
    try trainer.advance(steps: 80)
    let example = trainer.dataset.testExamples[0]
    let sums = Measurer(dataset: trainer.dataset).sums(trainer.state, example: example)
    let layers = trainer.parameters.layers
    func sum(_ layer: LayerParameters, _ received: [Double]) -> [Double] {
      (0..<layer.weights.rows).map { unit in
        received.indices.map { received[$0] * Double(layer.weights[unit, $0]) }.reduce(0, +)
      }
    }
    func activated(_ layer: LayerParameters, _ sums: [Double]) -> [Double] {
      zip(sums, layer.biases).map { tangent($0 + Double($1)) }
    }
    let first = activated(
      layers[0], sum(layers[0], trainer.dataset.inputs(of: example).map { Double($0) }))
    var mean = [Double](repeating: 0, count: 2)
    for mask in 0..<(1 << 7) {
      var probability = 1.0
      var multipliers: [Double] = []
      for bit in 0..<7 {
        let keep = bit < 3 ? 0.8 : 0.3
        let isKept = mask >> bit & 1 == 1
        probability *= isKept ? keep : 1 - keep
        multipliers.append(isKept ? 1 / keep : 0)
      }
      let second = activated(layers[1], sum(layers[1], zip(first, multipliers).map { $0 * $1 }))
      let last = sum(layers[2], zip(second, multipliers[3...]).map { $0 * $1 })
      for unit in 0..<2 { mean[unit] += probability * last[unit] }
    }
    #expect(sums[2].method == .exact)
    for unit in 0..<2 { #expect(abs(sums[2].meanTraining[unit] - mean[unit]) < 1e-5) }
  }

  private func tangent(_ x: Double) -> Double {
    let e = ElementaryFunctions.exponential(2 * x)
    return (e - 1) / (e + 1)
  }

  @Test("Beyond twelve masked units upstream the mean is sampled, and says so") func sampled()
    throws
  {
    let layers = try measured { $0.hidden = [13, 5] }
    #expect(layers.map(\.method.name) == ["none", "theory", "mc 256"])
    #expect(abs(layers[2].expected - layers[2].drawn) < 0.1)
  }

  @Test("A layer whose inputs are all dead has no ratio") func dead() throws {
    let layers = try measured { $0.initialization = .zeros }
    #expect(layers[1].ratio.isNaN && layers[1].expected.isNaN)
  }

  @Test("In the backward pass alone nothing is masked forward") func backwardOnly() throws {
    let layers = try measured { $0.dropout.maskPass = .backward }
    #expect(layers.allSatisfy { $0.method == .none && $0.expected == 0 && $0.drawn == 0 })
  }

  @Test("Masks that the engine draws at another p part from the theory") func wrongKeep() throws {
    var configuration = ExperimentConfiguration()
    let trainer = try configuration.trainer()
    try trainer.advance(steps: 100)
    let measurer = Measurer(dataset: trainer.dataset)
    let right = measurer.divergence(trainer.state)[1]
    configuration.keep = PerLayer(0.6)
    let wrong = measurer.divergence(
      NetworkState(configuration: configuration, parameters: trainer.parameters, step: 100))[1]
    #expect(abs(right.drawn - right.expected) < 0.02)
    #expect(abs(wrong.drawn - right.expected) > 0.05)
  }

  @Test("Killed and pinned units, fixed masks, noise and masked weights have means of their own")
  func means() throws {
    for (noise, sharing) in [
      (DropoutNoise.bernoulli, MaskSharing.example), (.bernoulli, .fixed), (.gaussian, .example),
      (.gaussian, .fixed), (.dropconnect, .example), (.dropconnect, .fixed),
    ] {
      var configuration = ExperimentConfiguration()
      configuration.dropout = DropoutSettings(
        scaling: noise == .gaussian ? .inverted : .off, maskSharing: sharing, noise: noise)
      let trainer = try configuration.trainer()
      try trainer.advance(steps: 50)
      try trainer.apply(.unit(UnitAddress(layer: 0, unit: 0), .kill))
      try trainer.apply(.unit(UnitAddress(layer: 0, unit: 1), .pin))
      let layer = Measurer(dataset: trainer.dataset).divergence(trainer.state)[1]
      #expect(layer.method == .theory, "\(noise) \(sharing)")
      let tolerance = max(4 * layer.drawnFloor, 1e-5)
      #expect(abs(layer.drawn - layer.expected) < tolerance, "\(noise) \(sharing)")
    }
  }
}
