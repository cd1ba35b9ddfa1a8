import DropoutEngine
import Foundation
import Oracles
import Testing

@Suite("Gradients") struct GradientTests {
  /// A weight, or a bias where `input` is nil.
  private struct Parameter: Equatable {
    var layer: Int
    var unit: Int
    var input: Int?
  }

  /// The masked loss of a step's minibatch in Double, with one parameter changed.
  private func loss(_ evidence: StepEvidence, _ parameter: Parameter, moved: Double) -> Double {
    var values = (0..<evidence.inputs.rows).map { evidence.inputs.row($0).map { Double($0) } }
    var mask = evidence.inputDropout
    for (index, one) in evidence.layers.enumerated() {
      values = values.enumerated().map { row, line in
        (0..<one.weights.rows).map { unit in
          let isHere = index == parameter.layer && unit == parameter.unit
          // Dropconnect masks weights; the factor applies where the mask does.
          var z = Double(one.biases[unit]) + (isHere && parameter.input == nil ? moved : 0)
          for (input, value) in line.enumerated() {
            let weight =
              Double(one.weights[unit, input]) + (isHere && parameter.input == input ? moved : 0)
            let weightMask = one.weightMask.map {
              Double($0[(row * one.weights.rows + unit) * line.count + input])
            }
            z +=
              value * Double(mask.forwardMask[row, input]) * Double(mask.trainingFactor) * weight
              * (weightMask ?? 1)
          }
          return activated(one.activationFunction, z)
        }
      }
      mask = one.mask
    }
    return meanLoss(values, evidence.targets)
  }

  private func activated(_ name: String, _ z: Double) -> Double {
    switch name {
    case "tanh": tanh(z)
    case "sigmoid": 1 / (1 + exp(-z))
    case "relu": max(z, 0)
    default: z
    }
  }

  private func meanLoss(_ outputs: [[Double]], _ targets: Dataset.Targets) -> Double {
    var total = 0.0
    for (row, line) in outputs.enumerated() {
      switch targets {
      case .classes(let classes):
        total += log(line.map { exp($0) }.reduce(0, +)) - line[classes[row]]
      case .values(let wanted):
        for (output, value) in line.enumerated() {
          let difference = value - Double(wanted[row, output])
          total += difference * difference / 2
        }
      }
    }
    return total / Double(outputs.count)
  }

  /// Compares every gradient of a step with a central difference.
  private func check(_ configuration: ExperimentConfiguration, _ comment: String) throws {
    let trainer = try configuration.trainer()
    try trainer.advance(steps: 20)
    let evidence = try trainer.evidence()
    // A kink within the step of a difference would spoil the difference.
    let nearest =
      evidence.layers.filter { $0.activationFunction == "relu" }
      .flatMap(\.preActivation.elements).map { abs($0) }.min() ?? 1
    let width = min(1e-5, Double(nearest) / 100)
    try #require(width > 1e-8, "a unit stands on its kink: \(comment)")
    for (index, layer) in evidence.layers.enumerated() {
      for unit in 0..<layer.weights.rows {
        let inputs: [Int?] = [nil] + (0..<layer.weights.columns).map { $0 }
        for input in inputs {
          let parameter = Parameter(layer: index, unit: unit, input: input)
          let expected =
            (loss(evidence, parameter, moved: width) - loss(evidence, parameter, moved: -width))
            / (2 * width)
          let found = input.map { layer.weightGradient[unit, $0] } ?? layer.biasGradient[unit]
          #expect(abs(Double(found) - expected) < 3e-6, "\(comment): \(parameter)")
        }
      }
    }
  }

  @Test(
    "agree with central differences where both passes have one mask, at every depth and loss",
    arguments: ActivationFunction.allCases, [[], [5], [5, 4], [4, 3, 4]])
  func centralDifferences(activation: ActivationFunction, hidden: [Int]) throws {
    for data in ["circle", "moons", "plane"] {
      for scaling in [Scaling.off, .inverted] {
        for sharing in [MaskSharing.example, .batch] {
          var configuration = ExperimentConfiguration()
          configuration.data = data
          // Squared error for classes as well.
          if data == "moons" { configuration.loss = .meanSquaredError }
          configuration.hidden = hidden
          configuration.activation = PerLayer(activation)
          configuration.dropout = DropoutSettings(scaling: scaling, maskSharing: sharing)
          configuration.keep = PerLayer(0.8)
          configuration.keepInput = 0.7
          configuration.learningRate = PerLayer(0.002)
          try check(configuration, "\(data) \(scaling) \(sharing)")
        }
      }
    }
  }

  @Test(
    "agree with central differences under Gaussian noise, masked weights and no dropout",
    arguments: [Variant.gaussian, .dropconnect, .none], ActivationFunction.allCases)
  func otherNoise(variant: Variant, activation: ActivationFunction) throws {
    for data in ["circle", "plane"] {
      var configuration = ExperimentConfiguration()
      configuration.data = data
      configuration.hidden = [4, 3]
      configuration.activation = PerLayer(values: [activation, .tanh])
      configuration.variant = variant
      configuration.dropout = variant.settings
      configuration.keep = PerLayer(0.8)
      configuration.keepInput = 0.7
      configuration.learningRate = PerLayer(0.002)
      try check(configuration, "\(data)")
    }
  }
}
