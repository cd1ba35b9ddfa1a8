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
  /// - Returns: all layers, or those that are named, from the inputs on.
  /// - Throws: ``SafetensorsError`` where there is no order, or more than one.
  func ordered(
    _ names: [String]?, fitting fit: LayerFit = LayerFit()
  ) throws(SafetensorsError) -> [Layer] {
    if let names {
      let named = names.compactMap { name in layers.first { $0.name == name } }
      guard named.count == names.count, Set(names).count == names.count, !names.isEmpty else {
        throw .otherLayers(named: names, found: layers.map(\.name))
      }
      return try chained(named)
    }
    let isCounted = Set(layers.map { ModuleName($0.name).prefix }).count == 1
    guard !isCounted, layers.count > 1 else { return try chained(layers) }
    guard layers.count <= TensorModules.mostLayers else {
      throw .severalOrders(layers.map(\.name), advice: advice(fit, doChain: true))
    }
    let found = orders(of: layers, LayerFit())
    guard let only = found.first else { throw unchained(layers, fit) }
    if found.count == 1 { return only }
    for fit in [LayerFit(inputs: fit.inputs, outputs: fit.outputs), fit] where fit != LayerFit() {
      let fitting = orders(of: layers, fit)
      if fitting.count == 1 { return fitting[0] }
    }
    throw .severalOrders(only.map(\.name), advice: advice(fit, doChain: true))
  }

  /// The order of the layers by their numbers, or the only one by shapes; nil where there is none.
  func onlyOrder(_ fit: LayerFit) -> [Layer]? {
    if Set(layers.map { ModuleName($0.name).prefix }).count == 1 {
      return TensorModules.chain(layers) ? layers : nil
    }
    guard layers.count <= TensorModules.mostLayers else { return nil }
    let found = orders(of: layers, LayerFit(inputs: fit.inputs, outputs: fit.outputs))
    return found.count == 1 ? found[0] : nil
  }

  /// The first orders of layers, two of them where it only matters whether there is one.
  func orders(of layers: [Layer], _ fit: LayerFit, most: Int = 2) -> [[Layer]] {
    var found: [[Layer]] = []
    var budget = TensorModules.mostTrials
    collect([], rest: layers, fit, most: most, budget: &budget, into: &found)
    return found
  }

  private func unchained(_ layers: [Layer], _ fit: LayerFit) -> SafetensorsError {
    .doNotChain(layers: layers.map(\.described), advice: advice(fit, doChain: false))
  }

  private func chained(_ layers: [Layer]) throws(SafetensorsError) -> [Layer] {
    guard TensorModules.chain(layers) else { throw unchained(layers, LayerFit()) }
    return layers
  }

  /// Whether each layer's inputs are the units of the one before.
  static func chain(_ layers: [Layer]) -> Bool {
    zip(layers, layers.dropFirst()).allSatisfy { $1.inputs == $0.units }
  }

  /// Collects the first orders in which shapes chain and counted layers keep their order.
  private func collect(
    _ order: [Layer], rest: [Layer], _ fit: LayerFit, most: Int, budget: inout Int,
    into found: inout [[Layer]]
  ) {
    budget -= 1
    guard found.count < most, budget > 0 else { return }
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
      collect(order + [layer], rest: others, fit, most: most, budget: &budget, into: &found)
    }
  }
}

extension TensorModules.Layer {
  /// The name and the shape, as `fc1 16x2`.
  fileprivate var described: String {
    "\(ForeignText.shown(name, limit: 60)) \(units)x\(inputs)"
  }
}
