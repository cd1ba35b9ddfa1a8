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

  /// The parameters in a file of tensors: those named `….N.weight` and `….N.bias`, in the order of
  /// N.
  ///
  /// This reads files of this program, and state dicts of PyTorch's `nn.Sequential` (`0.weight`,
  /// `3.weight`). A layer without a bias has biases of 0.
  ///
  /// - Throws: ``ExperimentFiles/SafetensorsError`` where there are none, or they do not chain.
  public init(_ file: Safetensors) throws(SafetensorsError) {
    let weights = file.tensors.compactMap { tensor in
      LayerName(tensor.name, suffix: "weight").map { (name: $0, tensor: tensor) }
    }.sorted { $0.name < $1.name }
    guard !weights.isEmpty else { throw .noLayers(names: file.tensors.map(\.name)) }
    var layers: [LayerParameters] = []
    for (name, tensor) in weights {
      guard tensor.shape.count == 2, tensor.shape[0] >= 1, tensor.shape[1] >= 1 else {
        throw .badShape(
          tensor: tensor.name, shape: tensor.shape, expected: "weights are [units, inputs]")
      }
      let units = tensor.shape[0]
      let bias = file.tensors.first { LayerName($0.name, suffix: "bias") == name }
      guard bias.map({ $0.shape == [units] }) ?? true else {
        throw .badShape(
          tensor: bias?.name ?? "", shape: bias?.shape ?? [],
          expected: "the biases of \(units) units are [\(units)]")
      }
      layers.append(
        LayerParameters(
          weights: Matrix(rows: units, columns: tensor.shape[1], elements: tensor.values),
          biases: bias?.values ?? [Float](repeating: 0, count: units)))
    }
    for (below, above) in zip(layers, layers.dropFirst())
    where above.weights.columns != below.weights.rows {
      throw .doNotChain(shapes: layers.map { "\($0.weights.rows)x\($0.weights.columns)" })
    }
    self.init(layers: layers)
  }
}

/// The name of a layer's tensor: a prefix and a number; `net.10.weight` comes after `net.9.weight`.
private struct LayerName: Equatable, Comparable {
  var prefix: String
  var number: Int

  init?(_ name: String, suffix: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[parts.count - 1] == suffix,
      let number = Int(parts[parts.count - 2]), number >= 0,
      // 00 and +0 are no other ways to write 0, since two tensors would then be one layer.
      parts[parts.count - 2] == "\(number)"
    else { return nil }
    prefix = parts.dropLast(2).joined(separator: ".")
    self.number = number
  }

  static func < (first: LayerName, second: LayerName) -> Bool {
    (first.prefix, first.number) < (second.prefix, second.number)
  }
}
