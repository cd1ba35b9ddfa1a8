import DropoutEngine
import DropoutMeasure
import Foundation
import Oracles
import Testing

@Suite("Kernels of ensembles") struct EnsembleKernelTests {
  @Test("Exponential and logarithm are within two units in the last place of the system's")
  func elementary() throws {
    var random = RandomStream(seed: 5, purpose: .builtInData)
    let arguments = (0..<20_000).map { _ in (random.nextUniform() - 0.5) * 1400 }
    let positive =
      arguments.map { exp($0) } + (0..<2_000).map { _ in 1 + random.nextUniform() * 0.01 }
    for path in KernelPath.allNames.compactMap({ KernelPath(named: $0) }) {
      for (x, found) in zip(arguments, path.exponentials(of: arguments)) {
        #expect(abs(found - exp(x)) <= 2 * exp(x).ulp, "exp \(x)")
      }
      for (x, found) in zip(positive, path.logarithms(of: positive)) {
        #expect(abs(found - log(x)) <= 2 * log(x).ulp, "log \(x)")
      }
      let special = path.exponentials(of: [-.infinity, -709, 0, 710, .infinity, .nan])
      #expect(special.prefix(5) == [0, 0, 1, .infinity, .infinity] && special[5].isNaN)
      #expect(path.logarithms(of: [1, .nan])[0] == 0)
      #expect(path.logarithms(of: [1, .nan])[1].isNaN)
    }
  }

  @Test("24 units in one layer, their sums spread over a thousand, are within 1e-12 and 1e-6")
  func largest() throws {
    var random = RandomStream(seed: 6, purpose: .initialWeights)
    var configuration = ExperimentConfiguration()
    configuration.hidden = [24]
    configuration.activation = PerLayer(.linear)
    configuration.keep = PerLayer(0.8)
    let dataset = Dataset(
      name: "one", inputNames: ["x"], values: .numbers([1]), targets: .classes([0]),
      classNames: ["a", "b"], outputNames: ["a", "b"], image: nil, trainingExamples: [0],
      testExamples: [], normalization: .none)
    let weights = (0..<48).map { _ in Float(50 * random.nextNormal()) }
    let state = NetworkState(
      configuration: configuration,
      parameters: NetworkParameters(layers: [
        LayerParameters(
          weights: Matrix(rows: 24, columns: 1, repeating: 1),
          biases: [Float](repeating: 0, count: 24)),
        LayerParameters(weights: Matrix(rows: 2, columns: 24, elements: weights), biases: [3, -2]),
      ]))
    // With two classes only the difference of the sums matters.
    let slopes = (0..<24).map { Double(weights[24 + $0]) - Double(weights[$0]) }
    #expect(slopes.map { abs($0) }.reduce(0, +) > 1_000)
    let byCount = (0...24).map {
      ElementaryFunctions.power(0.8, $0) * ElementaryFunctions.power(1 - 0.8, 24 - $0)
    }
    var partial = [Double](repeating: 0, count: 4_096)
    for mask in 0..<1 << 24 {
      var slope = -5.0
      for unit in 0..<24 where mask >> unit & 1 == 1 { slope += slopes[unit] }
      partial[mask >> 12] +=
        byCount[mask.nonzeroBitCount] / (1 + ElementaryFunctions.exponential(slope))
    }
    let expected = partial.reduce(0, +)
    let measurer = Measurer(dataset: dataset)
    for (precision, tolerance) in [
      (EnsembleOptions.Precision.double, 1e-12), (.single, 1e-6),
    ] {
      let options = EnsembleOptions(precision: precision)
      let found = measurer.subnetworkMean(state, inputs: [1], options: options)
      #expect(found.method == .exact && abs(found.mean[0] - expected) <= tolerance)
      #expect(abs(found.mean[0] + found.mean[1] - 1) < 1e-12)
      let ensemble = measurer.ensemble(state, example: 0, options: options)
      #expect(ensemble.subnetworks == 16_777_216)
      #expect(abs(ensemble.arithmeticMean[0] - expected) <= tolerance)
    }
  }

  @Test("The mean alone is the mean of the whole ensemble", arguments: [1.0, 30, 1_000])
  func meanAlone(scale: Double) throws {
    for sizes in [[3, 9, 2], [3, 10, 5], [3, 5, 6, 3], [4, 1, 2]] {
      for classes in [true, false] {
        let network = LawNetwork(sizes, classes: classes, weightScale: scale) {
          $0.keep = PerLayer(0.7)
          $0.activation = PerLayer(.tanh)
        }
        let inputs = network.dataset.inputs(of: 0)
        let size = classes ? 1 : scale
        for (precision, tolerance) in [
          (EnsembleOptions.Precision.double, 1e-12), (.single, 1e-6),
        ] {
          let options = EnsembleOptions(precision: precision)
          let mean = network.measurer.subnetworkMean(
            network.state, inputs: inputs, options: options
          ).mean
          let oracle = try EnsembleOracle(network).arithmeticMean
          #expect(largestDifference(mean, oracle) <= tolerance * size, "\(sizes) \(precision)")
        }
      }
    }
  }

  @Test("A thousand classes that rise together do not make denominators overflow")
  func manyClasses() throws {
    // One unit, rarely kept, raises all classes but the likeliest by 38.9.
    let network = LawNetwork([1, 4, 1_000]) {
      $0.keep = PerLayer(0.01)
      $0.activation = PerLayer(.linear)
    }
    var layers = network.parameters.layers
    layers[0] = LayerParameters(
      weights: Matrix(rows: 4, columns: 1, repeating: 0), biases: [1, 1, 1, 1])
    layers[1] = LayerParameters(
      weights: Matrix(
        rows: 1_000, columns: 4,
        elements: (0..<4_000).map { place in
          place % 4 == 0 ? (place < 4 ? 0 : 38.9) : Float(place % 7) * 0.001
        }), biases: (0..<1_000).map { $0 == 0 ? 1 : 0 })
    let state = NetworkState(
      configuration: network.configuration, parameters: NetworkParameters(layers: layers))
    let oracle = try EnsembleOracle(network, state: state).arithmeticMean
    for (precision, tolerance) in [(EnsembleOptions.Precision.double, 1e-12), (.single, 1e-6)] {
      let options = EnsembleOptions(precision: precision)
      let inputs = network.dataset.inputs(of: 0)
      let mean = network.measurer.subnetworkMean(state, inputs: inputs, options: options).mean
      #expect(largestDifference(mean, oracle) <= tolerance)
      let ensemble = network.measurer.ensemble(state, example: 0, options: options)
      #expect(largestDifference(ensemble.arithmeticMean, oracle) <= tolerance)
    }
  }
}
