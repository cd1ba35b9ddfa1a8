// A loss that leaves its range.
extension Trainer {
  /// Whether the loss was beyond its range often enough in the last steps, or once so far beyond
  /// that the weights are ruined, whatever the losses behind it are.
  var hasLeftRange: Bool {
    let recent = calm.recent
    // The end of the range of numbers takes long to find, so the cheap bound comes first.
    let ruin = RecentLosses.ruin
    if recent.lossBefore > ruin * (calm.most ?? .infinity), recent.lossBefore > ruin * mostLoss {
      return true
    }
    return recent.hasLeft && recent.hasLeft(mostLoss)
  }

  /// The end of the range of a minibatch's loss.
  ///
  /// The first minibatch may be one example whose target happens to be small, so numbers have the
  /// loss of a network that knows nothing as well.
  private var mostLoss: Double {
    guard case .values(let targets) = dataset.targets else { return calm.most ?? .infinity }
    let examples = dataset.trainingExamples
    let squares = examples.reduce(0.0) { sum, example in
      targets.row(example).reduce(sum) { $0 + Double($1) * Double($1) }
    }
    return max(calm.most ?? .infinity, CalmWeights.mostGrowth * squares / Double(examples.count))
  }

  /// The departure of the loss, seen from where training stands.
  var departure: LossDeparture {
    let most = mostLoss
    let points = calm.recent.course(good: most / CalmWeights.mostGrowth)
    let course = LossCourse(points: points, growth: growth)
    return LossDeparture(
      goodStep: course.points.first?.step ?? calmStep, step: step, most: most,
      learner: configuration.learnerCount > 1 ? learner : nil, course: course, cause: cause)
  }

  /// The last steps, and the unit whose weights grew most since the calm ones.
  var course: LossCourse {
    LossCourse(points: calm.recent.course, growth: growth)
  }

  private var growth: LossCourse.Growth? {
    var most: LossCourse.Growth?
    var largest = 1.0
    for layer in 0..<shape.layerCount {
      for unit in 0..<shape.units(of: layer) {
        let before = norm(of: calm.weights, layer: layer, unit: unit)
        let after = norm(of: blocks.current, layer: layer, unit: unit)
        // Weights that began at nothing do not count as having grown without end.
        let ratio = after / max(before, 0.01)
        guard ratio > largest else { continue }
        largest = ratio
        most = LossCourse.Growth(
          layer: layer, hiddenLayers: shape.hidden.count, unit: unit, before: before, after: after)
      }
    }
    return most
  }

  private func norm(of block: UnsafePointer<Float>, layer: Int, unit: Int) -> Double {
    let squares = (0..<shape.inputs(of: layer)).reduce(0.0) { sum, input in
      let weight = Double(block[layout.weightPlace(layer, input: input, unit: unit)])
      return sum + weight * weight
    }
    return squares.squareRoot()
  }
}
