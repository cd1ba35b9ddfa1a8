import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("All sums of one unit") struct UnitSumsTests {
  private func value(_ activation: ActivationFunction, _ z: Double) -> Double {
    switch activation {
    case .relu: max(0, z)
    case .linear: z
    case .sigmoid: 1 / (1 + ElementaryFunctions.exponential(-z))
    case .tanh:
      1 - 2 / (1 + ElementaryFunctions.exponential(2 * z))
    }
  }

  @Test(
    "The distribution is that of the engine's passes under all masks, one and two masked layers up",
    arguments: [0.3, 0.5, 0.8], [Scaling.off, .inverted])
  func enumeration(keep: Double, scaling: Scaling) throws {
    for (activation, sizes) in [
      (ActivationFunction.relu, [3, 6, 4, 2]), (.sigmoid, [2, 4, 5, 3]), (.tanh, [3, 5, 5, 2]),
    ] {
      let measurement = try UnitSumsMeasurement(
        LawNetwork(sizes, examples: 3) {
          $0.keep = PerLayer(values: [keep, 0.6])
          $0.dropout.scaling = scaling
          $0.activation = PerLayer(activation)
        }, steps: 5)
      for layer in 1...2 {
        let sums = measurement.sums(layer: layer, unit: 1)
        let all = try measurement.enumerated(layer: layer, unit: 1)
        let mean = all.reduce(0) { $0 + $1.sum * $1.probability }
        let variance = all.reduce(0) { $0 + ($1.sum - mean) * ($1.sum - mean) * $1.probability }
        #expect(sums.distribution.method == .exact)
        #expect(sums.distribution.masks == 1 << (layer == 1 ? sizes[1] : sizes[1] + sizes[2]))
        #expect(abs(sums.distribution.mean - mean) < 1e-6)
        #expect(abs(sums.distribution.variance - variance) < 1e-5 * max(1, variance))
        #expect(abs(sums.distribution.mass.reduce(0, +) - 1) < 1e-12)
        let least = all.map(\.sum).min() ?? .nan
        let greatest = all.map(\.sum).max() ?? .nan
        #expect(abs(sums.distribution.range.lowerBound - least) < 1e-5)
        #expect(abs(sums.distribution.range.upperBound - greatest) < 1e-5)
        guard layer == 1 else { continue }
        let activated = all.reduce(0) {
          $0 + value(activation, $1.sum + sums.bias) * $1.probability
        }
        #expect(abs(sums.distribution.meanActivation - activated) < 1e-6)
      }
    }
  }

  @Test("A bin holds the probability of the masks whose sums fall into it") func bins() throws {
    let measurement = try UnitSumsMeasurement(
      LawNetwork([2, 5, 2]) { $0.keep = PerLayer(0.8) })
    let sums = measurement.sums(layer: 1, unit: 0)
    let distribution = sums.distribution
    let width =
      (distribution.range.upperBound - distribution.range.lowerBound)
      / Double(distribution.mass.count)
    for cut in [0.2, 0.45, 0.7] {
      let limit = Int(cut * Double(distribution.mass.count))
      let edge = distribution.range.lowerBound + Double(limit) * width
      let all = try measurement.enumerated(layer: 1, unit: 0)
      // Sums within rounding of the edge could be on either side.
      try #require(all.allSatisfy { abs($0.sum - edge) > 1e-5 })
      let expected = all.filter { $0.sum < edge }.reduce(0) { $0 + $1.probability }
      #expect(abs(distribution.mass[..<limit].reduce(0, +) - expected) < 1e-12)
    }
  }

  @Test(
    "Theory's mean and variance are those of all masks", arguments: [0.3, 0.5, 0.8],
    Scaling.allCases)
  func theory(keep: Double, scaling: Scaling) throws {
    let measurement = try UnitSumsMeasurement(
      LawNetwork([4, 7, 5, 3], examples: 2) {
        $0.keep = PerLayer(values: [keep, 0.7])
        $0.keepInput = 0.9
        $0.dropout.scaling = scaling
      }, steps: 20)
    for (layer, method) in [(0, MeanMethod.theory), (1, .exact), (2, .exact)] {
      let sums = measurement.sums(layer: layer, unit: 2)
      #expect(sums.theory.method == method)
      #expect(abs(sums.theory.mean - sums.distribution.mean) < 1e-9)
      #expect(abs(sums.theory.variance - sums.distribution.variance) < 1e-9)
    }
    // The closed form of the first masked layer, from the weights and p alone.
    let sums = measurement.sums(layer: 0, unit: 2)
    let weights = measurement.trainer.parameters.layers[0].weights.row(2).map { Double($0) }
    let inputs = measurement.evidence.inputs.row(0).map { Double($0) }
    let factor =
      switch scaling {
      case .off, .classic, .swapped: 1.0
      case .inverted, .double: 1 / 0.9
      case .inverseDrop: 1 / 0.1
      }
    let terms = zip(weights, inputs).map { $0 * $1 * factor }
    let square = terms.reduce(0) { $0 + $1 * $1 }
    #expect(agree(sums.theory.mean, 0.9 * terms.reduce(0, +), scale: square.squareRoot()))
    #expect(agree(sums.theory.variance, 0.09 * square))
  }

  @Test(
    "What the engine draws lies within five standard errors of theory, whatever it masks",
    arguments: [
      (DropoutNoise.bernoulli, MaskSharing.example), (.bernoulli, .batch), (.gaussian, .example),
      (.dropconnect, .example), (.dropconnect, .batch), (.groups, .example), (.groups, .batch),
    ])
  func drawn(noise: DropoutNoise, sharing: MaskSharing) throws {
    let measurement = try UnitSumsMeasurement(
      LawNetwork([3, 9, 6, 2], examples: 2) {
        $0.keep = PerLayer(values: [0.8, 0.4])
        $0.keepInput = 0.7
        $0.dropout.noise = noise
        $0.dropout.maskSharing = sharing
        $0.maskGroupSize = 3
        $0.dropout.scaling = noise == .gaussian ? .inverted : .classic
      }, steps: 10)
    for layer in 0...2 {
      let sums = measurement.sums(layer: layer, unit: 1)
      #expect(sums.drawn.masks == 4096 && sums.drawn.deviation > 0)
      #expect(
        abs(sums.drawn.mean - sums.theory.mean) < 5 * 2.0.squareRoot() * sums.drawn.standardError)
      // The variance of 4096 draws is off by a few percent.
      #expect(abs(sums.drawn.deviation / sums.theory.variance.squareRoot() - 1) < 0.1)
    }
  }

  @Test("Masks that are drawn at another p part from theory") func wrongKeep() throws {
    let measurement = try UnitSumsMeasurement(
      LawNetwork([2, 8, 4, 2], weightScale: 3) { $0.keep = PerLayer(0.5) })
    var configuration = measurement.trainer.configuration
    configuration.keep = PerLayer(0.6)
    let wrong = NetworkState(
      configuration: configuration, parameters: measurement.trainer.parameters)
    let parted = (0..<4).map { unit in
      let theory = measurement.sums(layer: 1, unit: unit).theory
      let drawn = measurement.measurer.unitSums(
        wrong, of: measurement.evidence, row: 0, layer: 1, unit: unit
      ).drawn
      return abs(drawn.mean - theory.mean) / drawn.standardError
    }
    #expect((parted.max() ?? 0) > 5, "\(parted)")
  }

  @Test("Beyond 20 masked units the masks are drawn and marked so") func sampled() throws {
    for (sizes, methods) in [
      ([2, 20, 2], [MeanMethod.none, .exact]), ([2, 21, 2], [.none, .monteCarlo(4096)]),
      ([2, 12, 9, 2], [.none, .exact, .monteCarlo(4096)]),
    ] {
      let measurement = try UnitSumsMeasurement(LawNetwork(sizes))
      for (layer, method) in methods.enumerated() {
        let sums = measurement.sums(layer: layer, unit: 0)
        #expect(sums.distribution.method == method)
        #expect(
          abs(sums.distribution.mean - sums.theory.mean) <= 5 * sums.drawn.standardError + 1e-9)
      }
    }
  }

  @Test("Killed and pinned units, one mask for good, and what leaves nothing to chance")
  func decided()
    throws
  {
    let network = LawNetwork([2, 6, 2]) { $0.keep = PerLayer(0.5) }
    let byHand = try UnitSumsMeasurement(
      network,
      interventions: [
        UnitAddress(layer: 0, unit: 0): .kill, UnitAddress(layer: 0, unit: 3): .pin,
      ])
    let sums = byHand.sums(layer: 1, unit: 1)
    #expect(sums.distribution.masks == 16)
    let offered = sums.terms.map(\.offered)
    let expected = offered[3] + 0.5 * (offered[1] + offered[2] + offered[4] + offered[5])
    #expect(abs(sums.distribution.mean - expected) < 1e-6)
    #expect(abs(sums.theory.mean - expected) < 1e-6)
    for noise in [DropoutNoise.bernoulli, .dropconnect] {
      let fixed = try UnitSumsMeasurement(
        LawNetwork([2, 6, 2]) {
          $0.keep = PerLayer(0.5)
          $0.dropout.maskSharing = .fixed
          $0.dropout.noise = noise
        }
      ).sums(layer: 1, unit: 1)
      #expect(fixed.theory.variance == 0 && fixed.drawn.deviation == 0)
      #expect(abs(fixed.theory.mean - fixed.stepSum) < 1e-6)
    }
    for change: (inout ExperimentConfiguration) -> Void in [
      { $0.keep = PerLayer(1) }, { $0.dropout.maskPass = .backward }, { $0.variant = .none },
    ] {
      let whole = try UnitSumsMeasurement(LawNetwork([2, 6, 2], change)).sums(layer: 1, unit: 1)
      #expect(whole.distribution.method == .none && whole.distribution.variance == 0)
      #expect(whole.jensenGap == 0 && whole.jensenBound < 1e-12)
      #expect(abs(whole.distribution.mean - whole.testSum) < 1e-6)
    }
  }

  @Test(
    "The terms add up to this step's sum, and to the test sum",
    arguments: [
      (Scaling.off, DropoutNoise.bernoulli), (.classic, .bernoulli), (.inverted, .bernoulli),
      (.inverted, .gaussian), (.classic, .dropconnect), (.inverted, .dropconnect),
    ])
  func terms(scaling: Scaling, noise: DropoutNoise) throws {
    let measurement = try UnitSumsMeasurement(
      LawNetwork([3, 7, 4, 2], examples: 3) {
        $0.keep = PerLayer(values: [0.6, 0.8])
        $0.dropout.scaling = scaling
        $0.dropout.noise = noise
      }, steps: 4)
    for layer in 0...2 {
      for row in 0..<3 {
        let sums = measurement.sums(layer: layer, unit: 1, row: row)
        let step = sums.terms.reduce(0) { $0 + $1.contribution }
        let test = sums.terms.reduce(0) { $0 + $1.testContribution }
        #expect(abs(step - sums.stepSum) < 1e-5)
        #expect(abs(test - sums.testSum) < 1e-5)
      }
    }
  }

  @Test(
    "The Jensen gap of every unit lies within its bound; ReLU's is never negative",
    arguments: [ActivationFunction.relu, .sigmoid, .tanh, .linear])
  func bounds(activation: ActivationFunction) throws {
    var widest = 0.0
    for seed in 1...6 as ClosedRange<UInt64> {
      let measurement = try UnitSumsMeasurement(
        LawNetwork([3, 8, 8, 2], seed: seed, weightScale: 2) {
          $0.activation = PerLayer(activation)
          $0.keep = PerLayer(values: [0.3, 0.8])
        })
      for unit in 0..<8 {
        let sums = measurement.sums(layer: 1, unit: unit)
        #expect(abs(sums.jensenGap) <= sums.jensenBound + 1e-9)
        if activation == .relu { #expect(sums.jensenGap >= -1e-12) }
        widest = max(widest, abs(sums.jensenGap))
      }
    }
    #expect(activation == .linear ? widest < 1e-9 : widest > 0.01)
  }
}
