import DropoutEngine

/// The mean gradient over all masks, each weighted by its probability.
extension MinibatchGradients {
  /// The mean over enumerated masks, and the variance where it was computed too.
  struct Enumerated {
    var mean: [Double]
    /// The variance of each layer, then of the whole network; nil where only the mean was
    /// enumerated.
    var variance: [Double]?
  }

  /// Adds the gradient under each mask of the whole minibatch, with its probability.
  func enumerateShared(
    _ space: MaskSpace, plan: DropoutPlan, into average: inout GradientAverage
  ) {
    loadMinibatch()
    fillCertain(space, rows: rows)
    for number in 0..<space.count {
      write(number, of: space, rows: 0..<rows)
      compute(.given, plan: plan)
      average.add(engine.gradient.base, weight: space.probability(of: number))
    }
  }

  /// The mean over all masks where each example has its own, example by example, with the variance
  /// where the space covers both passes.
  ///
  /// Given the masks of the forward pass, the gradient is linear in the backward pass's masks. So
  /// where the space covers the forward pass alone, the backward pass takes the mean of its masks,
  /// and the mean is still exact.
  func enumerateByExample(_ space: MaskSpace, plan: DropoutPlan, isWhole: Bool) -> Enumerated {
    let layers = layout.layerRanges
    var total = [Double](repeating: 0, count: layout.count)
    var variance = [Double](repeating: 0, count: layers.count)
    fillCertain(space, rows: Self.enumeratedRows)
    if !isWhole {
      for source in plan.sources.indices {
        engine.backwardMasks[source].fill(
          rows: Self.enumeratedRows, with: plan.meanMask(of: source))
      }
    }
    for example in evidence.examples {
      for row in 0..<Self.enumeratedRows { load(example, row: row) }
      var mean = [Double](repeating: 0, count: layout.count)
      var squares = [Double](repeating: 0, count: layers.count)
      for first in stride(from: 0, to: space.count, by: Self.enumeratedRows) {
        let numbers = first..<min(first + Self.enumeratedRows, space.count)
        let probabilities = numbers.map { space.probability(of: $0) }
        for (row, number) in numbers.enumerated() {
          write(number, of: space, rows: row..<row + 1)
        }
        addWeighted(probabilities, plan: plan, mean: &mean, squares: &squares)
      }
      let share = 1 / Double(rows)
      for index in mean.indices { total[index] += share * mean[index] }
      for (layer, range) in layers.enumerated() {
        let spread = squares[layer] - GradientAverage.square(mean, in: range)
        variance[layer] += max(0, spread) * share * share
      }
    }
    return Enumerated(
      mean: total, variance: isWhole ? GradientAverage.withTotal(variance) : nil)
  }

  /// Adds the gradients of the rows' losses, each times its probability, and their weighted
  /// squares.
  private func addWeighted(
    _ probabilities: [Double], plan: DropoutPlan, mean: inout [Double], squares: inout [Double]
  ) {
    let count = probabilities.count
    engine.propagate(.given, parameters: blocks.parameters, plan: plan, rows: count)
    for (layer, range) in layout.layerRanges.enumerated() {
      let inputs = state.shape.inputs(of: layer)
      let units = state.shape.units(of: layer)
      for (row, probability) in probabilities.enumerated() {
        let delta = engine.deltas[layer].base + row * layout.stride(of: layer)
        let received =
          engine.forward.received(layer) + row * engine.forward.sourceStride(layer)
        // The gradient of one row is an outer product; the engine's deltas belong to the mean over
        // rows.
        let signal = square(delta, units) * Double(count * count)
        squares[layer] += probability * signal * (1 + square(received, inputs))
        let weight = Float(probability * Double(count))
        for unit in 0..<units { delta[unit] *= weight }
      }
      engine.gradients(of: layer, masks: .given, plan: plan, rows: count)
      for index in range { mean[index] += Double(engine.gradient.base[index]) }
    }
  }

  private func square(_ values: UnsafePointer<Float>, _ count: Int) -> Double {
    (0..<count).reduce(0) { $0 + Double(values[$1]) * Double(values[$1]) }
  }

  private func write(_ number: Int, of space: MaskSpace, rows: Range<Int>) {
    space.write(number, rows: rows, to: engine.forward.masks, backward: engine.backwardMasks)
  }

  /// Writes the masks that chance does not decide: killed units are masked, pinned ones are kept.
  private func fillCertain(_ space: MaskSpace, rows: Int) {
    for (source, mask) in space.whole.enumerated() {
      engine.forward.masks[source].fill(rows: rows, with: mask)
      engine.backwardMasks[source].fill(rows: rows, with: mask)
    }
  }
}
