import DropoutEngine

/// The output layer's step from sums to outputs and losses, in 64 bits.
struct OutputTransform {
  let hasProbabilities: Bool
  let target: EnsembleTarget

  /// The outputs of sums: their softmax, or the sums themselves.
  func outputs(of sums: [Double]) -> [Double] {
    guard hasProbabilities else { return sums }
    let total = OutputTransform.logSumExp(sums)
    return sums.map { ElementaryFunctions.exponential($0 - total) }
  }

  /// The loss of sums.
  func loss(ofSums sums: [Double]) -> Double {
    guard hasProbabilities, case .classNumber(let number) = target else {
      return loss(ofOutputs: sums)
    }
    return OutputTransform.logSumExp(sums) - sums[number]
  }

  /// The loss of outputs.
  func loss(ofOutputs outputs: [Double]) -> Double {
    if hasProbabilities, case .classNumber(let number) = target {
      return -ElementaryFunctions.logarithm(outputs[number])
    }
    return 0.5 * squaredError(of: outputs)
  }

  /// |outputs - target|^2.
  func squaredError(of outputs: [Double]) -> Double {
    zip(outputs, target.numbers(outputs: outputs.count)).map { ($0 - $1) * ($0 - $1) }
      .reduce(0, +)
  }

  /// log of the sum of exponentials; NaN where a value is.
  static func logSumExp(_ values: [Double]) -> Double {
    let top = values.max() ?? 0
    return top
      + ElementaryFunctions.logarithm(
        values.map { ElementaryFunctions.exponential($0 - top) }.reduce(0, +))
  }
}
