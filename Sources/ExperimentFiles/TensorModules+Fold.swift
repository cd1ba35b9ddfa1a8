import DropoutEngine

extension TensorModules {
  /// Folds each batch norm into the layer that it stands next to.
  ///
  /// In test mode a norm is a factor f = scale / sqrt(variance + eps) and a shift for each unit, so
  /// it can go into the weights and biases before it: W' = f W, b' = f (b - mean) + shift. Where no
  /// layer stands before it, it goes into the one behind: W' = W f, b' = b + W (shift - f mean).
  ///
  /// - Parameter names: the layers that are named; norms of other layers are left aside with them.
  /// - Returns: remarks, a sentence each.
  /// - Throws: ``SafetensorsError`` where no layer stands next to a norm.
  mutating func foldNorms(naming names: [String]?) throws(SafetensorsError) -> [String] {
    var notes: [String] = []
    for norm in norms {
      let (place, isBehind) = try layer(nextTo: norm)
      guard names?.contains(layers[place].name) ?? true else {
        strays.append(norm.name)
        continue
      }
      try fold(norm, into: place, isBehind: isBehind)
      notes.append(
        "batch norm '\(ForeignText.shown(norm.name, limit: 60))' is folded into layer "
          + "'\(ForeignText.shown(layers[place].name, limit: 60))'"
          + (isBehind ? " behind it" : "") + ", as it is in test mode (eps "
          + (norm.epsilon == Norm.epsilon ? "1e-5" : "1e-3") + ")")
    }
    norms = []
    return notes
  }

  private mutating func fold(
    _ norm: Norm, into place: Int, isBehind: Bool
  ) throws(SafetensorsError) {
    let count = isBehind ? layers[place].inputs : layers[place].units
    guard count == norm.mean.count else {
      throw .unfoldable(
        norm.name, .otherUnits(norm.mean.count, layer: layers[place].name, count))
    }
    var parameters = layers[place].parameters
    let (units, inputs) = (parameters.weights.rows, parameters.weights.columns)
    var added = [Double](repeating: 0, count: units)
    for number in norm.mean.indices {
      let variance = Double(norm.variance[number])
      guard variance >= 0 else {
        throw .unfoldable(norm.name, .negativeVariance(unit: number, norm.variance[number]))
      }
      let factor = Double(norm.scale?[number] ?? 1) / (variance + norm.epsilon).squareRoot()
      let shift = Double(norm.shift?[number] ?? 0) - factor * Double(norm.mean[number])
      if isBehind {
        for unit in 0..<units {
          let weight = Double(parameters.weights[unit, number])
          parameters.weights[unit, number] = Float(weight * factor)
          added[unit] += weight * shift
        }
      } else {
        let bias = Double(parameters.biases[number]) - Double(norm.mean[number])
        parameters.biases[number] = Float(bias * factor + Double(norm.shift?[number] ?? 0))
        for source in 0..<inputs {
          let weight = Double(parameters.weights[number, source])
          parameters.weights[number, source] = Float(weight * factor)
        }
      }
    }
    if isBehind {
      for unit in 0..<units {
        parameters.biases[unit] = Float(Double(parameters.biases[unit]) + added[unit])
      }
    }
    layers[place].parameters = parameters
  }

  /// The layer right before a norm, by the numbers of a Sequential or by names such as `fc1` and
  /// `bn1`; else the one right behind it in a Sequential.
  private func layer(nextTo norm: Norm) throws(SafetensorsError) -> (place: Int, isBehind: Bool) {
    let name = ModuleName(norm.name)
    guard let number = name.number else { throw .unfoldable(norm.name, .noPlace) }
    let counted = layers.indices.filter { ModuleName(layers[$0].name).prefix == name.prefix }
    if !counted.isEmpty {
      for (other, isBehind) in [(number - 1, false), (number + 1, true)] {
        let place = counted.first { ModuleName(layers[$0].name).number == other }
        if let place { return (place, isBehind) }
      }
      throw .unfoldable(norm.name, .noNeighbour)
    }
    let same = layers.indices.filter { ModuleName(layers[$0].name).number == number }
    let near = same.filter { ModuleName.parent(layers[$0].name) == ModuleName.parent(norm.name) }
    let found = near.isEmpty ? same : near
    guard found.count == 1 else { throw .unfoldable(norm.name, .noPlace) }
    return (found[0], false)
  }
}

extension SafetensorsError {
  /// A reason why a batch norm cannot be folded into a layer.
  public enum Unfoldable: Equatable, Sendable {
    /// Its variances are not in the file.
    case noVariance
    /// A variance is below 0.
    case negativeVariance(unit: Int, Float)
    /// It has another number of units than the layer next to it.
    case otherUnits(Int, layer: String, Int)
    /// Its name does not say which layer it stands next to.
    case noPlace
    /// No linear layer stands right before or behind it.
    case noNeighbour
  }
}

extension SafetensorsError.Unfoldable: CustomStringConvertible {
  /// The reason and the remedy.
  public var description: String {
    switch self {
    case .noVariance:
      "cannot be folded into a layer: its running_var is missing; write all tensors of the norm"
    case .negativeVariance(let unit, let value):
      "has the variance \(ParameterText.text(Double(value))) for unit \(unit + 1), and no variance "
        + "is below 0: the file is damaged, or holds another quantity there; write it again"
    case .otherUnits(let units, let layer, let others):
      "has \(units) units, but the layer '\(ForeignText.shown(layer, limit: 60))' next to it has "
        + "\(others); give both the numbers that they have in the network, or fold the norm before "
        + "the file is written"
    case .noPlace:
      "cannot be folded into a layer: its name does not say which layer it stands behind; name it "
        + "as bn1 behind fc1, or fold it before the file is written: "
        + "torch.nn.utils.fusion.fuse_linear_bn_eval"
    case .noNeighbour:
      "cannot be folded into a layer: no linear layer stands right before or behind it; fold it "
        + "into the next linear layer before the file is written: f = norm.weight / "
        + "(norm.running_var + norm.eps).sqrt(); next.bias += next.weight @ (norm.bias - f * "
        + "norm.running_mean); next.weight *= f"
    }
  }
}
