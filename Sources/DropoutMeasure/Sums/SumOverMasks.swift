import CKernels
import DropoutEngine

/// The sum that feeds one unit, over masks that the engine draws or over all masks.
///
/// Every row of the pass's inputs holds the example.
struct SumOverMasks {
  let pass: ForwardPass
  let plan: DropoutPlan
  let parameters: UnsafeBufferPointer<Float>
  let layer: Int
  let unit: Int
  let activation: UnitActivation

  private var stride: Int { pass.layout.stride(of: layer) }
  private var bias: Double { Double(parameters[pass.layout.biasOffsets[layer] + unit]) }

  // MARK: Drawn

  /// The distribution over masks that the engine draws for this step.
  func drawn(_ count: Int, step: Int) -> SumDistribution {
    let sums = drawnSums(count) { sample in
      MaskCounter(
        purpose: .measuredMask,
        step: UInt32(truncatingIfNeeded: step &* count &+ sample), firstSlot: 0)
    }
    let range = (sums.min() ?? 0)...(sums.max() ?? 0)
    var collector = SumCollector(range: range, activation: activation, bias: bias)
    for sum in sums { collector.add(sum, probability: 1) }
    return collector.distribution(method: .monteCarlo(sums.count), masks: sums.count)
  }

  private func drawnSums(_ count: Int, _ counter: (Int) -> MaskCounter) -> [Double] {
    // Rows of one minibatch share a mask unless each example has its own.
    let rows = plan.sharing == .example ? pass.capacity : 1
    var sums: [Double] = []
    sums.reserveCapacity(count)
    var isFirst = true
    while sums.count < count {
      let some = min(rows, count - sums.count)
      pass.run(
        .training(counter(sums.count)), parameters: parameters, plan: plan, rows: some,
        fromLayer: isFirst ? 0 : min(plan.firstMaskedSource, layer), through: .result(of: layer))
      // The layers below the first mask are valid only for the rows that were passed.
      isFirst = some < rows
      for row in 0..<some { sums.append(Double(pass.sums[layer].base[row * stride + unit])) }
    }
    return sums
  }

  // MARK: Enumerated

  private var means: MaskMean {
    MaskMean(pass: pass, plan: plan, parameters: parameters, rows: 1)
  }

  /// The laws of the terms' multipliers, by incoming unit.
  private var laws: [MultiplierLaw] {
    plan.termLaws(into: layer, units: pass.layout.shape.units(of: layer), kernels: pass.kernels)
      .laws(of: unit)
  }

  /// The distribution over all masks; nil where there are too many, or the noise does not mask
  /// whole units.
  func enumerated(atMost units: Int) -> SumDistribution? {
    guard plan.noise.masksUnits else { return nil }
    let (means, laws) = (means, laws)
    let free = means.freeUnits(below: layer) + laws.count { $0.variance > 0 }
    guard free <= units else { return nil }
    var range: ClosedRange<Double>?
    means.forEachPass(below: layer) { _ in
      let ends = SplitSums(terms: terms, laws: laws).range
      range =
        range.map { min($0.lowerBound, ends.lowerBound)...max($0.upperBound, ends.upperBound) }
        ?? ends
    }
    var collector = SumCollector(range: range ?? 0...0, activation: activation, bias: bias)
    means.forEachPass(below: layer) { probability in
      SplitSums(terms: terms, laws: laws).forEach {
        collector.add($0, probability: $1 * probability)
      }
    }
    return collector.distribution(
      method: means.method(for: layer) == .none ? .none : .exact, masks: 1 << free)
  }

  // MARK: Theory

  /// Mean and variance from the weights and p.
  func theory() -> SumTheory {
    let (means, laws) = (means, laws)
    var moments = ConditionalMoments()
    func add(probability: Double) {
      var (mean, variance) = (0.0, 0.0)
      let terms = terms
      for first in Swift.stride(from: 0, to: terms.count, by: plan.groupSize) {
        // A group's terms come and go together.
        var (together, law) = (0.0, MultiplierLaw?.none)
        for index in first..<min(first + plan.groupSize, terms.count) {
          mean += laws[index].mean * terms[index]
          guard laws[index].variance > 0 else { continue }
          together += terms[index]
          law = laws[index]
        }
        variance += (law?.variance ?? 0) * together * together
      }
      moments.add(mean, variance, probability: probability)
    }
    let method = means.method(for: layer)
    if case .monteCarlo = method {
      means.forEachSampledPass(
        below: layer, count: Measurer.drawnSumMasks, add(probability:))
      return moments.theory(method: .monteCarlo(Measurer.drawnSumMasks))
    }
    means.forEachPass(below: layer, add(probability:))
    return moments.theory(method: method)
  }

  /// The contribution of each incoming unit if it is kept, with the training factor.
  private var terms: [Double] {
    let units = pass.layout.shape.inputs(of: layer)
    let source = pass.source(of: layer).base
    let place = plan.sources[layer]
    let factor: Float = plan.masksWeights ? 1 : place.forwardFactor
    let outer = plan.masksWeights ? Double(place.forwardFactor) : 1
    return (0..<units).map { input in
      let weight = parameters[pass.layout.weightPlace(layer, input: input, unit: unit)]
      return Double(weight) * Double(source[input] * factor) * outer
    }
  }
}

/// Averages conditional means and variances into a mean and a variance.
private struct ConditionalMoments {
  private var origin: Double?
  private var first = 0.0
  private var second = 0.0
  private var within = 0.0

  mutating func add(_ mean: Double, _ variance: Double, probability: Double) {
    let origin = origin ?? mean
    self.origin = origin
    first += probability * (mean - origin)
    second += probability * (mean - origin) * (mean - origin)
    within += probability * variance
  }

  func theory(method: MeanMethod) -> SumTheory {
    SumTheory(
      method: method, mean: (origin ?? 0) + first,
      variance: max(0, within + second - first * first))
  }
}
