package import DropoutEngine
import Foundation

/// Recomputes a step's evidence in Double, only from the formulas of the trace format.
///
/// It shares no code with the engine.
package struct StepOracle {
  private let evidence: StepEvidence
  /// The largest relative error of each recomputed quantity.
  package private(set) var errors: [String: Double] = [:]

  /// The largest sum of an output's terms without their signs, which decides the rounding of a
  /// squared error's signal.
  private var outputTerms = 0.0

  private typealias Rows = [[Double]]

  /// Recomputes a step.
  package init(_ evidence: StepEvidence) {
    self.evidence = evidence
    check()
  }

  private var isConnect: Bool { evidence.configuration.dropout.noise == .dropconnect }
  private var masksForward: Bool { evidence.configuration.dropout.maskPass != .backward }
  private var masksBackward: Bool { evidence.configuration.dropout.maskPass != .forward }
  private var batch: Int { evidence.examples.count }

  private func rows(_ matrix: Matrix) -> Rows {
    (0..<matrix.rows).map { row in matrix.row(row).map { Double($0) } }
  }

  /// Records the largest error, relative to the largest value.
  ///
  /// Where a sum cancels, it is relative to the largest sum of its terms without signs, since
  /// rounding is proportional to that.
  private mutating func note(
    _ name: String, _ found: Rows, _ expected: Rows, terms: Double = 0
  ) {
    let flatFound = found.flatMap(\.self)
    let flatExpected = expected.flatMap(\.self)
    precondition(flatFound.count == flatExpected.count, "\(name): shapes differ")
    let scale = max(1e-3, terms, flatExpected.map { abs($0) }.max() ?? 0)
    let worst = zip(flatFound, flatExpected).map { abs($0 - $1) / scale }
      .reduce(0) { $0.isNaN || $1.isNaN ? .infinity : max($0, $1) }
    errors[name] = max(errors[name] ?? 0, worst)
  }

  private func activation(_ name: String, _ z: [Double]) -> [Double] {
    switch name {
    case "relu": return z.map { max($0, 0) }
    case "tanh": return z.map { tanh($0) }
    case "sigmoid": return z.map { 1 / (1 + exp(-$0)) }
    case "softmax":
      let top = z.max() ?? 0
      let exponentials = z.map { exp($0 - top) }
      let total = exponentials.reduce(0, +)
      return exponentials.map { $0 / total }
    default: return z
    }
  }

  private func derivative(_ name: String, _ z: Double, _ a: Double) -> Double {
    switch name {
    case "relu": z > 0 ? 1 : 0
    case "tanh": 1 - a * a
    case "sigmoid": a * (1 - a)
    default: 1
    }
  }

  /// The mask of a weight, or 1.
  private func weightMask(_ layer: LayerEvidence, _ example: Int, _ unit: Int, _ input: Int)
    -> Double
  {
    guard let mask = layer.weightMask else { return 1 }
    return Double(mask[(example * layer.weights.rows + unit) * layer.weights.columns + input])
  }

  private func sums(_ layer: LayerEvidence, _ received: Rows, masked: Bool, factor: Double) -> Rows
  {
    received.enumerated().map { example, row in
      (0..<layer.weights.rows).map { unit in
        factor
          * row.indices.map { input in
            row[input] * Double(layer.weights[unit, input])
              * (masked ? weightMask(layer, example, unit, input) : 1)
          }.reduce(0, +)
      }
    }
  }

  /// The largest sum of a unit's terms without their signs.
  private func largestTerms(_ layer: LayerEvidence, _ received: Rows) -> Double {
    var largest = 0.0
    for row in received {
      for unit in 0..<layer.weights.rows {
        var total = 0.0
        for input in row.indices { total += abs(row[input] * Double(layer.weights[unit, input])) }
        largest = max(largest, total)
      }
    }
    return largest
  }

  private func scaled(_ values: Rows, _ mask: Matrix?, _ factor: Float) -> Rows {
    values.enumerated().map { row, line in
      line.enumerated().map { column, value in
        value * Double(mask?[row, column] ?? 1) * Double(factor)
      }
    }
  }

  private mutating func check() {
    let layers = evidence.layers
    let sources = [evidence.inputDropout] + layers.dropLast().map(\.mask)
    var received = rows(evidence.inputs)
    var tested = scaled(received, evidence.inputDropout.testMask, evidence.inputDropout.testFactor)
    var preActivations: [Rows] = []
    var activations: [Rows] = []
    var allReceived: [Rows] = []
    var testPreActivation: Rows = []
    for (index, layer) in layers.enumerated() {
      let factor = masksForward ? sources[index].trainingFactor : 1
      if !isConnect { received = scaled(received, sources[index].forwardMask, factor) }
      note("received", rows(layer.received), received)
      let sum = sums(layer, received, masked: true, factor: isConnect ? Double(factor) : 1)
      let terms = largestTerms(layer, received) * max(1, Double(factor))
      note("trainingSum", rows(layer.trainingSum), sum, terms: terms)
      let z = sum.map { zip($0, layer.biases).map { $0 + Double($1) } }
      note("preActivation", rows(layer.preActivation), z, terms: terms)
      let a = z.map { activation(layer.activationFunction, $0) }
      note("activation", rows(layer.activation), a, terms: terms)
      if index == layers.count - 1 {
        if evidence.loss == .meanSquaredError { outputTerms = terms }
        note("trainingOutput", rows(evidence.trainingOutput), a, terms: terms)
      }
      allReceived.append(received)
      preActivations.append(z)
      activations.append(a)
      note("testReceived", rows(layer.testReceived), tested)
      let testSum = sums(layer, tested, masked: false, factor: 1)
      note("testSum", rows(layer.testSum), testSum, terms: largestTerms(layer, tested))
      testPreActivation = testSum.map { zip($0, layer.biases).map { $0 + Double($1) } }
      tested = scaled(
        testPreActivation.map { activation(layer.activationFunction, $0) }, layer.mask.testMask,
        layer.mask.testFactor)
      received = a
    }
    let last = layers.count - 1
    note("trainingLoss", [[evidence.trainingLoss]], [[loss(preActivations[last])]])
    note("testPassLoss", [[evidence.testPassLoss]], [[loss(testPreActivation)]])
    checkBackward(sources, allReceived, preActivations, activations)
  }

  private func loss(_ z: Rows) -> Double {
    switch evidence.targets {
    case .classes(let classes):
      zip(z, classes).map { row, target in crossEntropy(row, target) }.reduce(0, +)
        / Double(batch)
    case .values(let wanted):
      zip(z, rows(wanted)).map { row, target in squaredError(row, target) }.reduce(0, +)
        / Double(batch)
    }
  }

  private func crossEntropy(_ row: [Double], _ target: Int) -> Double {
    let top = row.max() ?? 0
    var total = 0.0
    for logit in row { total += exp(logit - top) }
    return log(total) + top - row[target]
  }

  private func squaredError(_ row: [Double], _ target: [Double]) -> Double {
    var total = 0.0
    for (output, wanted) in zip(row, target) { total += (output - wanted) * (output - wanted) / 2 }
    return total
  }

  private func outputDelta(_ output: Rows) -> Rows {
    let wanted: Rows =
      switch evidence.targets {
      case .classes(let classes):
        zip(output, classes).map { row, target in row.indices.map { $0 == target ? 1 : 0 } }
      case .values(let values): rows(values)
      }
    return zip(output, wanted).map { zip($0, $1).map { ($0 - $1) / Double(batch) } }
  }

  private mutating func checkBackward(
    _ sources: [MaskEvidence], _ received: [Rows], _ z: [Rows], _ a: [Rows]
  ) {
    var delta = outputDelta(a[a.count - 1])
    // The signals before the derivative, since 1 - a * a cancels where a unit saturates.
    var signals = delta
    for index in evidence.layers.indices.reversed() {
      let layer = evidence.layers[index]
      let factor = Double(masksBackward ? sources[index].trainingFactor : 1)
      let weightFactor = isConnect ? factor : 1
      var gradient: Rows = []
      for unit in 0..<layer.weights.rows {
        var line: [Double] = []
        for input in 0..<layer.weights.columns {
          var total = 0.0
          for example in 0..<batch {
            total +=
              delta[example][unit] * received[index][example][input]
              * weightMask(layer, example, unit, input)
          }
          line.append(weightFactor * total)
        }
        gradient.append(line)
      }
      let biasGradient = (0..<layer.weights.rows).map { unit in delta.map { $0[unit] }.reduce(0, +)
      }
      note("weightGradient", rows(layer.weightGradient), gradient)
      let terms = (0..<layer.weights.rows).map { unit in
        signals.map { abs($0[unit]) }.reduce(0, +)
      }
      note(
        "biasGradient", [layer.biasGradient.map { Double($0) }], [biasGradient],
        terms: max(outputTerms, terms.max() ?? 0))
      // Starts from the engine's own gradient: an adaptive optimizer makes a whole step of rounding
      // where the true gradient is 0.
      checkUpdate(layer, rows(layer.weightGradient), layer.biasGradient.map { Double($0) })
      guard index > 0 else { continue }
      let below = evidence.layers[index - 1]
      signals = (0..<batch).map { example in
        (0..<layer.weights.columns).map { input in
          var signal = 0.0
          for unit in 0..<layer.weights.rows {
            signal +=
              delta[example][unit] * Double(layer.weights[unit, input])
              * weightMask(layer, example, unit, input)
          }
          return signal * Double(below.mask.backwardMask[example, input]) * factor
        }
      }
      delta = (0..<batch).map { example in
        (0..<layer.weights.columns).map { input in
          signals[example][input]
            * derivative(
              below.activationFunction, z[index - 1][example][input], a[index - 1][example][input])
        }
      }
    }
  }

  private mutating func checkUpdate(
    _ layer: LayerEvidence, _ gradient: Rows, _ biasGradient: [Double]
  ) {
    var updated: Rows = (0..<layer.weights.rows).map { unit in
      (0..<layer.weights.columns).map { input in
        let weight = Double(layer.weights[unit, input])
        let sign: Double = weight > 0 ? 1 : (weight < 0 ? -1 : 0)
        let penalised =
          gradient[unit][input] + Double(layer.regularizer.l2) * weight
          + Double(layer.regularizer.l1) * sign
        let state = layer.optimizerState.map { Double($0.weights[unit, input]) }
        return weight - change(penalised, state, layer.learningRate, Double(layer.updateFactor))
      }
    }
    if let cap = layer.regularizer.maxNorm.map({ Double($0) }) {
      updated = updated.map { row in
        let norm = row.map { $0 * $0 }.reduce(0, +).squareRoot()
        return norm > cap ? row.map { $0 * cap / norm } : row
      }
    }
    note("weightsAfter", rows(layer.weightsAfter), updated)
    let biases = layer.biases.indices.map { unit in
      Double(layer.biases[unit])
        - change(
          biasGradient[unit], layer.optimizerState.map { Double($0.biases[unit]) },
          layer.learningRate, 1)
    }
    note("biasesAfter", [layer.biasesAfter.map { Double($0) }], [biases])
  }

  /// The amount that an optimizer subtracts from a parameter.
  private func change(_ g: Double, _ state: [Double], _ rate: Float, _ factor: Double) -> Double {
    let settings = evidence.configuration.optimizer
    let t = Double(evidence.step + 1)
    let step = Double(rate) * factor
    switch settings.kind {
    case .sgd: return step * g
    case .momentum: return step * (settings.momentum * state[0] + g)
    case .nesterov: return step * (g + settings.momentum * (settings.momentum * state[0] + g))
    case .rmsprop:
      let square = settings.decay * state[0] + (1 - settings.decay) * g * g
      return step * g / (square.squareRoot() + settings.epsilon)
    case .adam:
      let mean = settings.beta1 * state[0] + (1 - settings.beta1) * g
      let square = settings.beta2 * state[1] + (1 - settings.beta2) * g * g
      return step * (mean / (1 - pow(settings.beta1, t)))
        / ((square / (1 - pow(settings.beta2, t))).squareRoot() + settings.epsilon)
    }
  }
}
