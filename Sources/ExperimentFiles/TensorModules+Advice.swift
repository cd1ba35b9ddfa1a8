import DropoutEngine

/// Values of `--layers` that lead to a network, for files whose layers are in no one order.
extension TensorModules {
  /// The largest number of layers for which advice is looked for.
  private static let mostAdvised = 64
  /// The largest number of values that are named.
  private static let mostAdvices = 3

  /// The values, with words for a person.
  ///
  /// Some of the layers, without a copy or a second head, may be the network. Where all of them
  /// are, their order in the file may be that of the network, unless it is only the alphabet's.
  ///
  /// - Parameters:
  ///   - fit: the network that the layers are for.
  ///   - doChain: whether all layers can be one network.
  /// - Returns: each value with what it does; empty where none is likely.
  func advice(_ fit: LayerFit, doChain: Bool) -> [String] {
    guard layers.count <= TensorModules.mostAdvised else { return [] }
    let found = options(fit, doChain: doChain)
    guard found.isEmpty, doChain else { return found }
    // No order fits these data, but the file may fit others.
    return options(LayerFit(), doChain: doChain)
  }

  private func options(_ fit: LayerFit, doChain: Bool) -> [String] {
    let groups = self.groups(fit)
    let copies = groups.filter(\.isCopy)
    if doChain, copies.isEmpty {
      if let order = wholeOrder(fit) {
        return [option(order, " is the order in which they stand in the file", fit)]
          .compactMap { $0 }
      }
      return likelyOrders(fit).compactMap { option($0.layers, $0.words, fit) }
    }
    let parts = !copies.isEmpty ? copies : groups.isEmpty ? withoutOne(fit) : groups
    return parts.prefix(TensorModules.mostAdvices).compactMap { part in
      option(part.layers).map { $0 + " leaves the others aside" }
    }
  }

  /// All orders, if they are few.
  ///
  /// Otherwise the orders that have first and last parts of networks, by their names, where they
  /// belong, if these are few.
  private func likelyOrders(_ fit: LayerFit) -> [(layers: [Layer], words: String)] {
    let ends = LayerFit(inputs: fit.inputs, outputs: fit.outputs)
    guard layers.count <= TensorModules.mostOrdered else { return [] }
    let all = orders(of: layers, ends, most: TensorModules.mostOrders + 1)
    let named = all.filter { order in
      let ranks = order.map { TensorModules.rank($0.name) }
      return ranks == ranks.sorted()
    }
    let areNamesLikely = named.count < all.count && !named.isEmpty
    let likely = areNamesLikely ? named : all
    guard all.count <= TensorModules.mostOrders, likely.count <= TensorModules.mostAdvices else {
      return []
    }
    return likely.map {
      ($0, areNamesLikely ? " is likely by the names" : " is one of \(all.count) orders")
    }
  }

  /// The largest number of layers whose orders are tried, and the largest number of orders.
  private static let mostOrdered = 6
  private static let mostOrders = 720

  /// Usual names of parts of networks: first ones, others, and last ones.
  private static func rank(_ name: String) -> Int {
    let words = words(name.lowercased())
    let first = [
      "stem", "embed", "embedding", "input", "in", "encoder", "enc", "features", "backbone",
    ]
    let last = ["head", "classifier", "decoder", "dec", "out", "output", "logits", "predictor"]
    if words.contains(where: first.contains) { return 0 }
    return words.contains(where: last.contains) ? 2 : 1
  }

  /// The option that names some layers, with words behind it; nil where it cannot be written.
  private func option(_ order: [Layer], _ words: String, _ fit: LayerFit) -> String? {
    guard let option = option(order), let first = order.first, let last = order.last else {
      return nil
    }
    // The data are unknown, or are not the ones that the file is for.
    let ends = fit == LayerFit() ? ", for \(first.inputs) inputs and \(last.units) outputs" : ""
    return option + words + ends
  }

  /// Some of the layers, and whether the others are a copy of them.
  private typealias Part = (layers: [Layer], isCopy: Bool)

  /// The layers with a word in their names, or without it, that are a network of their own.
  ///
  /// So are `ema.net.0` and `ema.net.2` beside `net.0` and `net.2`.
  private func groups(_ fit: LayerFit) -> [Part] {
    var parts: [Part] = []
    let words = Set(layers.flatMap { TensorModules.words($0.name) }).sorted()
    for word in words {
      let inside = layers.filter { TensorModules.words($0.name).contains(word) }
      let outside = layers.filter { !TensorModules.words($0.name).contains(word) }
      let isCopy =
        Set(inside.map { TensorModules.words($0.name).filter { $0 != word } })
        == Set(outside.map { TensorModules.words($0.name) })
      for group in [outside, inside] where group.count >= 2 && group.count < layers.count {
        // A module below a layer, as an adapter is, makes no network of its own.
        guard
          !group.contains(where: { inner in
            layers.contains { inner.name.hasPrefix("\($0.name).") }
          }),
          let order = order(of: group, fit),
          !parts.contains(where: { $0.layers.map(\.name) == order.map(\.name) })
        else { continue }
        parts.append((order, isCopy))
      }
    }
    return parts.sorted { $0.layers.count > $1.layers.count }
  }

  /// The layers without one of them; of two layers, either could be left out.
  private func withoutOne(_ fit: LayerFit) -> [Part] {
    guard layers.count >= 3 else { return [] }
    return layers.indices.compactMap { index in
      var others = layers
      let odd = others.remove(at: index)
      // A module below a layer, as an adapter is, makes no network without that layer.
      guard !others.contains(where: { $0.name.hasPrefix("\(odd.name).") }) else { return nil }
      return order(of: others, fit).map { ($0, false) }
    }
  }

  /// The one order of some layers that the network allows; nil where there is none, or more.
  private func order(of some: [Layer], _ fit: LayerFit) -> [Layer]? {
    var modules = self
    modules.layers = some
    guard let order = modules.onlyOrder(fit), fits(order, fit) else { return nil }
    return order
  }

  private func fits(_ order: [Layer], _ fit: LayerFit) -> Bool {
    (fit.inputs.map { $0 == order.first?.inputs } ?? true)
      && (fit.outputs.map { $0 == order.last?.units } ?? true)
  }

  /// All layers in the order of the file, where it tells something and they chain.
  private func wholeOrder(_ fit: LayerFit) -> [Layer]? {
    let order = layers.sorted { $0.position < $1.position }
    // Most programs write tensors in the order of the alphabet.
    guard order.map(\.name) != order.map(\.name).sorted(), TensorModules.chain(order),
      fits(order, fit)
    else { return nil }
    return order
  }

  /// The parts of a name between points, slashes and underscores that are no numbers.
  private static func words(_ name: String) -> [String] {
    name.split { [".", "/", "_"].contains($0) }.filter { Int($0) == nil }.map(String.init)
  }

  /// The option that names some layers; nil where a name cannot be written in it.
  func option(_ order: [Layer]) -> String? {
    let names = order.map(\.name)
    guard names.allSatisfy({ !$0.isEmpty && !$0.contains(",") && ForeignText.shown($0) == $0 })
    else { return nil }
    return "--layers " + ShellWord.quoted(names.joined(separator: ","))
  }
}
