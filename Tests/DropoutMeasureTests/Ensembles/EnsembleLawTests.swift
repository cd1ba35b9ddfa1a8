import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("Laws of ensembles") struct EnsembleLawTests {
  private let double = EnsembleOptions(precision: .double)

  @Test(
    "Weight scaling is the mean of the subnetworks wherever it is said to be exact",
    arguments: lawKeepProbabilities, Scaling.allCases)
  func exactness(keep: Double, scaling: Scaling) throws {
    for activation in ActivationFunction.allCases {
      for (sizes, keeps, input) in [
        ([3, 6, 3], [keep], 1.0), ([3, 4, 5, 3], [1, keep], 1.0), ([3, 4, 5, 3], [keep, 1], 1.0),
        ([3, 4, 4, 3], [keep, keep], 1.0), ([3, 4, 3], [1], keep), ([6, 3], [], keep),
      ] {
        for classes in [true, false] {
          let network = LawNetwork(sizes, classes: classes) {
            $0.keep = PerLayer(values: keeps.isEmpty ? [keep] : keeps)
            $0.keepInput = input
            $0.activation = PerLayer(activation)
            $0.dropout.scaling = scaling
          }
          let ensemble = network.measurer.ensemble(network.state, example: 0, options: double)
          let mean = ensemble.geometricMean ?? ensemble.arithmeticMean
          let difference = largestDifference(mean, ensemble.weightScaling)
          let lastOnly = keeps.dropLast().allSatisfy { $0 == 1 } && (input == 1 || keeps.isEmpty)
          let isExact = ensemble.weightScalingIsExact.isExact
          #expect(isExact == (activation == .linear || lastOnly), "\(sizes) \(keeps) \(activation)")
          if isExact {
            #expect(difference < 1e-5, "\(sizes) \(keeps) \(activation) \(scaling)")
          } else if activation != .relu {
            // A ReLU may be linear over all masks of one example.
            #expect(difference > 1e-6, "\(sizes) \(keeps) \(activation) \(scaling)")
          }
        }
      }
    }
  }

  @Test(
    "The mean cross-entropy is at least that of the arithmetic and of the geometric mean",
    arguments: lawKeepProbabilities, ActivationFunction.allCases)
  func jensen(keep: Double, activation: ActivationFunction) throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      let network = LawNetwork([3, 5, 4, 3], seed: seed, weightScale: 2) {
        $0.keep = PerLayer(keep)
        $0.activation = PerLayer(activation)
      }
      let loss = network.measurer.ensemble(network.state, example: 0, options: double).loss
      #expect(loss.meanOfSubnetworks >= loss.arithmeticMean - 1e-12)
      let geometric = try #require(loss.geometricMean)
      #expect(loss.meanOfSubnetworks >= geometric - 1e-12)
    }
  }

  @Test("The reason why weight scaling is exact, or not, is of this very network") func reasons()
    throws
  {
    func reason(
      _ sizes: [Int], _ interventions: [UnitAddress: UnitIntervention] = [:],
      _ change: @escaping (inout ExperimentConfiguration) -> Void
    ) -> WeightScalingExactness {
      let network = LawNetwork(sizes, change)
      return WeightScalingExactness(
        NetworkState(
          configuration: network.configuration, parameters: network.parameters,
          interventions: interventions))
    }
    #expect(reason([2, 3, 2]) { _ in } == .feedsOutputLinearly)
    #expect(
      reason([2, 3, 3, 2]) { _ in } == .severalPlaces([1, 2], layer: 1, function: .relu))
    #expect(
      reason([2, 3, 2]) {
        $0.keepInput = 0.5
        $0.keep = PerLayer(1)
      } == .nonlinearityAbove(place: 0, layer: 0, function: .relu))
    #expect(
      reason([2, 3, 2]) {
        $0.keepInput = 0.5
        $0.activation = PerLayer(.linear)
      } == .linearThroughout)
    #expect(reason([2, 3, 2]) { $0.variant = .none } == .oneNetwork)
    #expect(reason([2, 3, 2]) { $0.dropout.maskPass = .backward } == .oneNetwork)
    #expect(reason([2, 3, 2]) { $0.dropout.maskSharing = .fixed } == .oneNetwork)
    // All units of the first masked layer are decided by hand, so chance decides only the second
    // layer.
    let decided = Dictionary(
      uniqueKeysWithValues: (0..<3).map {
        (UnitAddress(layer: 0, unit: $0), $0 == 0 ? UnitIntervention.kill : .pin)
      })
    #expect(reason([2, 3, 3, 2], decided) { _ in } == .feedsOutputLinearly)
    #expect(
      WeightScalingExactness.severalPlaces([0, 1], layer: 0, function: .relu)
        .sentence(hasProbabilities: true)
        == "Weight scaling is not exact: 2 places are masked (inputs, hidden layer 1), and relu of "
        + "hidden layer 1 stands above the first.")
  }

  @Test("The average of k masks is sqrt(V/k) from the mean, and meets weight scaling near V/d^2")
  func convergence() throws {
    let network = LawNetwork([3, 6, 5, 3], seed: 4, weightScale: 2) {
      $0.keep = PerLayer(0.5)
      $0.activation = PerLayer(.tanh)
    }
    let ensemble = network.measurer.ensemble(network.state, example: 0, options: double)
    let found = network.measurer.monteCarloConvergence(
      network.state, example: 0, ensemble: ensemble, repetitions: 200)
    #expect(found.points.map(\.masks) == [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000])
    for point in found.points {
      // The relative standard error of a root mean square over 200 repetitions is below 0.05.
      #expect(abs(point.measured / point.expected - 1) < 0.2, "\(point)")
      #expect(
        abs(point.expected - (found.totalVariance / Double(point.masks)).squareRoot()) < 1e-15)
    }
    let match = try #require(found.measuredMatch)
    #expect(abs(Double(match) / found.expectedMatch - 1) < 0.5, "\(match) \(found.expectedMatch)")
    // Of one output, the variance and the distance are that output's own.
    let one = network.measurer.monteCarloConvergence(
      network.state, example: 0, ensemble: ensemble, output: 1, repetitions: 200)
    #expect(one.totalVariance == ensemble.outputVariance[1])
    #expect(
      abs(
        one.weightScalingDistance
          - (ensemble.arithmeticMean[1] - ensemble.weightScaling[1]).magnitude) < 1e-15)
    for point in one.points {
      #expect(abs(point.measured / point.expected - 1) < 0.2, "\(point)")
    }
    let exact = LawNetwork([3, 5, 1], classes: false) { $0.keep = PerLayer(0.8) }
    let linear = exact.measurer.ensemble(exact.state, example: 0, options: double)
    let never = exact.measurer.monteCarloConvergence(exact.state, example: 0, ensemble: linear)
    #expect(never.measuredMatch == nil && never.expectedMatch > 1e6)
  }

  @Test("The map of the Jensen gap is the ensemble's of each row", arguments: [true, false])
  func map(classes: Bool) throws {
    var random = RandomStream(seed: 9, purpose: .builtInData)
    let inputs = Matrix(
      rows: 70, columns: 2, elements: (0..<140).map { _ in Float(random.nextNormal()) })
    let target = classes ? EnsembleTarget.classNumber(0) : .values([0, 0])
    for (sizes, isExact) in [([2, 9, 2], true), ([2, 5, 6, 2], true), ([2, 8, 7, 2], false)] {
      let network = LawNetwork(sizes, classes: classes) {
        $0.keep = PerLayer(0.7)
        $0.activation = PerLayer(.tanh)
      }
      let map = network.measurer.jensenMap(network.state, inputs: inputs, output: 1, masks: 400)
      #expect(map.method == (isExact ? .exact : .monteCarlo(samples: 400)))
      for row in 0..<70 {
        let ensemble = try #require(
          network.measurer.ensemble(
            network.state, inputs: Array(inputs.row(row)), target: target, options: double))
        let error = abs(map.arithmeticMean[row] - ensemble.arithmeticMean[1])
        // At most four standard deviations of 400 masks, since only a part of the variance is
        // drawn.
        let bound = isExact ? 1e-6 : 4 * (ensemble.outputVariance[1] / 400).squareRoot()
        #expect(error <= bound, "\(sizes) row \(row)")
        #expect(abs(map.weightScaling[row] - ensemble.weightScaling[1]) < 1e-12)
      }
      #expect(map.gap.count == 70 && map.gap.allSatisfy { $0 >= 0 })
    }
  }
}
