import CKernels
public import DropoutEngine

extension Measurer {
  /// The number of masks that the engine draws to measure a divergence.
  public static let drawnMasks = 256

  /// Divergence and ratio of each layer over the probe examples, the output layer last.
  ///
  /// The expected training sum comes from the weights and p alone. The drawn one is the mean over
  /// 256 passes with masks that the engine draws at these weights.
  public func divergence(_ state: NetworkState) -> [LayerDivergence] {
    let probes = dataset.probeExamples
    let expected = expectedSums(state, examples: probes)
    let drawn = drawnSums(state, examples: probes)
    let conventions = state.configuration.testConventions.map { convention in
      (convention, testSums(state, examples: probes, as: convention))
    }
    return zip(expected, drawn).enumerated().map { layer, pair in
      LayerDivergence(
        expected: pair.0, drawn: pair.1, examples: probes.count,
        units: state.shape.units(of: layer),
        conventions: conventions.map { ($0.0, $0.1[layer]) })
    }
  }

  /// The approximate number of forward passes of single examples that a divergence takes.
  ///
  /// It is not exact, since layers below the first mask are passed only once.
  func divergencePasses(_ state: NetworkState) -> Int {
    withPass(state) { pass, plan, parameters in
      let means = MaskMean(pass: pass, plan: plan, parameters: parameters, rows: 1)
      let masks = (0..<state.shape.layerCount).map { layer in
        switch means.method(for: layer) {
        case .none, .theory: 1
        case .exact: 1 << means.freeUnits(below: layer)
        case .monteCarlo(let count): count
        }
      }
      let isMasked = plan.firstMaskedSource < state.shape.layerCount
      let conventions = 1 + state.configuration.testConventions.count
      return dataset.probeExamples.count
        * (masks.reduce(conventions, +) + (isMasked ? Measurer.drawnMasks : 1))
    }
  }

  /// The mean training sums of each layer over masks that the engine drew, with their standard
  /// deviations.
  func drawnSums(_ state: NetworkState, examples: ArraySlice<Int>) -> [DrawnSums] {
    withPass(state) { pass, plan, parameters in
      gather(examples, into: pass)
      let last = state.shape.layerCount - 1
      var moments = (0...last).map {
        DrawnSums(count: examples.count * state.shape.units(of: $0))
      }
      for sample in 0..<Measurer.drawnMasks {
        let number = UInt32(truncatingIfNeeded: state.step * Measurer.drawnMasks + sample)
        pass.run(
          .training(MaskCounter(purpose: .measuredMask, step: number, firstSlot: 0)),
          parameters: parameters, plan: plan, rows: examples.count,
          fromLayer: sample == 0 ? 0 : plan.firstMaskedSource, through: .result(of: last))
        // Sums below the first mask are the same in every draw, so the first draw is enough.
        for layer in 0...last {
          guard sample == 0 || layer >= plan.firstMaskedSource else {
            moments[layer].repeatFirst()
            continue
          }
          moments[layer].add(
            pass.sums[layer].base, rows: examples.count, units: state.shape.units(of: layer),
            stride: state.layout.stride(of: layer))
        }
      }
      return moments
    }
  }
}

/// Running sums of drawn training sums and of their squares.
///
/// Both are taken relative to the first draw, so that no digits are lost where the spread is small.
struct DrawnSums {
  private var first: [Double] = []
  private var sums: [Double]
  private var squares: [Double]
  private var draws = 0

  init(count: Int) {
    sums = [Double](repeating: 0, count: count)
    squares = [Double](repeating: 0, count: count)
  }

  /// Adds one draw of all examples' sums, in padded rows.
  mutating func add(_ values: UnsafePointer<Float>, rows: Int, units: Int, stride: Int) {
    draws += 1
    guard draws > 1 else {
      first = (0..<rows * units).map { Double(values[$0 / units * stride + $0 % units]) }
      return
    }
    // Pointers, since it runs once for each draw.
    first.withUnsafeBufferPointer { first in
      sums.withUnsafeMutableBufferPointer { sums in
        squares.withUnsafeMutableBufferPointer { squares in
          guard let first = first.baseAddress, let sums = sums.baseAddress,
            let squares = squares.baseAddress
          else { return }
          for row in 0..<rows {
            let values = values + row * stride
            let (first, sums, squares) = (
              first + row * units, sums + row * units, squares + row * units
            )
            for unit in 0..<units {
              let difference = Double(values[unit]) - first[unit]
              sums[unit] += difference
              squares[unit] += difference * difference
            }
          }
        }
      }
    }
  }

  /// Adds a draw that equals the first one.
  mutating func repeatFirst() { draws += 1 }

  /// The number of draws.
  var count: Int { draws }

  /// The mean of a sum over the draws.
  func mean(_ index: Int) -> Double {
    first[index] + sums[index] / Double(draws)
  }

  /// The standard deviation of a sum over the draws.
  func deviation(_ index: Int) -> Double {
    let mean = sums[index] / Double(draws)
    return max(0, (squares[index] - Double(draws) * mean * mean) / Double(max(1, draws - 1)))
      .squareRoot()
  }
}

extension LayerDivergence {
  /// Computes divergence and ratio from the sums of all examples.
  init(
    expected: LayerSums, drawn: DrawnSums, examples: Int, units: Int,
    conventions: [(convention: TestConvention, test: [Float])]
  ) {
    var total = SumComparison()
    var byUnit = [SumComparison](repeating: SumComparison(), count: units)
    var drawnDifference = 0.0
    var deviations = 0.0
    for index in 0..<examples * units {
      let test = Double(expected.test[index])
      total.add(training: expected.meanTraining[index], test: test)
      byUnit[index % units].add(training: expected.meanTraining[index], test: test)
      drawnDifference += abs(drawn.mean(index) - test)
      deviations += drawn.deviation(index)
    }
    var conventionRatio: [TestConvention: Double] = [:]
    for (convention, test) in conventions {
      var comparison = SumComparison()
      for index in test.indices {
        comparison.add(training: expected.meanTraining[index], test: Double(test[index]))
      }
      conventionRatio[convention] = comparison.ratio
    }
    let floor = (2 / (Double.pi * Double(drawn.count))).squareRoot() * deviations
    self.init(
      expected: total.divergence, method: expected.method,
      drawn: SumComparison.quotient(drawnDifference, total.test),
      drawnFloor: SumComparison.quotient(floor, total.test), ratio: total.ratio,
      totals: SumTotals(
        difference: total.difference, training: total.training, test: total.test),
      drawnDifference: drawnDifference,
      unitDivergence: byUnit.map(\.divergence), unitRatio: byUnit.map(\.ratio),
      conventionRatio: conventionRatio)
  }
}

/// Sums of absolute training sums, test sums and differences.
struct SumComparison {
  private(set) var difference = 0.0
  private(set) var training = 0.0
  private(set) var test = 0.0

  mutating func add(training: Double, test: Double) {
    difference += abs(training - test)
    self.training += abs(training)
    self.test += abs(test)
  }

  /// sum |training - test| / sum |test|; NaN where both are 0.
  var divergence: Double { SumComparison.quotient(difference, test) }

  /// sum |test| / sum |training|; NaN where both are 0.
  var ratio: Double { SumComparison.quotient(test, training) }

  /// A quotient of nonnegative sums: NaN for 0 / 0, infinity where only the divisor is 0.
  static func quotient(_ dividend: Double, _ divisor: Double) -> Double {
    dividend / divisor
  }
}
