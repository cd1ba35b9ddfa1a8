/// How inputs are scaled: (value - offset) / divisor, both taken from the training part only.
enum InputScaling {
  /// The offsets and divisors of each input; a divisor of 0 marks a constant column.
  ///
  /// Means and deviations are Doubles, summed in the order of `examples`.
  static func fit(
    _ normalization: Normalization, values: Dataset.Values, inputs: Int, examples: [Int]
  ) -> (offsets: [Float], divisors: [Float]) {
    switch (normalization, values) {
    case (.none, _):
      return ([Float](repeating: 0, count: inputs), [Float](repeating: 1, count: inputs))
    case (_, .bytes):
      return ([Float](repeating: 0, count: inputs), [Float](repeating: 255, count: inputs))
    case (.standard, .numbers(let numbers)):
      return standardized(numbers, inputs: inputs, examples: examples)
    case (.unit, .numbers(let numbers)):
      return toUnitRange(numbers, inputs: inputs, examples: examples)
    }
  }

  private static func standardized(
    _ numbers: [Float], inputs: Int, examples: [Int]
  ) -> (offsets: [Float], divisors: [Float]) {
    let count = Double(examples.count)
    var means = [Double](repeating: 0, count: inputs)
    for example in examples {
      for input in 0..<inputs { means[input] += Double(numbers[example * inputs + input]) }
    }
    for input in 0..<inputs { means[input] /= count }
    var variances = [Double](repeating: 0, count: inputs)
    for example in examples {
      for input in 0..<inputs {
        let difference = Double(numbers[example * inputs + input]) - means[input]
        variances[input] += difference * difference
      }
    }
    let constant = constantColumns(numbers, inputs: inputs, examples: examples)
    let divisors = (0..<inputs).map { input in
      constant[input] ? Float(0) : Float((variances[input] / count).squareRoot())
    }
    return (means.map { Float($0) }, divisors)
  }

  private static func toUnitRange(
    _ numbers: [Float], inputs: Int, examples: [Int]
  ) -> (offsets: [Float], divisors: [Float]) {
    var lowest = [Float](repeating: .infinity, count: inputs)
    var highest = [Float](repeating: -.infinity, count: inputs)
    for example in examples {
      for input in 0..<inputs {
        lowest[input] = min(lowest[input], numbers[example * inputs + input])
        highest[input] = max(highest[input], numbers[example * inputs + input])
      }
    }
    return (lowest, zip(highest, lowest).map { $0 - $1 })
  }

  private static func constantColumns(
    _ numbers: [Float], inputs: Int, examples: [Int]
  ) -> [Bool] {
    var constant = [Bool](repeating: true, count: inputs)
    guard let first = examples.first else { return constant }
    for example in examples {
      for input in 0..<inputs
      where numbers[example * inputs + input] != numbers[first * inputs + input] {
        constant[input] = false
      }
    }
    return constant
  }
}
