package import CKernels

/// The kernels of one path, and the only way to call them.
///
/// Each call states the memory that the kernel reads and writes, and a debug build checks it
/// against the given storage.
///
/// `CKernels.h` defines the memory that each kernel touches. A release build contains no checks.
package struct Kernels {
  private let table: ck_kernels

  package init(_ table: ck_kernels) {
    self.table = table
  }

  /// The scaled inputs of the first `rows` examples, as rows of `stride` floats.
  @inline(__always)
  package func gather(
    _ source: inout ck_gather, examples: UnsafeBufferPointer<Int32>, rows: Int,
    into inputs: FloatStorage, stride: Int
  ) {
    assert(examples.count >= rows, "\(rows) rows of \(examples.count) examples")
    let places = source.inputs == 0 ? 0 : source.count / source.inputs
    assert(
      examples.prefix(rows).allSatisfy { (0..<places).contains(Int($0)) },
      "an example of \(places) is out of range")
    inputs.assertRoom(rows: rows, columns: NetworkLayout.padded(source.inputs), stride: stride)
    table.gather(&source, examples.baseAddress, rows, inputs.base, stride)
  }

  /// Shuffles all of `order`.
  @inline(__always)
  package func shuffle(
    _ order: UnsafeMutableBufferPointer<Int32>, seed: UInt64, purpose: RandomPurpose,
    stream: UInt32, firstIndex: UInt64
  ) {
    table.shuffle(order.baseAddress, order.count, seed, purpose.rawValue, stream, firstIndex)
  }

  /// Draws masks of 0 and 1 for `rows` rows of `units` units.
  ///
  /// Whole lanes are written where the stride has room for them.
  @inline(__always)
  package func drawMask(
    _ draw: ck_mask_draw, into mask: FloatPlace, rows: Int, units: Int, stride: Int
  ) {
    mask.assertRoom(
      rows: rows, columns: max(units, min(stride, NetworkLayout.padded(units))), stride: stride)
    table.draw_mask(draw, mask.base, rows, units, stride)
  }

  /// The values that a layer of a pass receives from its source, where no layer below has already
  /// written them.
  @inline(__always)
  package func receive(_ layer: Int, of pass: ForwardPass, rows: Int) {
    pass.assertRoom(rows: rows, layers: layer...layer)
    table.receive(pass.layers + layer, rows)
  }

  /// The sums of one row of `depth` floats with `columns` columns of weights.
  @inline(__always)
  package func multiply(
    _ received: FloatPlace, depth: Int, by weights: FloatPlace, into sums: FloatPlace, columns: Int
  ) {
    received.assertRoom(rows: 1, columns: depth, stride: depth)
    weights.assertRoom(rows: 1, columns: depth * columns, stride: depth * columns)
    sums.assertRoom(rows: 1, columns: columns, stride: columns)
    table.multiply(received.base, depth, 1, depth, weights.base, sums.base, columns, columns)
  }

  /// The activations of a layer of a pass, made from its sums.
  @inline(__always)
  package func activate(
    _ layer: Int, of pass: ForwardPass, parameters: UnsafeBufferPointer<Float>, rows: Int
  ) {
    pass.assertRoom(rows: rows, layers: layer...layer)
    let place = pass.layers[layer]
    table.activate(
      place.function, place.sums, parameters.start(of: pass.layout) + place.biases,
      place.activations, rows, place.columns, place.stride)
  }

  /// Sums and activations of a layer of a pass, and the values that the layer above receives if it
  /// is part of the pass.
  ///
  /// The result is false where a sum is not finite.
  @inline(__always)
  package func forward(
    _ layer: Int, of pass: ForwardPass, feedsNext: Bool, parameters: UnsafeBufferPointer<Float>,
    rows: Int
  ) -> Bool {
    pass.assertRoom(rows: rows, layers: layer...(feedsNext ? layer + 1 : layer))
    return table.forward(
      pass.layers + layer, feedsNext ? pass.layers + layer + 1 : nil,
      parameters.start(of: pass.layout), rows)
  }

  /// Turns pre-activations into outputs, writes deltas where there is room for them, and returns
  /// the sum of the rows' losses.
  ///
  /// Rows are read eight at a time.
  @inline(__always)
  package func loss(
    _ output: OutputLoss, to activations: FloatStorage, delta: FloatStorage?, rows: Int
  ) -> Double {
    output.assertRoom(rows: rows)
    let whole = NetworkLayout.padded(rows)
    activations.assertRoom(rows: whole, columns: output.stride, stride: output.stride)
    delta?.assertRoom(rows: whole, columns: output.stride, stride: output.stride)
    return table.loss(output.kernelOutput, activations.base, delta?.base, rows)
  }

  /// The gradient at the values that a layer received, and the deltas of the layer below it.
  @inline(__always)
  package func signal(
    _ layer: Int, of engine: StepEngine, parameters: UnsafeBufferPointer<Float>, rows: Int
  ) {
    engine.assertRoom(rows: rows, layers: layer - 1...layer)
    table.signal(
      engine.forward.layers + layer, engine.forward.layers + layer - 1,
      parameters.start(of: engine.layout), rows)
  }

  /// The deltas of a layer of `engine`, made from the unmasked signals at the input of the layer
  /// above.
  @inline(__always)
  package func hiddenDelta(_ layer: Int, of engine: StepEngine, factor: Float, rows: Int) {
    engine.assertRoom(rows: rows, layers: layer...layer + 1)
    let place = engine.forward.layers[layer]
    let signals = engine.forward.layers[layer + 1]
    assert(
      place.stride == signals.source_stride,
      "rows of \(place.stride) floats below rows of \(signals.source_stride)")
    table.hidden_delta(
      place.function, signals.signals, nil, factor, place.activations, place.deltas,
      rows * place.stride)
  }

  /// The weights in panels of inputs.
  @inline(__always)
  package func transpose(
    _ weights: FloatPlace, inputs: Int, units: Int, into transposed: FloatStorage
  ) {
    let columns = NetworkLayout.padded(units)
    weights.assertRoom(rows: 1, columns: inputs * columns, stride: inputs * columns)
    let count = units * NetworkLayout.padded(inputs)
    transposed.assertRoom(rows: 1, columns: count, stride: count)
    table.transpose(weights.base, inputs, units, transposed.base)
  }

  /// The gradients of a layer's weights and biases, in a block of the layout.
  @inline(__always)
  package func gradient(_ layer: Int, of engine: StepEngine, rows: Int) {
    engine.assertRoom(rows: rows, layers: layer...layer)
    table.gradient(engine.forward.layers + layer, rows, engine.gradient.base)
  }

  /// The next weights and biases of a layer, made from the gradient; false where one is not finite.
  @inline(__always)
  package func update(_ layer: Int, of engine: StepEngine, blocks: inout ck_blocks) -> Bool {
    assert(
      blocks.count == engine.layout.count, "a block of \(blocks.count) for \(engine.layout.count)")
    return table.update(engine.forward.layers + layer, &blocks)
  }

  /// One whole step; false where a sum, a parameter or a state is not finite.
  @inline(__always)
  package func step(
    of engine: StepEngine, blocks: inout ck_blocks, step: UInt32, rows: Int, loss: inout Double
  ) -> Bool {
    let count = engine.layout.shape.layerCount
    engine.assertRoom(rows: rows, layers: 0...count - 1)
    engine.output.assertRoom(rows: rows)
    assert(
      blocks.count == engine.layout.count, "a block of \(blocks.count) for \(engine.layout.count)")
    return table.step(
      engine.forward.layers, count, engine.output.kernelOutput, &blocks, step, rows, &loss)
  }
}
