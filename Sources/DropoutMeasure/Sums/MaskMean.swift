import CKernels
import DropoutEngine

/// The mean of training sums over masks, for the examples in a pass's inputs.
///
/// A sum is linear in the mask directly below it, so that mask enters in closed form: its mean
/// multiplier times the mean activation. Masks further upstream act through a nonlinearity. They
/// are enumerated, each weighted by its probability, up to 12 masked units, and sampled beyond
/// that.
struct MaskMean {
  let pass: ForwardPass
  let plan: DropoutPlan
  let parameters: UnsafeBufferPointer<Float>
  let rows: Int

  private var shape: NetworkShape { pass.layout.shape }

  /// The mean training sums into a layer, `[rows][units]`, with their method.
  func trainingSum(into layer: Int) -> (sums: [Double], method: MeanMethod) {
    let method = method(for: layer)
    if method == .none { return (sumsOfOnePass(into: layer), method) }
    let activations = meanActivations(feeding: layer, method: method)
    return (weightedSums(of: activations, into: layer), method)
  }

  /// The sums of a training pass in which nothing upstream is masked, so that there is nothing to
  /// average.
  private func sumsOfOnePass(into layer: Int) -> [Double] {
    runOnce(through: .result(of: layer))
    return pass.sums[layer].matrix(
      rows: rows, columns: shape.units(of: layer), stride: pass.layout.stride(of: layer)
    ).elements.map { Double($0) }
  }

  /// The method of the mean of the sums into a layer.
  func method(for layer: Int) -> MeanMethod {
    guard (0...layer).contains(where: { plan.sources[$0].masksForward }) else { return .none }
    let free = freeUnits(below: layer)
    if free == 0 { return .theory }
    let enumerable = plan.noise.masksUnits && free <= Measurer.enumerableUnits
    return enumerable ? .exact : .monteCarlo(Measurer.sampledMasks)
  }

  /// The number of units below a layer's own source whose mask is left to chance.
  func freeUnits(below layer: Int) -> Int {
    // A fixed mask leaves nothing to chance.
    guard plan.sharing != .fixed else { return 0 }
    return (0..<layer).map { plan.sources[$0].freeUnits.count }.reduce(0, +)
  }

  /// Calls `body` with the probability of each mask upstream of a layer's own source.
  ///
  /// The pass then holds the activations that feed the layer.
  func forEachPass(below layer: Int, _ body: (Double) -> Void) {
    guard layer > 0 else { return body(1) }
    runOnce(through: .source(of: layer))
    guard freeUnits(below: layer) > 0 else { return body(1) }
    enumerate(below: layer) { probability in
      runMasked(.trainingWithGivenMasks, through: .source(of: layer))
      body(probability)
    }
  }

  /// The same with `count` sampled masks.
  func forEachSampledPass(below layer: Int, count: Int, _ body: (Double) -> Void) {
    guard layer > 0 else { return body(1) }
    runOnce(through: .source(of: layer))
    for sample in 0..<count {
      let counter = MaskCounter(purpose: .sampledMask, step: UInt32(sample), firstSlot: 0)
      runMasked(.training(counter), through: .source(of: layer))
      body(1 / Double(count))
    }
  }

  // MARK: The activations that feed a layer, before their own mask

  private func meanActivations(feeding layer: Int, method: MeanMethod) -> [Double] {
    let units = shape.inputs(of: layer)
    var mean = [Double](repeating: 0, count: rows * units)
    mean.withUnsafeMutableBufferPointer { mean in
      guard let sums = mean.baseAddress else { return }
      func add(weight: Double) { addActivations(feeding: layer, weight: weight, to: sums) }
      guard layer > 0 else { return add(weight: 1) }
      switch method {
      case .none, .theory, .exact: forEachPass(below: layer, add(weight:))
      case .monteCarlo(let count):
        forEachSampledPass(below: layer, count: count, add(weight:))
      }
    }
    return mean
  }

  /// Adds the pass's activations, times a weight, to `sums`, `[rows][units]`.
  ///
  /// A mean spends most of its time here, once for each mask, so it uses pointers.
  private func addActivations(
    feeding layer: Int, weight: Double, to sums: UnsafeMutablePointer<Double>
  ) {
    let units = shape.inputs(of: layer)
    let source = pass.source(of: layer).base
    let stride = pass.sourceStride(layer)
    for row in 0..<rows {
      let values = source + row * stride
      let sums = sums + row * units
      for unit in 0..<units { sums[unit] += weight * Double(values[unit]) }
    }
  }

  /// Runs a whole training pass: the only one that is needed where chance decides no mask.
  private func runOnce(through units: UnitLayer) {
    pass.run(
      .training(MaskCounter(purpose: .forwardMask, step: 0, firstSlot: 0)), parameters: parameters,
      plan: plan, rows: rows, through: units)
  }

  /// Runs the part of a training pass that depends on the mask, on top of a whole pass.
  private func runMasked(_ kind: ForwardPass.Kind, through units: UnitLayer) {
    pass.run(
      kind, parameters: parameters, plan: plan, rows: rows, fromLayer: plan.firstMaskedSource,
      through: units)
  }

  /// Calls `body` with the probability of each mask of the units that feed the layers below
  /// `layer`; the mask is written to the pass.
  private func enumerate(below layer: Int, _ body: (Double) -> Void) {
    guard let all = MaskSpace(plan, kernels: pass.kernels) else {
      preconditionFailure("masks under \(plan.noise) noise cannot be enumerated")
    }
    let space = all.filter { $0.source < layer }
    for source in 0..<layer where plan.sources[source].masksForward {
      pass.masks[source].fill(rows: rows, with: space.whole[source])
    }
    var previous: Int?
    for mask in 0..<space.count {
      space.write(mask, replacing: previous, rows: 0..<rows, to: pass.masks)
      previous = mask
      body(space.probability(of: mask))
    }
  }

  // MARK: The mask directly below, in closed form

  private func weightedSums(of activations: [Double], into layer: Int) -> [Double] {
    let inputs = shape.inputs(of: layer)
    let units = shape.units(of: layer)
    let laws = plan.scaledTermLaws(into: layer, units: units, kernels: pass.kernels)
    var sums = [Double](repeating: 0, count: rows * units)
    var weighted = [Double](repeating: 0, count: units)
    // Each sum takes its inputs in order; the inner loop, over units, uses pointers.
    sums.withUnsafeMutableBufferPointer { sums in
      weighted.withUnsafeMutableBufferPointer { weighted in
        guard let sums = sums.baseAddress, let weighted = weighted.baseAddress else { return }
        for input in 0..<inputs {
          for unit in 0..<units {
            let place = pass.layout.weightPlace(layer, input: input, unit: unit)
            weighted[unit] = Double(parameters[place]) * laws[input, unit].mean
          }
          for row in 0..<rows {
            let activation = activations[row * inputs + input]
            let sums = sums + row * units
            for unit in 0..<units {
              let weight = weighted[unit]
              // A weight of 0 adds nothing, even to an infinite activation.
              sums[unit] += weight == 0 ? 0 : weight * activation
            }
          }
        }
      }
    }
    return sums
  }

}
