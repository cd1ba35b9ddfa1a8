import DropoutEngine

extension TensorModules {
  /// The largest number of layers whose orders are tried.
  private static let mostLayers = 16
  /// The largest number of layers that are put somewhere while orders are tried.
  private static let mostTrials = 100_000

  /// The layers in the order in which they follow one another.
  ///
  /// Numbers that count layers of one name are their order. Else their shapes decide, where only
  /// one order lets each layer's inputs be the units of the one before.
  ///
  /// - Parameters:
  ///   - names: the names of the layers in order, where the person gave it.
  ///   - fit: the network that the layers are for, where it is known; it decides between orders.
  /// - Returns: all layers, from the inputs on.
  /// - Throws: ``SafetensorsError`` where there is no order, or more than one.
  func ordered(
    _ names: [String]?, fitting fit: LayerFit = LayerFit()
  ) throws(SafetensorsError) -> [Layer] {
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
    let found = orders(of: layers, LayerFit())
    guard let only = found.first else { throw unchained() }
    if found.count == 1 { return only }
    for fit in [LayerFit(inputs: fit.inputs, outputs: fit.outputs), fit] where fit != LayerFit() {
      let fitting = orders(of: layers, fit)
      if fitting.count == 1 { return fitting[0] }
    }
    throw .severalOrders(only.map(\.name))
  }

  /// The first two orders of layers.
  private func orders(of layers: [Layer], _ fit: LayerFit) -> [[Layer]] {
    var found: [[Layer]] = []
    var budget = TensorModules.mostTrials
    collect([], rest: layers, fit, budget: &budget, into: &found)
    return found
  }

  /// The error for layers that do not chain, which names those without which the others do.
  private func unchained() -> SafetensorsError {
    // Of two layers, each one chains without the other.
    let odd = layers.indices.filter { index in
      guard (3...TensorModules.mostLayers).contains(layers.count) else { return false }
      var others = layers
      others.remove(at: index)
      return !orders(of: others, LayerFit()).isEmpty
    }
    return .doNotChain(layers: layers.map(\.described), unused: odd.map { layers[$0].name })
  }

  private func chained(_ layers: [Layer]) throws(SafetensorsError) -> [Layer] {
    for (below, above) in zip(layers, layers.dropFirst()) where above.inputs != below.units {
      throw unchained()
    }
    return layers
  }

  /// Collects the first two orders in which shapes chain and counted layers keep their order.
  private func collect(
    _ order: [Layer], rest: [Layer], _ fit: LayerFit, budget: inout Int, into found: inout [[Layer]]
  ) {
    budget -= 1
    guard found.count < 2, budget > 0 else { return }
    guard !rest.isEmpty else {
      if fit.outputs.map({ $0 == order.last?.units }) ?? true { found.append(order) }
      return
    }
    for (index, layer) in rest.enumerated() {
      guard (order.last?.units ?? fit.inputs).map({ $0 == layer.inputs }) ?? true,
        fit.hidden.map({ rest.count == 1 || $0.dropFirst(order.count).first == layer.units })
          ?? true
      else { continue }
      let name = ModuleName(layer.name)
      // An earlier one of the same name and a number still waits.
      let isLate = rest[..<index].contains {
        let other = ModuleName($0.name)
        return name.number != nil && other.prefix == name.prefix && other.number != nil
      }
      if isLate { continue }
      var others = rest
      others.remove(at: index)
      collect(order + [layer], rest: others, fit, budget: &budget, into: &found)
    }
  }
}

extension TensorModules.Layer {
  /// The name and the shape, as `fc1 16x2`.
  fileprivate var described: String {
    "\(ForeignText.shown(name, limit: 60)) \(units)x\(inputs)"
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
