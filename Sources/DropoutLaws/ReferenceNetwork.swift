import DropoutEngine

/// A network in Double, written as in a textbook, with which the engine is compared.
///
/// It shares no code with the engine and draws no masks: callers give the multipliers.
struct ReferenceNetwork {
  /// The weights of each layer, `[unit][input]`.
  var weights: [[[Double]]]
  /// The biases of each layer.
  let biases: [[Double]]
  private let functions: [ActivationFunction]
  private let isSoftmax: Bool

  /// The values of one pass, by layer.
  struct Pass {
    /// The values that the layer received, masked and scaled.
    var received: [[Double]] = []
    var sums: [[Double]] = []
    var preActivations: [[Double]] = []
    /// The activations; for the last layer, the outputs.
    var activations: [[Double]] = []

    /// The outputs.
    var outputs: [Double] { activations[activations.count - 1] }
  }

  init(
    _ parameters: NetworkParameters, activation: PerLayer<ActivationFunction>, isSoftmax: Bool
  ) {
    weights = parameters.layers.map { layer in
      (0..<layer.weights.rows).map { layer.weights.row($0).map { Double($0) } }
    }
    biases = parameters.layers.map { $0.biases.map { Double($0) } }
    functions = (0..<parameters.layers.count - 1).map { activation[$0] }
    self.isSoftmax = isSoftmax
  }

  /// Passes an example through the network.
  ///
  /// `multipliers` has a list for each place that feeds a layer, `[place][unit]`; none is 1.
  func pass(_ input: [Double], multipliers: [[Double]] = []) -> Pass {
    var pass = Pass()
    var source = input
    for layer in weights.indices {
      let received =
        multipliers.isEmpty || multipliers[layer].isEmpty
        ? source : zip(source, multipliers[layer]).map { $0 * $1 }
      let sums = weights[layer].map { innerProduct($0, received) }
      let preActivations = zip(sums, biases[layer]).map { $0 + $1 }
      if layer < functions.count {
        source = preActivations.map { functions[layer].value($0) }
      } else {
        source = isSoftmax ? softmax(preActivations) : preActivations
      }
      pass.received.append(received)
      pass.sums.append(sums)
      pass.preActivations.append(preActivations)
      pass.activations.append(source)
    }
    return pass
  }

  /// Cross-entropy, or half the squared error.
  func loss(_ outputs: [Double], _ target: [Double]) -> Double {
    isSoftmax
      ? -zip(outputs, target).map { $1 == 0 ? 0 : $1 * ElementaryFunctions.logarithm($0) }
        .reduce(0, +)
      : zip(outputs, target).map { ($0 - $1) * ($0 - $1) / 2 }.reduce(0, +)
  }

  /// The gradient of the loss for each layer by the chain rule: weights `[unit * input]`, then
  /// biases.
  ///
  /// `pass` holds the values of the forward pass. Signals that go back through a place are
  /// multiplied by `backward`, `[place][unit]`; an empty list means 1.
  ///
  /// > Source: Rumelhart, Hinton, Williams 1986, Learning representations by back-propagating
  /// > errors.
  func gradient(_ pass: Pass, _ target: [Double], backward: [[Double]] = []) -> [[Double]] {
    var gradients = [[Double]](repeating: [], count: weights.count)
    var delta = zip(pass.outputs, target).map { $0 - $1 }
    for layer in weights.indices.reversed() {
      gradients[layer] = delta.flatMap { error in pass.received[layer].map { error * $0 } } + delta
      guard layer > 0 else { break }
      delta = pass.activations[layer - 1].indices.map { unit in
        var signal = zip(weights[layer], delta).map { $0[unit] * $1 }.reduce(0, +)
        if !backward.isEmpty, !backward[layer].isEmpty { signal *= backward[layer][unit] }
        return signal * functions[layer - 1].slope(pass.preActivations[layer - 1][unit])
      }
    }
    return gradients
  }

  private func softmax(_ logits: [Double]) -> [Double] {
    let total = logarithmOfSum(logits)
    return logits.map { ElementaryFunctions.exponential($0 - total) }
  }
}

extension ActivationFunction {
  /// The function in Double.
  func value(_ z: Double) -> Double {
    switch self {
    case .relu: max(0, z)
    case .tanh: 2 / (1 + ElementaryFunctions.exponential(-2 * z)) - 1
    case .sigmoid: 1 / (1 + ElementaryFunctions.exponential(-z))
    case .linear: z
    }
  }

  /// Its derivative in Double; 0 where ReLU has a corner.
  func slope(_ z: Double) -> Double {
    let value = value(z)
    return switch self {
    case .relu: z > 0 ? 1 : 0
    case .tanh: 1 - value * value
    case .sigmoid: value * (1 - value)
    case .linear: 1
    }
  }
}

/// The sum of products.
func innerProduct(_ first: [Double], _ second: [Double]) -> Double {
  zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
}

/// log of the sum of exponentials.
func logarithmOfSum(_ values: [Double]) -> Double {
  let top = values.max() ?? 0
  return top
    + ElementaryFunctions.logarithm(
      values.reduce(0) { $0 + ElementaryFunctions.exponential($1 - top) })
}
