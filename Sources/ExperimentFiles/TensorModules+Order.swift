import DropoutEngine

extension TensorModules {
  /// The largest number of layers whose orders are tried.
  private static let mostLayers = 16

  /// The layers in the order in which they follow one another.
  ///
  /// Numbers that count layers of one name are their order. Else their shapes decide, where only
  /// one order lets each layer's inputs be the units of the one before.
  ///
  /// - Parameter names: the names of the layers in order, where the person gave it.
  /// - Returns: all layers, from the inputs on.
  /// - Throws: ``SafetensorsError`` where there is no order, or more than one.
  func ordered(_ names: [String]?) throws(SafetensorsError) -> [Layer] {
    if let names {
      guard names.count == layers.count, Set(names) == Set(layers.map(\.name)) else {
        throw .otherLayers(named: names, found: layers.map(\.name))
      }
      return try chained(names.compactMap { name in layers.first { $0.name == name } })
    }
    let isCounted = Set(layers.map { ModuleName($0.name).prefix }).count == 1
    guard !isCounted, layers.count > 1 else { return try chained(layers) }
    guard layers.count <= TensorModules.mostLayers else {
      throw .severalOrders(layers.map(\.name))
    }
    var found: [[Layer]] = []
    collect([], rest: layers, into: &found)
    guard let only = found.first else { return try chained(layers) }
    guard found.count == 1 else { throw .severalOrders(only.map(\.name)) }
    return only
  }

  private func chained(_ layers: [Layer]) throws(SafetensorsError) -> [Layer] {
    for (below, above) in zip(layers, layers.dropFirst()) where above.inputs != below.units {
      throw .doNotChain(shapes: layers.map { "\($0.units)x\($0.inputs)" })
    }
    return layers
  }

  /// Collects the first two orders in which shapes chain and counted layers keep their order.
  private func collect(_ order: [Layer], rest: [Layer], into found: inout [[Layer]]) {
    guard found.count < 2 else { return }
    guard !rest.isEmpty else {
      found.append(order)
      return
    }
    for (index, layer) in rest.enumerated() {
      guard order.last.map({ $0.units == layer.inputs }) ?? true else { continue }
      let name = ModuleName(layer.name)
      // An earlier one of the same name and a number still waits.
      let isLate = rest[..<index].contains {
        let other = ModuleName($0.name)
        return name.number != nil && other.prefix == name.prefix && other.number != nil
      }
      if isLate { continue }
      var others = rest
      others.remove(at: index)
      collect(order + [layer], rest: others, into: &found)
    }
  }
}

extension TensorModules {
  /// The term that PyTorch adds to a variance before its root is taken.
  ///
  /// > Source: the documentation of torch.nn.BatchNorm1d, the default of eps.
  static let epsilon = 1e-5

  /// Folds each batch norm into the layer that it stands behind.
  ///
  /// In test mode a norm is a factor and a shift for each unit, so it can go into the weights and
  /// biases before it: W' = f W, b' = f (b - mean) + shift, with f = scale / sqrt(variance + eps).
  ///
  /// - Throws: ``SafetensorsError`` where something may stand between the two, or nothing does
  ///   before it.
  mutating func foldNorms() throws(SafetensorsError) -> [String] {
    var notes: [String] = []
    for norm in norms {
      let place = try layer(before: norm)
      guard layers[place].units == norm.mean.count else {
        throw .unfoldable(
          norm.name,
          reason: "it has \(norm.mean.count) units, layer \(layers[place].name) before it has "
            + "\(layers[place].units)")
      }
      var parameters = layers[place].parameters
      for unit in norm.mean.indices {
        let variance = Double(norm.variance[unit])
        guard variance >= 0 else {
          throw .unfoldable(norm.name, reason: "the variance of unit \(unit + 1) is \(variance)")
        }
        let factor =
          Double(norm.scale?[unit] ?? 1) / (variance + TensorModules.epsilon).squareRoot()
        let bias = Double(parameters.biases[unit]) - Double(norm.mean[unit])
        parameters.biases[unit] = Float(bias * factor + Double(norm.shift?[unit] ?? 0))
        for source in 0..<parameters.weights.columns {
          let weight = Double(parameters.weights[unit, source])
          parameters.weights[unit, source] = Float(weight * factor)
        }
      }
      layers[place].parameters = parameters
      notes.append(
        "batch norm '\(ForeignText.shown(norm.name, limit: 60))' is folded into layer "
          + "'\(ForeignText.shown(layers[place].name, limit: 60))', as it is in test mode "
          + "(eps 1e-5)")
    }
    norms = []
    return notes
  }

  /// The layer right before a norm, by the numbers of a Sequential or by names such as `fc1` and
  /// `bn1`.
  private func layer(before norm: Norm) throws(SafetensorsError) -> Int {
    let name = ModuleName(norm.name)
    guard let number = name.number else {
      throw .unfoldable(norm.name, reason: "its name does not say which layer it stands behind")
    }
    let counted = layers.indices.filter { ModuleName(layers[$0].name).prefix == name.prefix }
    if !counted.isEmpty {
      guard let before = counted.first(where: { ModuleName(layers[$0].name).number == number - 1 })
      else {
        throw .unfoldable(
          norm.name, reason: "there is no layer right before it, so something stands between")
      }
      return before
    }
    let same = layers.indices.filter { ModuleName(layers[$0].name).number == number }
    guard same.count == 1 else {
      throw .unfoldable(norm.name, reason: "its name does not say which layer it stands behind")
    }
    return same[0]
  }
}
