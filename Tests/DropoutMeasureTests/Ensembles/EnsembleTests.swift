import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("Ensembles of all subnetworks") struct EnsembleTests {
  private let double = EnsembleOptions(precision: .double)

  /// Compares every number of an ensemble with plain enumeration.
  private func expectAgreement(
    _ network: LawNetwork, state: NetworkState? = nil, options: EnsembleOptions,
    tolerance: Double, scale: Double = 1, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let ensemble = network.measurer.ensemble(state ?? network.state, example: 0, options: options)
    let oracle = try EnsembleOracle(network, state: state)
    let bound = tolerance * scale
    func check(_ found: [Double], _ expected: [Double], _ what: String) {
      let difference = largestDifference(found, expected)
      #expect(
        difference <= bound, "\(comment) \(what): \(found) \(expected)",
        sourceLocation: sourceLocation)
    }
    let outputs = oracle.target.indices
    #expect(ensemble.method == .exact, comment, sourceLocation: sourceLocation)
    #expect(ensemble.subnetworks == Double(oracle.members.count), comment)
    check(ensemble.arithmeticMean, oracle.arithmeticMean, "mean")
    if let geometric = ensemble.geometricMean {
      check(geometric, oracle.geometricMean, "geometric")
    }
    check(
      ensemble.outputVariance, outputs.map { output in oracle.variance { $0.outputs[output] } },
      "variance")
    // Sums have the size of the weights.
    let size = oracle.members.flatMap(\.sums).map { abs($0) }.max() ?? 1
    check(
      ensemble.outputSum.mean.map { $0 / max(1, size) },
      outputs.map { output in oracle.mean { $0.sums[output] } / max(1, size) }, "mean sums")
    check(
      ensemble.outputSum.variance.map { $0 / max(1, size * size) },
      outputs.map { output in oracle.variance { $0.sums[output] } / max(1, size * size) },
      "variance of sums")
    let losses = oracle.members.map(\.loss)
    let largest = max(1, losses.max() ?? 1)
    check([ensemble.loss.meanOfSubnetworks / largest], [oracle.mean(\.loss) / largest], "loss")
    check(
      [ensemble.ambiguity.meanSquaredError],
      [
        oracle.mean { member in
          zip(member.outputs, oracle.target).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
        }
      ], "squared error")
    let ambiguity = ensemble.ambiguity
    check(
      [ambiguity.squaredErrorOfMean], [ambiguity.meanSquaredError - ambiguity.meanSquaredDistance],
      "ambiguity")
    #expect(
      abs(ensemble.histogram.bins.reduce(0, +) - 1) < 1e-9, comment, sourceLocation: sourceLocation)
    let sorted = losses.sorted()
    let best = try #require(ensemble.best.first)
    let worst = try #require(ensemble.worst.first)
    check([best.loss / largest], [sorted[0] / largest], "best")
    check([worst.loss / largest], [sorted[sorted.count - 1] / largest], "worst")
    for ranked in ensemble.best + ensemble.worst {
      let member = try #require(oracle.members.first { $0.kept == ranked.kept })
      check([ranked.loss / largest], [member.loss / largest], "ranked")
      check([ranked.output], [member.outputs[ensemble.histogram.output]], "ranked output")
    }
  }

  @Test(
    "agree with plain enumeration in Double for every number of units to 12",
    arguments: 1...12, lawKeepProbabilities)
  func everySize(units: Int, keep: Double) throws {
    for classes in [2, 3, 5, 10] {
      let network = LawNetwork([3, units, classes], seed: UInt64(units)) {
        $0.keep = PerLayer(keep)
        $0.activation = PerLayer(.tanh)
      }
      try expectAgreement(
        network, options: double, tolerance: 1e-12, "\(units) units, \(classes) classes")
      try expectAgreement(
        network, options: EnsembleOptions(), tolerance: 1e-6, "\(units) units, 32 bits")
    }
  }

  @Test("agree with it for two masked layers and masked inputs", arguments: lawKeepProbabilities)
  func severalPlaces(keep: Double) throws {
    for activation in ActivationFunction.allCases {
      for (sizes, input) in [([3, 6, 5, 3], 1.0), ([4, 3, 4, 2], 0.7), ([5, 4], 0.6)] {
        let network = LawNetwork(sizes) {
          $0.keep = PerLayer(keep)
          $0.keepInput = input
          $0.activation = PerLayer(activation)
          $0.dropout.scaling = .inverted
        }
        try expectAgreement(
          network, options: double, tolerance: 1e-12, "\(sizes) \(activation)")
        try expectAgreement(
          network, options: EnsembleOptions(), tolerance: 1e-6, "\(sizes) \(activation)")
      }
    }
  }

  @Test("agree with it where the last hidden layer is not masked", arguments: lawKeepProbabilities)
  func onlyUpstream(keep: Double) throws {
    let network = LawNetwork([3, 7, 4, 3]) {
      $0.keep = PerLayer(values: [keep, 1])
      $0.activation = PerLayer(.tanh)
    }
    try expectAgreement(network, options: double, tolerance: 1e-12, "upstream")
  }

  @Test(
    "neither overflow nor lose a digit where sums are spread over a thousand",
    arguments: [100.0, 1_000, 4_000, 100_000])
  func widelySpread(scale: Double) throws {
    for classes in [2, 3, 10] {
      for units in [2, 5, 9, 12] {
        let network = LawNetwork([3, units, classes], seed: 3, weightScale: scale) {
          $0.keep = PerLayer(0.5)
          $0.activation = PerLayer(.tanh)
        }
        // Sums of this size are rounded to `size` times 1e-16 before anything is computed from
        // them.
        let bound = max(1, scale / 1_000)
        try expectAgreement(
          network, options: double, tolerance: 1e-12, scale: bound, "\(units) units, scale \(scale)"
        )
        try expectAgreement(
          network, options: EnsembleOptions(), tolerance: 1e-6, "\(units) units, 32 bits")
      }
    }
  }

  @Test("A half whose classes vanish in the other half's scale is still right") func cancelling()
    throws
  {
    // One half of the units raises class 0 by a thousand, the other half lowers it again.
    for lift in [60.0, 400, 1_000] as [Float] {
      var network = LawNetwork([1, 8, 3]) { $0.activation = PerLayer(.linear) }
      var layers = network.parameters.layers
      layers[0] = LayerParameters(
        weights: Matrix(rows: 8, columns: 1, repeating: 0),
        biases: [Float](repeating: 1, count: 8))
      for unit in 0..<8 {
        layers[1].weights[0, unit] = unit < 4 ? lift : -lift + Float(unit) * 0.125
      }
      network.configuration.keep = PerLayer(0.8)
      let state = NetworkState(
        configuration: network.configuration, parameters: NetworkParameters(layers: layers))
      try expectAgreement(
        network, state: state, options: double, tolerance: 1e-12, "lift \(lift)")
      try expectAgreement(
        network, state: state, options: EnsembleOptions(), tolerance: 1e-6, "lift \(lift)")
    }
  }

  @Test("Twenty units in one layer, and 24 in two, are within 1e-12 and 1e-6") func largest() throws
  {
    let one = LawNetwork([3, 20, 2]) {
      $0.keep = PerLayer(0.8)
      $0.activation = PerLayer(.tanh)
    }
    try expectAgreement(one, options: double, tolerance: 1e-12, "20 units")
    try expectAgreement(one, options: EnsembleOptions(), tolerance: 1e-6, "20 units")
    let two = LawNetwork([2, 10, 10, 2]) { $0.keep = PerLayer(0.5) }
    try expectAgreement(two, options: double, tolerance: 1e-12, "two layers of 10")
  }

  @Test("A unit without weights, one that is off, and p = 1 change nothing") func idleUnits() throws
  {
    var network = LawNetwork([3, 9, 2]) { $0.keep = PerLayer(0.8) }
    var layers = network.parameters.layers
    layers[1].weights[0, 4] = 0
    layers[1].weights[1, 4] = 0
    layers[0].biases[2] = -1_000
    let state = NetworkState(
      configuration: network.configuration, parameters: NetworkParameters(layers: layers))
    try expectAgreement(network, state: state, options: double, tolerance: 1e-12, "idle")
    let ensemble = network.measurer.ensemble(state, example: 0)
    #expect(ensemble.maskedUnits == 9 && ensemble.relevantUnits <= 7)
    #expect(ensemble.best[0].kept[4] && ensemble.best[0].kept[2])
    network.configuration.keep = PerLayer(1)
    let whole = network.measurer.ensemble(network.state, example: 0, options: double)
    #expect(whole.subnetworks == 1 && whole.method == .exact)
    #expect(whole.weightScalingIsExact == .oneNetwork)
    #expect(largestDifference(whole.arithmeticMean, whole.weightScaling) < 1e-15)
    #expect(largestDifference(whole.arithmeticMean, whole.testNetwork) < 1e-15)
    #expect(abs(whole.loss.gap) < 1e-15 && whole.totalVariance < 1e-30)
  }

  @Test("Killed and pinned units leave no choice, in the weight-scaling network neither")
  func interventions() throws {
    for scaling in Scaling.allCases {
      let network = LawNetwork([3, 8, 3]) {
        $0.keep = PerLayer(0.8)
        $0.activation = PerLayer(.tanh)
        $0.dropout.scaling = scaling
      }
      let state = NetworkState(
        configuration: network.configuration, parameters: network.parameters,
        interventions: [
          UnitAddress(layer: 0, unit: 1): .kill, UnitAddress(layer: 0, unit: 6): .pin,
        ])
      try expectAgreement(network, state: state, options: double, tolerance: 1e-12, "\(scaling)")
      let ensemble = network.measurer.ensemble(state, example: 0, options: double)
      #expect(ensemble.maskedUnits == 6 && ensemble.weightScalingIsExact == .feedsOutputLinearly)
      let geometric = try #require(ensemble.geometricMean)
      #expect(largestDifference(geometric, ensemble.weightScaling) < 1e-6)
    }
  }

  @Test(
    "of numbers are those of the output sums, with their own range", arguments: lawKeepProbabilities
  )
  func regression(keep: Double) throws {
    for sizes in [[3, 8, 2], [3, 5, 4, 1], [6, 2]] {
      let network = LawNetwork(sizes, classes: false) {
        $0.keep = PerLayer(keep)
        $0.keepInput = sizes.count == 2 ? keep : 1
        $0.activation = PerLayer(.tanh)
      }
      try expectAgreement(network, options: double, tolerance: 1e-12, scale: 10, "\(sizes)")
      let ensemble = network.measurer.ensemble(network.state, example: 0)
      let oracle = try EnsembleOracle(network)
      let values = oracle.members.map { $0.outputs[0] }
      #expect(ensemble.geometricMean == nil && ensemble.loss.geometricMean == nil)
      #expect(
        abs(ensemble.histogram.range.lowerBound - (values.min() ?? 0)) < 1e-12 || sizes.count == 4)
      #expect(
        abs(ensemble.histogram.range.upperBound - (values.max() ?? 0)) < 1e-12 || sizes.count == 4)
      #expect(ensemble.histogram.range.lowerBound <= (values.min() ?? 0) + 1e-12)
    }
    // Classes trained with squared error have linear outputs.
    let squared = LawNetwork([3, 6, 3]) {
      $0.keep = PerLayer(keep)
      $0.loss = .meanSquaredError
    }
    try expectAgreement(squared, options: double, tolerance: 1e-12, "squared error")
    let ensemble = squared.measurer.ensemble(squared.state, example: 0)
    #expect(ensemble.isClassification && !ensemble.hasProbabilities)
    #expect(largestDifference(ensemble.arithmeticMean, ensemble.weightScaling) < 1e-6)
  }

  @Test("The histogram counts what plain enumeration counts", arguments: lawKeepProbabilities)
  func histogram(keep: Double) throws {
    let network = LawNetwork([3, 6, 5, 3], weightScale: 2) {
      $0.keep = PerLayer(keep)
      $0.activation = PerLayer(.tanh)
    }
    let oracle = try EnsembleOracle(network)
    for output in 0..<3 {
      let ensemble = network.measurer.ensemble(
        network.state, example: 0,
        options: EnsembleOptions(output: output, bins: 40, precision: .double))
      var expected = [Double](repeating: 0, count: 40)
      for member in oracle.members {
        expected[min(39, Int(member.outputs[output] * 40))] += member.probability
      }
      #expect(ensemble.histogram.output == output && ensemble.histogram.range == 0...1)
      #expect(largestDifference(ensemble.histogram.bins, expected) < 1e-12)
    }
  }

  @Test("Every path of the kernels gives the same bits") func paths() throws {
    for scale in [1.0, 300] {
      for (sizes, classes) in [([3, 11, 2], true), ([3, 7, 5, 6], true), ([3, 6, 4, 2], false)] {
        let network = LawNetwork(sizes, classes: classes, weightScale: scale) {
          $0.keep = PerLayer(0.8)
          $0.activation = PerLayer(.tanh)
        }
        for precision in [EnsembleOptions.Precision.single, .double] {
          let all = try KernelPath.allNames.compactMap { KernelPath(named: $0) }.map { path in
            let measurer = Measurer(dataset: network.dataset, kernels: path)
            let options = EnsembleOptions(precision: precision)
            return try #require(
              measurer.ensemble(network.state, example: 0, options: options) as SubnetworkEnsemble?)
          }
          for other in all.dropFirst() { #expect(other == all[0]) }
        }
      }
    }
  }
}
