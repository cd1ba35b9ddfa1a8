package import DropoutEngine
import Foundation

/// The gradient of a small network in Double under given multipliers, and its moments over all of
/// them.
///
/// A gradient lists each layer's weights, `[units * inputs]`, followed by its biases. Places are
/// counted like masks: 0 for the inputs, then the hidden layers.
package struct GradientOracle {
  /// The network.
  package let network: LawNetwork
  /// The units changed by hand.
  package var interventions: [UnitAddress: UnitIntervention] = [:]

  /// An oracle of a network at its start.
  package init(network: LawNetwork, interventions: [UnitAddress: UnitIntervention] = [:]) {
    self.network = network
    self.interventions = interventions
  }

  /// `[layer][parameter]`.
  package typealias Gradient = [[Double]]

  private var layerCount: Int { network.parameters.layers.count }
  private var dropout: DropoutSettings { network.configuration.dropout }

  /// The gradient of one example's loss.
  ///
  /// `forward` multiplies the values that each layer receives, `backward` the signals.
  package func gradient(_ example: Int, forward: [[Double]], backward: [[Double]]) -> Gradient {
    var received: [[Double]] = []
    var activations: [[Double]] = []
    var values = network.inputs(example)
    for layer in 0..<layerCount {
      values = zip(values, forward[layer]).map { $0 * $1 }
      received.append(values)
      let sums = (0..<network.parameters.layers[layer].biases.count).map {
        dot(network.weights(layer, $0), values) + network.bias(layer, $0)
      }
      values = layer == layerCount - 1 ? sums : sums.map { activated($0, layer) }
      activations.append(values)
    }
    var delta = outputDelta(values, example)
    var gradient = Gradient(repeating: [], count: layerCount)
    for layer in stride(from: layerCount - 1, through: 0, by: -1) {
      gradient[layer] = delta.flatMap { value in received[layer].map { value * $0 } } + delta
      guard layer > 0 else { break }
      delta = activations[layer - 1].indices.map { unit in
        var signal = 0.0
        for (above, value) in delta.enumerated() {
          signal += value * network.weights(layer, above)[unit]
        }
        return signal * backward[layer][unit] * slope(activations[layer - 1][unit], layer - 1)
      }
    }
    return gradient
  }

  private func outputDelta(_ outputs: [Double], _ example: Int) -> [Double] {
    guard network.dataset.isClassification else {
      return zip(outputs, network.targets(example)).map { $0 - $1 }
    }
    let total = outputs.map { exp($0) }.reduce(0, +)
    return outputs.enumerated().map {
      exp($0.element) / total - ($0.offset == network.targetClass(example) ? 1 : 0)
    }
  }

  private func activated(_ z: Double, _ layer: Int) -> Double {
    switch network.configuration.activation[layer] {
    case .relu: max(0, z)
    case .tanh: tanh(z)
    case .sigmoid: 1 / (1 + exp(-z))
    case .linear: z
    }
  }

  private func slope(_ activation: Double, _ layer: Int) -> Double {
    switch network.configuration.activation[layer] {
    case .relu: activation > 0 ? 1 : 0
    case .tanh: 1 - activation * activation
    case .sigmoid: activation * (1 - activation)
    case .linear: 1
    }
  }

  // MARK: All masks

  /// One choice of all masks: multipliers of both passes, with its probability.
  package struct Masks {
    /// The probability of the choice.
    package var probability = 1.0
    /// The multipliers of the values that each layer receives.
    package var forward: [[Double]]
    /// The multipliers of the signals.
    package var backward: [[Double]]
  }

  private func keep(_ source: Int) -> Double {
    network.configuration.keepProbability(feeding: source)
  }

  private func factor(_ source: Int) -> Double {
    let keep = Double(Float(keep(source)))
    guard keep < 1 else { return 1 }
    return switch dropout.scaling {
    case .inverted, .double: 1 / keep
    case .inverseDrop: 1 / (1 - keep)
    case .off, .classic, .swapped: 1
    }
  }

  private func size(_ source: Int) -> Int { network.parameters.layers[source].weights.columns }

  /// The probability that a unit is kept.
  private func chance(_ source: Int, _ unit: Int) -> Double {
    switch interventions[UnitAddress(layer: source - 1, unit: unit)] {
    case .kill: 0
    case .pin: 1
    case .release, nil: keep(source)
    }
  }

  /// All masks of one pass, as multipliers by place.
  private func onePass(from first: Int) -> [(probability: Double, masks: [[Double]])] {
    var all: [(probability: Double, masks: [[Double]])] = [
      (1, (0..<layerCount).map { [Double](repeating: 1, count: size($0)) })
    ]
    for source in first..<layerCount {
      for unit in 0..<size(source) {
        let chance = chance(source, unit)
        all = all.flatMap { probability, masks in
          [(chance, factor(source)), (1 - chance, 0)].filter { $0.0 > 0 }.map { share, value in
            var next = masks
            next[source][unit] = value
            return (probability * share, next)
          }
        }
      }
    }
    return all
  }

  /// All masks under the mask pass in force.
  package func masks() -> [Masks] {
    let ones = (0..<layerCount).map { [Double](repeating: 1, count: size($0)) }
    switch dropout.maskPass {
    case .both:
      return onePass(from: 0).map {
        Masks(probability: $0.probability, forward: $0.masks, backward: $0.masks)
      }
    case .forward:
      return onePass(from: 0).map {
        Masks(probability: $0.probability, forward: $0.masks, backward: ones)
      }
    case .backward:
      return onePass(from: 1).map {
        Masks(probability: $0.probability, forward: ones, backward: $0.masks)
      }
    case .independent:
      let forward = onePass(from: 0)
      return onePass(from: 1).flatMap { back in
        forward.map {
          Masks(
            probability: $0.probability * back.probability, forward: $0.masks,
            backward: back.masks)
        }
      }
    }
  }

  /// The gradient of the mean network over the training part.
  package func reference() -> Gradient {
    let isBackward = dropout.maskPass == .backward
    let multipliers = (0..<layerCount).map { source in
      (0..<size(source)).map { isBackward ? 1 : chance(source, $0) * factor(source) }
    }
    return mean { gradient($0, forward: multipliers, backward: multipliers) }
  }

  /// The mean over the minibatch, which is the training part.
  private func mean(_ gradient: (Int) -> Gradient) -> Gradient {
    let examples = network.dataset.trainingExamples
    return GradientOracle.weighted(examples.map { (1 / Double(examples.count), gradient($0)) })
  }

  /// The mean and the variance of each layer over all masks, where each example has its own or all
  /// share one.
  package func moments(isShared: Bool) -> (mean: Gradient, variance: [Double]) {
    let all = masks()
    let examples = network.dataset.trainingExamples
    if isShared {
      let gradients = all.map { masks in
        (
          masks.probability,
          mean { gradient($0, forward: masks.forward, backward: masks.backward) }
        )
      }
      return GradientOracle.spread(gradients)
    }
    let byExample = examples.map { example in
      GradientOracle.spread(
        all.map {
          ($0.probability, gradient(example, forward: $0.forward, backward: $0.backward))
        })
    }
    let share = 1 / Double(examples.count)
    return (
      GradientOracle.weighted(byExample.map { (share, $0.mean) }),
      (0..<layerCount).map { layer in
        byExample.reduce(0) { $0 + share * share * $1.variance[layer] }
      }
    )
  }

  private static func weighted(_ gradients: [(Double, Gradient)]) -> Gradient {
    var total = gradients[0].1.map { [Double](repeating: 0, count: $0.count) }
    for (weight, gradient) in gradients {
      for layer in gradient.indices {
        for index in gradient[layer].indices {
          total[layer][index] += weight * gradient[layer][index]
        }
      }
    }
    return total
  }

  private static func spread(_ gradients: [(Double, Gradient)]) -> (
    mean: Gradient, variance: [Double]
  ) {
    let mean = weighted(gradients)
    var variance = [Double](repeating: 0, count: mean.count)
    for (weight, gradient) in gradients {
      for layer in mean.indices {
        for (value, center) in zip(gradient[layer], mean[layer]) {
          variance[layer] += weight * (value - center) * (value - center)
        }
      }
    }
    return (mean, variance)
  }
}

extension NetworkParameters {
  /// Weights and biases of a layer in one list.
  package func gradient(_ layer: Int) -> [Double] {
    (layers[layer].weights.elements + layers[layer].biases).map { Double($0) }
  }
}
