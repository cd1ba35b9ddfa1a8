package import CKernels

/// The buffers of one pass through a network for up to `capacity` examples, and the pass itself.
///
/// After ``run(_:parameters:plan:rows:fromLayer:through:)`` the buffers hold the evidence of
/// the pass in padded rows: the values that each layer received, its sums and its activations.
package final class ForwardPass {
  /// The kind of pass: the masks and factors at each masked place.
  package enum Kind {
    /// Masks and factors of the training pass.
    case training(MaskCounter)
    /// The training pass under masks that the caller has written to ``masks``.
    case trainingWithGivenMasks
    /// The experiment's own test pass.
    case test(MaskCounter)
    /// A test pass with the factors of a convention.
    case convention(TestConvention)
  }

  package let layout: NetworkLayout
  package let capacity: Int
  package let kernels: Kernels
  /// The kernels' view of each layer: its sizes, its buffers, and the mask and factor of the place
  /// that feeds it.
  package let layers: UnsafeMutablePointer<ck_layer>
  /// The inputs, `[capacity][padded inputs]`; a pass sets those that its learner does not see to 0.
  package let inputs: FloatStorage
  /// The masks of each source, `[capacity][padded units]`.
  package let masks: [FloatStorage]
  /// The sums and activations of each layer, `[capacity][padded units]`.
  package let sums: [FloatStorage]
  package let activations: [FloatStorage]
  private let masked: [FloatStorage]
  private let receivedBits: [FloatStorage]
  /// The mask of one layer's weights, `[inputs][units]`, and those weights under it, in panels.
  let weightMask: FloatStorage
  let maskedWeights: FloatStorage

  package init(layout: NetworkLayout, capacity: Int, masksWeights: Bool, kernels: Kernels) {
    let shape = layout.shape
    let count = shape.layerCount
    func buffer(_ units: Int) -> FloatStorage { .rows(capacity, units: units) }
    self.layout = layout
    self.capacity = capacity
    self.kernels = kernels
    inputs = buffer(shape.inputs)
    masks = (0..<count).map { buffer(shape.inputs(of: $0)) }
    sums = (0..<count).map { buffer(shape.units(of: $0)) }
    activations = (0..<count).map { buffer(shape.units(of: $0)) }
    masked = (0..<count).map { buffer(shape.inputs(of: $0)) }
    receivedBits = (0..<count).map { .bits(capacity, units: shape.inputs(of: $0)) }
    let largest = (0..<count).map { shape.inputs(of: $0) * layout.columns(of: $0) }
    let scratch = masksWeights ? largest.max() ?? 0 : 0
    weightMask = FloatStorage(count: scratch)
    maskedWeights = FloatStorage(count: scratch)
    layers = .allocate(capacity: count)
    layers.initialize(repeating: ck_layer(), count: count)
    for index in 0..<count { layers[index] = layer(index) }
  }

  deinit {
    layers.deallocate()
  }

  /// A layer with its sizes and the buffers of the pass; it is linear until ``setActivations(_:)``
  /// changes that.
  private func layer(_ index: Int) -> ck_layer {
    var layer = ck_layer()
    layer.inputs = layout.shape.inputs(of: index)
    layer.units = layout.shape.units(of: index)
    layer.columns = layout.columns(of: index)
    layer.stride = layout.stride(of: index)
    layer.source_stride = sourceStride(index)
    layer.weights = layout.weightOffsets[index]
    layer.biases = layout.biasOffsets[index]
    layer.function = CK_LINEAR
    layer.factor = 1
    layer.backward_factor = 1
    layer.drawn_mask = masks[index].base
    layer.source = UnsafePointer(source(of: index).base)
    layer.masked = masked[index].base
    layer.received = layer.source
    layer.sums = sums[index].base
    layer.activations = activations[index].base
    layer.received_bits = receivedBits[index].words
    layer.cap = .infinity
    return layer
  }

  /// The padded row length of the values that feed a layer.
  package func sourceStride(_ layer: Int) -> Int {
    NetworkLayout.rowStride(layout.shape.inputs(of: layer))
  }

  /// The storage of the values that a layer received in the last pass.
  func receivedStorage(_ layer: Int) -> FloatStorage {
    layers[layer].received == UnsafePointer(masked[layer].base) ? masked[layer] : source(of: layer)
  }

  /// The values that feed a layer, before their mask.
  package func source(of layer: Int) -> FloatStorage {
    UnitLayer.source(of: layer).layer.map { activations[$0] } ?? inputs
  }

  /// Checks, in a debug build, that the buffers of some layers are those of the pass and hold whole
  /// lanes of `rows` rows.
  @inline(__always)
  func assertRoom(rows: Int, layers range: ClosedRange<Int>) {
    assert(
      range.allSatisfy { hasRoom(rows: rows, layer: $0) }, "a pass of \(rows) rows in \(capacity)")
  }

  private func hasRoom(rows: Int, layer index: Int) -> Bool {
    let layer = layers[index]
    let whole = NetworkLayout.padded(rows)
    let isSource = [source(of: index), masked[index]].allSatisfy {
      $0.count >= whole * layer.source_stride
    }
    let isResult = [sums[index], activations[index]].allSatisfy {
      $0.count >= whole * layer.stride
    }
    let words = rows * ((layer.inputs + 63) / 64)
    return isSource && isResult && masks[index].count >= whole * layer.source_stride
      && layer.source_stride >= NetworkLayout.padded(layer.inputs) && layer.stride >= layer.columns
      && receivedBits[index].count >= 2 * words
      && layer.source == UnsafePointer(source(of: index).base)
      && (layer.received == layer.source || layer.received == UnsafePointer(masked[index].base))
      && layer.biases + layer.columns <= layout.count
  }

  /// The values that a layer received in the last pass, `[rows][padded inputs]`; the padding may
  /// hold any finite value.
  package func received(_ layer: Int) -> UnsafePointer<Float> { layers[layer].received }

  /// Sets the activation functions of the hidden layers.
  package func setActivations(_ configuration: ExperimentConfiguration) {
    for layer in 0..<layout.shape.hidden.count {
      layers[layer].function = configuration.activation[layer].kernel
    }
  }

  /// Passes the first `rows` examples of ``inputs`` through the layers, until the values of `units`
  /// are computed.
  ///
  /// A pass may start above layer 0 if an earlier pass has left the activations below.
  ///
  /// - Returns: Whether all sums are finite.
  @discardableResult
  package func run(
    _ kind: Kind, parameters: UnsafeBufferPointer<Float>, plan: DropoutPlan, rows: Int,
    fromLayer: Int = 0, through units: UnitLayer
  ) -> Bool {
    precondition(rows <= capacity, "a pass of \(rows) rows in buffers for \(capacity)")
    guard let last = units.layer, fromLayer <= last else { return true }
    if fromLayer == 0 { hideUnseenInputs(plan, rows: rows) }
    for layer in fromLayer...last { prepare(kind, layer: layer, plan: plan, rows: rows) }
    kernels.receive(fromLayer, of: self, rows: rows)
    var isFinite = true
    for layer in fromLayer...last {
      let feedsNext = layer < last
      if let counter = weightMaskCounter(kind, layer: layer, plan: plan) {
        multiplyMasked(counter, layer: layer, parameters: parameters, plan: plan, rows: rows)
        kernels.activate(layer, of: self, parameters: parameters, rows: rows)
        isFinite = isFinite && sums[layer].isFinite(rows: rows, stride: layout.stride(of: layer))
        if feedsNext { kernels.receive(layer + 1, of: self, rows: rows) }
      } else {
        isFinite =
          kernels.forward(
            layer, of: self, feedsNext: feedsNext, parameters: parameters, rows: rows) && isFinite
      }
    }
    return isFinite
  }

  /// Sets the inputs that the learner does not see to 0, in every kind of pass.
  package func hideUnseenInputs(_ plan: DropoutPlan, rows: Int) {
    let stride = sourceStride(0)
    for unseen in plan.sources[0].unseen {
      for row in 0..<rows { inputs.base[row * stride + unseen] = 0 }
    }
  }

  /// Sets the mask and factor of the place that feeds a layer, and draws that place's masks.
  private func prepare(_ kind: Kind, layer: Int, plan: DropoutPlan, rows: Int) {
    let place = plan.sources[layer]
    var isMasked = false
    var factor: Float = 1
    var drawn: MaskCounter?
    switch kind {
    case .training(let counter):
      if weightMaskCounter(kind, layer: layer, plan: plan) == nil {
        factor = place.forwardFactor
        isMasked = place.masksForward
        drawn = counter
      }
    case .trainingWithGivenMasks:
      factor = place.forwardFactor
      isMasked = place.masksForward
    case .test(let counter):
      factor = place.testFactor
      isMasked = place.masksTest
      drawn = counter
    case .convention(let convention):
      factor = place.factor(under: convention)
    }
    layers[layer].factor = factor
    layers[layer].mask = isMasked ? UnsafePointer(masks[layer].base) : nil
    if isMasked, let drawn {
      plan.drawMasks(
        of: layer, counter: drawn, rows: rows, into: masks[layer].place(),
        stride: sourceStride(layer), kernels: kernels)
    }
  }
}
