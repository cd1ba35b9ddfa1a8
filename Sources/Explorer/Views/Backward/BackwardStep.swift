import DropoutEngine
import TerminalCells

/// The work of both passes' masks on one unit of a hidden layer, in the step that is drawn and for
/// the watched example.
struct BackwardUnit: Equatable {
  /// The multiplier of the activation in the forward pass.
  var forward: Double
  /// The multiplier of the signal in the backward pass.
  var backward: Double
  /// The activation before the mask.
  var activation: Double
  /// dL/d(what the unit sends on): the signal before the mask.
  var signal: Double
  /// dL/dz: behind mask and nonlinearity.
  var delta: Double

  /// The value that the unit sent on.
  var sent: Double { activation * forward }
  /// dL/da: the signal behind the mask.
  var maskedSignal: Double { signal * backward }
  /// Whether the two passes multiplied differently.
  var differs: Bool { forward != backward }
}

extension ExplorerState {
  /// Whether units (and not weights) are masked in the step that is drawn.
  var masksUnits: Bool { !evidence.configuration.dropout.noise.masksWeights }

  /// The numbers of a unit in both passes; a unit of the output layer has no mask.
  func backwardUnit(layer: Int, unit: Int) -> BackwardUnit {
    let values = evidence.layers[layer]
    let row = watchedRow
    let (forward, backward) = multipliers(layer: layer, unit: unit)
    return BackwardUnit(
      forward: forward, backward: backward, activation: Double(values.activation[row, unit]),
      signal: Double(values.signal[row, unit]), delta: Double(values.delta[row, unit]))
  }

  /// The multipliers of a unit in both passes, factors included.
  func multipliers(layer: Int, unit: Int) -> (forward: Double, backward: Double) {
    let mask = evidence.layers[layer].mask
    let dropout = evidence.configuration.dropout
    guard layer < outputLayer, masksUnits else { return (1, 1) }
    let factor = Double(mask.trainingFactor)
    // A pass that leaves the mask out leaves the factor out, too.
    let forward = Double(mask.forwardMask[watchedRow, unit])
    let backward = Double(mask.backwardMask[watchedRow, unit])
    return (
      dropout.maskPass == .backward ? 1 : forward * factor,
      dropout.maskPass == .forward ? 1 : backward * factor
    )
  }

  /// The gradient of a weight from the watched example alone; the weights learn from the sum of it
  /// over the minibatch.
  package func ownGradient(layer: Int, unit: Int, source: Int) -> Double {
    let values = evidence.layers[layer]
    return Double(values.delta[watchedRow, unit])
      * Double(values.received[watchedRow, source])
      * weightMultiplier(layer: layer, unit: unit, source: source)
  }

  /// The value that a weight carries forward for the watched example: 0 into a unit that is masked
  /// and sends nothing on.
  func carried(layer: Int, unit: Int, source: Int) -> Double {
    let values = evidence.layers[layer]
    switch mark(of: unit, in: .result(of: layer)) {
    case .masked, .killed: return 0
    case .kept, .pinned: break
    }
    return Double(values.weights[unit, source]) * Double(values.received[watchedRow, source])
      * weightMultiplier(layer: layer, unit: unit, source: source)
  }

  /// The size of the signal that passes a unit, back to its sum; 0 where it is masked.
  func passedSignal(layer: Int, unit: Int) -> Double {
    let value = backwardUnit(layer: layer, unit: unit)
    return value.forward == 0 || !value.delta.isFinite ? 0 : value.delta.magnitude
  }

  /// The kept unit of a layer that the largest signal passes; nil where none passes.
  func strongestUnit(of layer: Int) -> Int? {
    let units = 0..<unitCount(of: .result(of: layer))
    let strongest = units.max {
      passedSignal(layer: layer, unit: $0) < passedSignal(layer: layer, unit: $1)
    }
    return strongest.flatMap { passedSignal(layer: layer, unit: $0) > 0 ? $0 : nil }
  }

  /// The number of units that the two passes multiply differently.
  func differingUnits(layer: Int) -> Int {
    (0..<unitCount(of: .result(of: layer))).count {
      let (forward, backward) = multipliers(layer: layer, unit: $0)
      return forward != backward
    }
  }

  /// The 2-norm of the gradient of a unit's incoming weights, over the minibatch.
  func gradientNorm(layer: Int, unit: Int) -> Double {
    squares(evidence.layers[layer].weightGradient.row(unit)).squareRoot()
  }

  /// The 2-norm of the gradient of a layer's weights and biases, over the minibatch.
  func gradientNorm(layer: Int) -> Double {
    let values = evidence.layers[layer]
    return (squares(values.weightGradient.elements[...]) + squares(values.biasGradient[...]))
      .squareRoot()
  }

  /// How far the step moves a layer's weights, as a 2-norm.
  func weightStep(layer: Int) -> Double {
    let before = evidence.layers[layer].weights.elements
    let after = evidence.layers[layer].weightsAfter.elements
    var sum = 0.0
    for index in before.indices {
      let difference = Double(after[index]) - Double(before[index])
      sum += difference * difference
    }
    return sum.squareRoot()
  }

  private func squares(_ values: ArraySlice<Float>) -> Double {
    var sum = 0.0
    for value in values { sum += Double(value) * Double(value) }
    return sum
  }

  /// The style of a value that a phase computes: the present phase is brighter than earlier ones,
  /// and later ones are not drawn.
  func style(of phase: StepPhase, _ role: Role = .text) -> Style {
    guard snapshot.isCurrent(snapshot.watched) else { return Style(.dim) }
    return self.phase == phase ? Style(.selected) : Style(role)
  }
}

extension NumberText {
  /// A signal or a gradient in a table: with as many decimals as fit a width, up to four, and no
  /// powers of ten, so that a column has one form; only what is 0 is `0`.
  static func gradient(_ value: Double, width: Int) -> String {
    value == 0 ? padded("0", width: width) : fitted(value, decimals: 4, width: width)
  }
}
