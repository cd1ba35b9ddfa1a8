import DropoutEngine

/// The tensors of a file by the module that they belong to: linear layers and batch norms.
struct TensorModules {
  /// A linear layer.
  struct Layer {
    /// The module's name, as in `net.0`; the tensors' names go on behind it.
    var name: String
    var parameters: LayerParameters
    /// The place of its first tensor in the file.
    var position = 0

    /// The number of units.
    var units: Int { parameters.weights.rows }
    /// The number of inputs.
    var inputs: Int { parameters.weights.columns }
  }

  /// A batch norm in its test mode: (value - mean) * scale + shift for each unit.
  struct Norm {
    var name: String
    var mean: [Float]
    var variance: [Float]
    var scale: [Float]?
    var shift: [Float]?
    /// The term that is added to the variance before its root is taken.
    var epsilon = Norm.epsilon

    /// The term of PyTorch.
    ///
    /// > Source: the documentation of torch.nn.BatchNorm1d, the default of eps.
    static let epsilon = 1e-5
    /// The term of Keras.
    ///
    /// > Source: the documentation of keras.layers.BatchNormalization, the default of epsilon.
    static let kerasEpsilon = 1e-3
  }

  /// The linear layers, in the order of their names.
  var layers: [Layer] = []
  /// The batch norms, in the order of their names.
  var norms: [Norm] = []
  /// The tensors that belong to neither, where layers are named.
  var strays: [String] = []
  /// Whether the weights were [inputs, units], as Flax and Keras have them.
  private(set) var isTransposed = false

  /// Takes the tensors of a file.
  ///
  /// - Parameters:
  ///   - tensors: the tensors, in the order of their data.
  ///   - names: the layers that are named; tensors of other modules may then be of any kind.
  /// - Throws: ``SafetensorsError`` for a tensor that belongs to neither kind.
  init(_ tensors: [Safetensors.Tensor], naming names: [String]?) throws(SafetensorsError) {
    var modules: [String: [String: Safetensors.Tensor]] = [:]
    var positions: [String: Int] = [:]
    for (position, tensor) in tensors.enumerated() {
      let (module, part) = TensorModules.split(tensor.name)
      modules[module, default: [:]][part] = tensor
      positions[module] = positions[module] ?? position
    }
    for (name, parts) in modules.sorted(by: { ModuleName($0.key) < ModuleName($1.key) }) {
      do throws(SafetensorsError) {
        if parts["running_mean"] != nil {
          norms.append(try TensorModules.norm(name, parts))
        } else if parts["weight"] != nil || parts["kernel"] != nil {
          var layer = try layer(name, parts)
          layer.position = positions[name] ?? 0
          layers.append(layer)
        } else if let stray = TensorModules.stray(parts) {
          throw SafetensorsError.unusedTensor(stray.name, shape: stray.shape)
        }
      } catch {
        guard let names, !names.contains(name) else { throw error }
        strays += parts.values.map(\.name).sorted()
      }
    }
    guard !layers.isEmpty else { throw .noLayers(names: tensors.map(\.name)) }
  }

  /// The tensor of a module of an unknown kind that tells most about it.
  private static func stray(_ parts: [String: Safetensors.Tensor]) -> Safetensors.Tensor? {
    let named = parts.filter { $0.key != "bias" }.values.min { $0.name < $1.name }
    return named ?? parts["bias"]
  }

  /// The module of a tensor and its part there, as PyTorch calls it.
  ///
  /// Keras separates names by slashes, puts a number behind a colon, and has other words for a
  /// norm's parts.
  private static func split(_ name: String) -> (module: String, part: String) {
    guard let mark = name.lastIndex(where: { $0 == "." || $0 == "/" }) else { return ("", name) }
    var part = String(name[name.index(after: mark)...])
    if name[mark] == "/" {
      if part.hasSuffix(":0") { part.removeLast(2) }
      part = ["moving_mean": "running_mean", "moving_variance": "keras_var"][part] ?? part
      part = ["gamma": "weight", "beta": "bias"][part] ?? part
    }
    return (String(name[..<mark]), part)
  }

  private mutating func layer(
    _ name: String, _ parts: [String: Safetensors.Tensor]
  ) throws(SafetensorsError) -> Layer {
    for (part, tensor) in parts.sorted(by: { $0.key < $1.key })
    where !["weight", "kernel", "bias"].contains(part)
      || (part == "kernel" && parts["weight"] != nil)
    {
      throw .unusedTensor(tensor.name, shape: tensor.shape)
    }
    let kernel = parts["kernel"]
    guard let weight = parts["weight"] ?? kernel else { throw .noLayers(names: [name]) }
    guard weight.shape.count == 2, weight.shape[0] >= 1, weight.shape[1] >= 1 else {
      // One dimension is the scale of a norm that learns no mean.
      guard weight.shape.count != 1 else { throw .unusedTensor(weight.name, shape: weight.shape) }
      throw .badShape(
        tensor: weight.name, shape: weight.shape,
        expected: "weights are [units, inputs]; convolutions and other layers of more dimensions "
          + "are not read")
    }
    var matrix = Matrix(rows: weight.shape[0], columns: weight.shape[1], elements: weight.values)
    if kernel != nil {
      isTransposed = true
      matrix = matrix.transposed
    }
    let units = matrix.rows
    let bias = parts["bias"]
    guard bias.map({ $0.shape == [units] }) ?? true else {
      throw .badShape(
        tensor: bias?.name ?? "", shape: bias?.shape ?? [],
        expected: "the biases of \(units) units are [\(units)]"
          + (bias?.shape == [matrix.columns]
            ? "; the weight seems to be [inputs, units]: transpose it" : ""))
    }
    return Layer(
      name: name,
      parameters: LayerParameters(
        weights: matrix, biases: bias?.values ?? [Float](repeating: 0, count: units)))
  }

  private static func norm(
    _ name: String, _ parts: [String: Safetensors.Tensor]
  ) throws(SafetensorsError) -> Norm {
    guard let mean = parts["running_mean"],
      let variance = parts["running_var"] ?? parts["keras_var"]
    else {
      throw .unfoldable(name, .noVariance)
    }
    for (part, tensor) in parts.sorted(by: { $0.key < $1.key }) {
      guard ["running_mean", "running_var", "keras_var", "weight", "bias"].contains(part) else {
        throw .unusedTensor(tensor.name, shape: tensor.shape)
      }
      guard tensor.shape.count == 1, tensor.shape == mean.shape else {
        throw .badShape(
          tensor: tensor.name, shape: tensor.shape,
          expected: "a batch norm has one number for each unit, as running_mean has \(mean.shape)")
      }
    }
    return Norm(
      name: name, mean: mean.values, variance: variance.values, scale: parts["weight"]?.values,
      shift: parts["bias"]?.values,
      epsilon: parts["keras_var"] == nil ? Norm.epsilon : Norm.kerasEpsilon)
  }
}

/// The name of a module: text and a number behind it; `net.10` comes after `net.9`, `fc2` after
/// `fc1`, `dense_1` after `dense`.
struct ModuleName: Comparable {
  /// The text in front of the number.
  let prefix: String
  /// The number; nil where there is none, or it starts with a needless zero.
  let number: Int?

  init(_ name: String) {
    let digits = name.reversed().prefix { ("0"..."9").contains($0) }.reversed()
    let text = String(digits)
    let value = Int(text).flatMap { "\($0)" == text ? $0 : nil }
    number = value
    let rest = value == nil ? name : String(name.dropLast(text.count))
    prefix = value != nil && rest.hasSuffix("_") && rest.count > 1 ? String(rest.dropLast()) : rest
  }

  /// The path of the module that this one is in; empty at the top.
  static func parent(_ name: String) -> Substring {
    name.lastIndex { $0 == "." || $0 == "/" }.map { name[..<$0] } ?? ""
  }

  static func < (first: ModuleName, second: ModuleName) -> Bool {
    (first.prefix, first.number ?? -1) < (second.prefix, second.number ?? -1)
  }
}

extension Matrix {
  /// Rows as columns.
  fileprivate var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }
}
