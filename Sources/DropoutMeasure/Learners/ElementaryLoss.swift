import DropoutEngine

/// The losses of single examples in 64 bits.
enum ElementaryLoss {
  static func crossEntropy(_ logits: [Double], target: Int) -> Double {
    let greatest = logits.max() ?? 0
    let sum = logits.reduce(0) { $0 + ElementaryFunctions.exponential($1 - greatest) }
    return ElementaryFunctions.logarithm(sum) + greatest - logits[target]
  }

  /// Half the squared error, summed over the outputs.
  static func squaredError(_ outputs: [Double], target: (Int) -> Double) -> Double {
    outputs.indices.reduce(0) { sum, output in
      let error = outputs[output] - target(output)
      return sum + error * error / 2
    }
  }
}
