import CKernels
public import DropoutEngine

extension Measurer {
  /// The largest number of masked units upstream of a sum whose masks are all enumerated.
  public static let enumerableSumUnits = 20
  /// The number of masks that the engine draws to measure one sum.
  static let drawnSumMasks = 4096

  /// Everything about the sum that feeds one unit, for one example of a step.
  ///
  /// - Parameters:
  ///   - state: the network before the step.
  ///   - evidence: the step.
  ///   - row: the example, as a row of the evidence's minibatch.
  ///   - layer: the layer, counted from 0, the output layer last.
  ///   - unit: the unit of that layer.
  /// - Returns: the sum of this step, all sums over masks, and theory.
  /// - Complexity: at most 2^20 sums, or 4096 forward passes.
  public func unitSums(
    _ state: NetworkState, of evidence: StepEvidence, row: Int, layer: Int, unit: Int
  ) -> UnitSums {
    let values = evidence.layers[layer]
    let example = evidence.examples[row]
    let activation: UnitActivation =
      layer == state.shape.hidden.count
      ? .output : .hidden(state.configuration.activation[layer])
    return withPass(state) { pass, plan, parameters in
      gather([Int](repeating: example, count: Measurer.capacity)[...], into: pass)
      let sums = SumOverMasks(
        pass: pass, plan: plan, parameters: parameters, layer: layer, unit: unit,
        activation: activation)
      let drawn = sums.drawn(Measurer.drawnSumMasks, step: state.step)
      let enumerated = sums.enumerated(atMost: Measurer.enumerableSumUnits)
      return UnitSums(
        layer: layer, unit: unit, step: evidence.step, example: example,
        terms: Measurer.terms(of: evidence, row: row, layer: layer, unit: unit),
        stepSum: Double(values.trainingSum[row, unit]), testSum: Double(values.testSum[row, unit]),
        bias: Double(values.biases[unit]), activation: activation,
        distribution: enumerated ?? drawn,
        drawn: DrawnMoments(masks: drawn.masks, mean: drawn.mean, deviation: drawn.deviation),
        theory: sums.theory())
    }
  }

  /// The contribution of each incoming unit in a step.
  private static func terms(
    of evidence: StepEvidence, row: Int, layer: Int, unit: Int
  ) -> [SumTerm] {
    let values = evidence.layers[layer]
    let source = UnitLayer.source(of: layer)
    let below = evidence.mask(of: source)
    let activations = evidence.values(of: source).row(row)
    let weights = Array(values.weights.row(unit))
    let received = Array(values.testReceived.row(row))
    let mask = Array(below.forwardMask.row(row))
    let units = values.weights.rows
    // A pass that leaves the mask out also leaves the factor out.
    let isForward =
      evidence.configuration.dropout.maskPass != .backward
      && (evidence.configuration.keepProbability(feeding: layer) < 1)
    let factor = isForward ? Double(below.trainingFactor) : 1
    return activations.enumerated().map { input, activation in
      let weightMask = values.weightMask.map {
        Double($0[(row * units + unit) * weights.count + input])
      }
      return SumTerm(
        weight: Double(weights[input]), activation: Double(activation),
        mask: weightMask ?? Double(mask[input]), factor: factor,
        testContribution: Double(weights[input]) * Double(received[input]))
    }
  }
}
