import CKernels

/// Where each layer's weights and biases lie in the engine's flat storage.
///
/// Weights are stored as `[inputs][units]`, each row of units padded with zeros to a multiple of the
/// kernels' lanes, so that vectors run over units; biases follow as one more row. One block of
/// ``count`` floats holds all layers; an optimizer's state has blocks of the same form.
struct NetworkLayout: Equatable, Sendable {
  let shape: NetworkShape
  /// The offset of each layer's weights.
  let weightOffsets: [Int]
  /// The offset of each layer's biases.
  let biasOffsets: [Int]
  /// The floats of one block.
  let count: Int

  init(shape: NetworkShape) {
    self.shape = shape
    var weightOffsets: [Int] = []
    var biasOffsets: [Int] = []
    var next = 0
    for layer in 0..<shape.layerCount {
      let stride = NetworkLayout.padded(shape.units(of: layer))
      weightOffsets.append(next)
      biasOffsets.append(next + shape.inputs(of: layer) * stride)
      next += (shape.inputs(of: layer) + 1) * stride
    }
    self.weightOffsets = weightOffsets
    self.biasOffsets = biasOffsets
    count = next
  }

  /// `units` rounded up to whole vectors.
  static func padded(_ units: Int) -> Int {
    let lanes = Int(CK_LANES)
    return (units + lanes - 1) / lanes * lanes
  }

  /// The distance of two rows of a layer's weights.
  func stride(of layer: Int) -> Int {
    NetworkLayout.padded(shape.units(of: layer))
  }

  /// The block that holds the given parameters.
  ///
  /// - Precondition: they have this layout's shape.
  func pack(_ parameters: NetworkParameters) -> [Float] {
    var block = [Float](repeating: 0, count: count)
    for (layer, values) in parameters.layers.enumerated() {
      let stride = stride(of: layer)
      precondition(
        values.weights.rows == shape.units(of: layer)
          && values.weights.columns == shape.inputs(of: layer),
        "layer \(layer) needs \(shape.units(of: layer)) x \(shape.inputs(of: layer)) weights")
      for unit in 0..<values.weights.rows {
        for input in 0..<values.weights.columns {
          block[weightOffsets[layer] + input * stride + unit] = values.weights[unit, input]
        }
        block[biasOffsets[layer] + unit] = values.biases[unit]
      }
    }
    return block
  }

  /// A layer's weights as `[units][inputs]` out of a block.
  func weights(of layer: Int, in block: UnsafePointer<Float>) -> Matrix {
    let units = shape.units(of: layer)
    let inputs = shape.inputs(of: layer)
    let stride = stride(of: layer)
    let first = block + weightOffsets[layer]
    var elements = [Float](repeating: 0, count: units * inputs)
    for input in 0..<inputs {
      for unit in 0..<units { elements[unit * inputs + input] = first[input * stride + unit] }
    }
    return Matrix(rows: units, columns: inputs, elements: elements)
  }

  /// A layer's biases out of a block.
  func biases(of layer: Int, in block: UnsafePointer<Float>) -> [Float] {
    let first = block + biasOffsets[layer]
    return (0..<shape.units(of: layer)).map { first[$0] }
  }

  /// All parameters out of a block.
  func unpack(_ block: UnsafePointer<Float>) -> NetworkParameters {
    NetworkParameters(
      layers: (0..<shape.layerCount).map { layer in
        LayerParameters(
          weights: weights(of: layer, in: block), biases: biases(of: layer, in: block))
      })
  }
}
