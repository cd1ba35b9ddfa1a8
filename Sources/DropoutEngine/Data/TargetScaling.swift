/// How a target that is a number is scaled: (value - offset) / divisor.
///
/// A network starts with outputs of about 1, so targets in thousands make its first gradients a
/// thousand times too large. Both numbers are taken from the training part only.
public struct TargetScaling: Equatable, Sendable {
  /// The mean over the training part.
  public let offset: Double
  /// The standard deviation over the training part; 1 where the target is constant.
  public let divisor: Double

  /// Creates a scaling.
  public init(offset: Double, divisor: Double) {
    self.offset = offset
    self.divisor = divisor
  }

  /// A scaled value in the target's own units.
  public func own(_ scaled: Double) -> Double { scaled * divisor + offset }

  /// A value in the target's own units, scaled.
  public func scaled(_ own: Double) -> Double { (own - offset) / divisor }

  /// Targets as a network is trained on them, and their scalings.
  ///
  /// - Parameters:
  ///   - targets: the targets, less their origins.
  ///   - normalization: the choice of scaling.
  ///   - origins: the number that was subtracted in Double from each column; empty where nothing
  ///     was.
  ///   - examples: the examples of the training part.
  /// - Returns: the targets, and a scaling of each column that refers to its own units, origin
  ///   included; classes have none.
  static func scale(
    _ targets: Dataset.Targets, _ normalization: TargetNormalization, origins: [Double],
    examples: [Int]
  ) -> (targets: Dataset.Targets, scalings: [TargetScaling]) {
    guard case .values(let values) = targets else { return (targets, []) }
    func origin(_ column: Int) -> Double { origins.isEmpty ? 0 : origins[column] }
    func changed(_ change: (_ value: Double, _ column: Int) -> Double) -> Dataset.Targets {
      let columns = values.columns
      return .values(
        Matrix(
          rows: values.rows, columns: columns,
          elements: values.elements.enumerated().map { index, value in
            Float(change(Double(value), index % columns))
          }))
    }
    guard normalization == .standard else {
      guard origins.contains(where: { $0 != 0 }) else { return (targets, []) }
      return (changed { value, column in value + origin(column) }, [])
    }
    let scalings = fit(values, examples: examples)
    return (
      changed { value, column in scalings[column].scaled(value) },
      scalings.enumerated().map { column, scaling in
        TargetScaling(offset: scaling.offset + origin(column), divisor: scaling.divisor)
      }
    )
  }

  /// The scalings of all columns of targets over some examples.
  private static func fit(_ targets: Matrix, examples: [Int]) -> [TargetScaling] {
    (0..<targets.columns).map { column in
      let values = examples.lazy.map { Double(targets[$0, column]) }
      let mean = values.reduce(0, +) / Double(examples.count)
      let variance =
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(examples.count)
      // The divisor stays within what a Float can hold, so that weights can be scaled back.
      let deviation = variance.squareRoot()
      return TargetScaling(offset: mean, divisor: deviation >= 1e-30 ? deviation : 1)
    }
  }
}

extension Dataset {
  /// An output or a target of the network in the target's own units.
  public func own(_ value: Double, output: Int) -> Double {
    targetScalings.indices.contains(output) ? targetScalings[output].own(value) : value
  }
}

extension NetworkParameters {
  /// The network whose outputs are in the targets' own units: the scaling goes into the last layer.
  public func inOwnUnits(of dataset: Dataset) -> NetworkParameters {
    scalingOutputs(of: dataset) { scaling, bias in
      (scaling.divisor, bias * scaling.divisor + scaling.offset)
    }
  }

  /// The network whose outputs are scaled as the dataset's targets are, from one in their own
  /// units.
  public func scaled(for dataset: Dataset) -> NetworkParameters {
    scalingOutputs(of: dataset) { scaling, bias in
      (1 / scaling.divisor, (bias - scaling.offset) / scaling.divisor)
    }
  }

  /// Multiplies the weights of each output, and replaces its bias.
  ///
  /// Where the outputs are not those of the dataset nothing changes; whoever uses the weights
  /// checks their shape.
  private func scalingOutputs(
    of dataset: Dataset,
    _ change: (TargetScaling, _ bias: Double) -> (factor: Double, bias: Double)
  ) -> NetworkParameters {
    var result = self
    guard let last = layers.indices.last, !dataset.targetScalings.isEmpty,
      layers[last].weights.rows == dataset.targetScalings.count
    else { return self }
    for (output, scaling) in dataset.targetScalings.enumerated() {
      let (factor, bias) = change(scaling, Double(layers[last].biases[output]))
      for source in 0..<layers[last].weights.columns {
        let weight = Double(layers[last].weights[output, source])
        result.layers[last].weights[output, source] = Float(weight * factor)
      }
      result.layers[last].biases[output] = Float(bias)
    }
    return result
  }
}
