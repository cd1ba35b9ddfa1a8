import CKernels

/// The places of each layer's weights and biases in the engine's flat storage.
///
/// Weights are stored in panels, as the kernels read them. A panel holds the weights of `CK_PANEL`
/// units, `[inputs][CK_PANEL]`. Units are padded with zeros to a multiple of the kernels' lanes;
/// the last panel is half as wide where they do not fill it. The biases follow as one row of padded
/// units. One block of ``count`` floats holds all layers; an optimizer's state has blocks of the
/// same form.
package struct NetworkLayout: Equatable, Sendable {
  package let shape: NetworkShape
  /// The offset of each layer's weights.
  package let weightOffsets: [Int]
  /// The offset of each layer's biases.
  package let biasOffsets: [Int]
  /// The number of floats of one block.
  package let count: Int

  package init(shape: NetworkShape) {
    self.shape = shape
    var weightOffsets: [Int] = []
    var biasOffsets: [Int] = []
    var next = 0
    for layer in 0..<shape.layerCount {
      let columns = NetworkLayout.padded(shape.units(of: layer))
      weightOffsets.append(next)
      biasOffsets.append(next + shape.inputs(of: layer) * columns)
      next += (shape.inputs(of: layer) + 1) * columns
    }
    self.weightOffsets = weightOffsets
    self.biasOffsets = biasOffsets
    count = next
  }

  /// `units` rounded up to whole vectors.
  package static func padded(_ units: Int) -> Int {
    let lanes = Int(CK_LANES)
    return (units + lanes - 1) / lanes * lanes
  }

  /// The distance between two rows of `units` activations.
  ///
  /// Rows at a distance that is a multiple of 1 KB would compete for the same few places of the
  /// first cache.
  package static func rowStride(_ units: Int) -> Int {
    let columns = padded(units)
    return columns % 256 == 0 ? columns + Int(CK_LANES) : columns
  }

  /// The distance between two rows of a layer's sums and activations.
  package func stride(of layer: Int) -> Int {
    NetworkLayout.rowStride(shape.units(of: layer))
  }

  /// The padded number of a layer's units.
  package func columns(of layer: Int) -> Int {
    NetworkLayout.padded(shape.units(of: layer))
  }

  /// The offset in a block of the weight from an input to a unit of a layer.
  package func weightPlace(_ layer: Int, input: Int, unit: Int) -> Int {
    let inputs = shape.inputs(of: layer)
    let panel = unit / Int(CK_PANEL) * Int(CK_PANEL)
    let width = min(Int(CK_PANEL), columns(of: layer) - panel)
    return weightOffsets[layer] + panel * inputs + input * width + (unit - panel)
  }

  /// The distance between the weights from two successive inputs to a unit of a layer.
  package func weightStep(_ layer: Int, unit: Int) -> Int {
    weightPlace(layer, input: 1, unit: unit) - weightPlace(layer, input: 0, unit: unit)
  }

  /// The block that holds the given parameters.
  ///
  /// - Precondition: they have this layout's shape.
  package func pack(_ parameters: NetworkParameters) -> [Float] {
    var block = [Float](repeating: 0, count: count)
    for (layer, values) in parameters.layers.enumerated() {
      precondition(
        values.weights.rows == shape.units(of: layer)
          && values.weights.columns == shape.inputs(of: layer),
        "layer \(layer) needs \(shape.units(of: layer)) x \(shape.inputs(of: layer)) weights")
      for unit in 0..<values.weights.rows {
        for input in 0..<values.weights.columns {
          block[weightPlace(layer, input: input, unit: unit)] = values.weights[unit, input]
        }
        block[biasOffsets[layer] + unit] = values.biases[unit]
      }
    }
    return block
  }

  /// A layer's weights from a block, as `[units][inputs]`.
  package func weights(of layer: Int, in block: UnsafePointer<Float>) -> Matrix {
    let units = shape.units(of: layer)
    let inputs = shape.inputs(of: layer)
    var elements = [Float](repeating: 0, count: units * inputs)
    for unit in 0..<units {
      let first = block + weightPlace(layer, input: 0, unit: unit)
      let step = weightStep(layer, unit: unit)
      for input in 0..<inputs { elements[unit * inputs + input] = first[input * step] }
    }
    return Matrix(rows: units, columns: inputs, elements: elements)
  }

  /// A layer's biases from a block.
  package func biases(of layer: Int, in block: UnsafePointer<Float>) -> [Float] {
    let first = block + biasOffsets[layer]
    return (0..<shape.units(of: layer)).map { first[$0] }
  }

  /// All parameters from a block.
  package func unpack(_ block: UnsafePointer<Float>) -> NetworkParameters {
    NetworkParameters(
      layers: (0..<shape.layerCount).map { layer in
        LayerParameters(
          weights: weights(of: layer, in: block), biases: biases(of: layer, in: block))
      })
  }
}
