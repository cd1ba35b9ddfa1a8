import DropoutCore
import Foundation
import Testing

@Suite("Gradients") struct GradientTests {
  /// The masked loss of a step's minibatch in Double, with one weight moved.
  private func loss(_ evidence: StepEvidence, layer: Int, unit: Int, input: Int, moved: Double)
    -> Double
  {
    var values = (0..<evidence.inputs.rows).map { evidence.inputs.row($0).map { Double($0) } }
    var mask = evidence.inputDropout
    for (index, one) in evidence.layers.enumerated() {
      values = values.enumerated().map { row, line in
        let received = line.enumerated().map { column, value in
          value * Double(mask.forwardMask[row, column]) * Double(mask.trainingFactor)
        }
        return (0..<one.weights.rows).map { j in
          var z = Double(one.biases[j])
          for i in received.indices {
            let isMoved = index == layer && j == unit && i == input
            z += received[i] * (Double(one.weights[j, i]) + (isMoved ? moved : 0))
          }
          switch one.activationFunction {
          case "tanh": return tanh(z)
          case "sigmoid": return 1 / (1 + exp(-z))
          case "relu": return max(z, 0)
          default: return z
          }
        }
      }
      mask = one.mask
    }
    guard case .classes(let classes) = evidence.targets else { return .nan }
    return zip(values, classes).map { row, target in
      log(row.map { exp($0) }.reduce(0, +)) - row[target]
    }.reduce(0, +) / Double(classes.count)
  }

  @Test(
    "agree with central differences where both passes have one mask",
    arguments: [ActivationFunction.tanh, .sigmoid, .linear, .relu], [Scaling.off, .inverted])
  func centralDifferences(activation: ActivationFunction, scaling: Scaling) throws {
    var configuration = ExperimentConfiguration()
    configuration.hidden = [5, 4]
    configuration.activation = PerLayer(activation)
    configuration.dropout.scaling = scaling
    configuration.keep = PerLayer(0.8)
    configuration.keepInput = 0.7
    let trainer = try configuration.trainer()
    try trainer.advance(steps: 20)
    let evidence = try trainer.evidence()
    // A kink within the step of a difference would spoil it.
    let nearest =
      evidence.layers.dropLast().flatMap(\.preActivation.elements).map { abs($0) }.min() ?? 1
    let width = activation == .relu ? min(1e-5, Double(nearest) / 100) : 1e-5
    for (index, layer) in evidence.layers.enumerated() {
      for unit in 0..<layer.weights.rows {
        for input in 0..<layer.weights.columns {
          let up = loss(evidence, layer: index, unit: unit, input: input, moved: width)
          let down = loss(evidence, layer: index, unit: unit, input: input, moved: -width)
          let expected = (up - down) / (2 * width)
          #expect(abs(Double(layer.weightGradient[unit, input]) - expected) < 2e-6)
        }
      }
    }
  }
}
