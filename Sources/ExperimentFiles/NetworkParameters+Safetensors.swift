public import DropoutEngine

extension NetworkParameters {
  /// The parameters as tensors.
  ///
  /// Their names are `layers.0.weight`, of shape `[units, inputs]`, `layers.0.bias`, and so on.
  public func tensors(metadata: [String: String]) -> Safetensors {
    Safetensors(tensors: tensors(prefix: ""), metadata: metadata)
  }

  /// The parameters as tensors whose names start with a prefix.
  func tensors(prefix: String) -> [Safetensors.Tensor] {
    var tensors: [Safetensors.Tensor] = []
    for (index, layer) in layers.enumerated() {
      tensors.append(
        Safetensors.Tensor(
          name: "\(prefix)layers.\(index).weight",
          shape: [layer.weights.rows, layer.weights.columns],
          values: layer.weights.elements))
      tensors.append(
        Safetensors.Tensor(
          name: "\(prefix)layers.\(index).bias", shape: [layer.biases.count], values: layer.biases))
    }
    return tensors
  }

  /// The parameters in a file of tensors.
  ///
  /// This reads files of this program, and state dicts of other ones: linear layers of any names,
  /// with or without biases, with batch norms behind them.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - names: the names of the layers in order, which leaves others aside; nil tells the order by
  ///     names and shapes.
  /// - Throws: ``ExperimentFiles/SafetensorsError`` where there are none, they do not chain, or a
  ///   tensor would not be used.
  public init(_ file: Safetensors, layers names: [String]? = nil) throws(SafetensorsError) {
    self = try NetworkParameters.read(file, layers: names).parameters
  }

  /// The parameters in a file of tensors, with remarks on how they were read.
  static func read(
    _ file: Safetensors, layers names: [String]?, fitting fit: LayerFit = LayerFit()
  ) throws(SafetensorsError) -> (parameters: NetworkParameters, notes: [String]) {
    var modules: TensorModules
    do {
      modules = try TensorModules(file.tensors, naming: names)
    } catch .unusedTensor(let name, let shape, _) {
      throw .unusedTensor(name, shape: shape, advice: adviceWithout(name, file.tensors, fit))
    }
    var notes = try modules.foldNorms(naming: names)
    let ordered = try modules.ordered(names, fitting: fit)
    notes += modules.notesOnRest(of: names)
    let isFit = names == nil && (try? modules.ordered(nil)) == nil
    if names == nil, Set(ordered.map { ModuleName($0.name).prefix }).count > 1 {
      notes.append(
        "the layers are in the one order that their shapes "
          + (isFit ? "and the network allow: " : "allow: ")
          + ordered.map { ForeignText.shown($0.name, limit: 60) }.joined(separator: ", "))
    }
    if modules.isTransposed {
      notes.append("kernels are [inputs, units], so they are transposed")
    }
    return (NetworkParameters(layers: ordered.map(\.parameters)), notes)
  }

  /// The layers as `--layers` names them, where one number alone, such as a temperature, is not
  /// used.
  ///
  /// Larger tensors may be a part of the network, so it is not advised to leave them aside.
  private static func adviceWithout(
    _ name: String, _ tensors: [Safetensors.Tensor], _ fit: LayerFit
  ) -> [String] {
    guard tensors.contains(where: { $0.name == name && $0.values.count == 1 }),
      // The error is already known; this is only a look at what else could be.
      let others = try? TensorModules(
        tensors.filter { $0.values.count != 1 || $0.name.hasSuffix(".weight") }, naming: nil),
      let order = others.onlyOrder(fit)
    else { return [] }
    return others.option(order).map { [$0 + " leaves it aside"] } ?? []
  }
}

extension TensorModules {
  /// A remark on what is left aside because the named layers are others.
  fileprivate func notesOnRest(of names: [String]?) -> [String] {
    guard let names else { return [] }
    let rest = layers.map(\.name).filter { !names.contains($0) } + strays
    guard !rest.isEmpty else { return [] }
    return [
      "--layers does not name these, so they are left aside: "
        + rest.prefix(8).map { ForeignText.shown($0, limit: 60) }.joined(separator: ", ")
        + (rest.count > 8 ? ", …" : "")
    ]
  }
}
