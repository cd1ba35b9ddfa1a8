import CKernels

/// The buffers of one pass through a network for up to `capacity` examples, and the pass itself.
///
/// After ``run(_:parameters:plan:rows:fromLayer:throughLayer:)`` the buffers hold what each layer received, its sums and
/// its activations: the evidence of the pass, in padded rows.
final class ForwardPass {
  /// What a pass does at each masked place.
  enum Kind {
    /// Masks and factors of the training pass.
    case training(MaskCounter)
    /// The training pass under masks that the caller has written to ``masks``.
    case trainingWithGivenMasks
    /// The experiment's own test pass.
    case test(MaskCounter)
    /// A test pass that multiplies as the convention says.
    case convention(TestConvention)
  }

  let layout: NetworkLayout
  let capacity: Int
  let kernels: ck_kernels
  /// The activation of each hidden layer; linear for the output layer, whose softmax comes after.
  private(set) var activationFunctions: [ck_activation]
  /// The inputs, `[capacity][padded inputs]`; a pass puts 0 in the place of those that its learner does not see.
  let inputs: FloatStorage
  /// By source: the masks, `[capacity][padded units]`.
  let masks: [FloatStorage]
  /// By layer: sums and activations, `[capacity][padded units]`.
  let sums: [FloatStorage]
  let activations: [FloatStorage]
  /// By layer: what it received, `[capacity][padded inputs]`.
  ///
  /// Where nothing is masked or scaled this is the activation buffer below it.
  private(set) var received: [UnsafeMutablePointer<Float>]
  private let receivedStorage: [FloatStorage]
  private let weightMask: FloatStorage
  private let maskedWeights: FloatStorage

  init(layout: NetworkLayout, capacity: Int, masksWeights: Bool, kernels: ck_kernels) {
    let shape = layout.shape
    func buffer(_ units: Int) -> FloatStorage {
      FloatStorage(count: capacity * NetworkLayout.padded(units))
    }
    self.layout = layout
    self.capacity = capacity
    self.kernels = kernels
    activationFunctions = [ck_activation](repeating: CK_LINEAR, count: shape.layerCount)
    inputs = buffer(shape.inputs)
    masks = (0..<shape.layerCount).map { buffer(shape.inputs(of: $0)) }
    sums = (0..<shape.layerCount).map { buffer(shape.units(of: $0)) }
    activations = (0..<shape.layerCount).map { buffer(shape.units(of: $0)) }
    receivedStorage = (0..<shape.layerCount).map { buffer(shape.inputs(of: $0)) }
    received = receivedStorage.map(\.base)
    let largest = (0..<shape.layerCount).map { layer in
      (shape.inputs(of: layer)) * layout.stride(of: layer)
    }
    let scratch = masksWeights ? largest.max() ?? 0 : 0
    weightMask = FloatStorage(count: scratch)
    maskedWeights = FloatStorage(count: scratch)
  }

  /// The padded row length of what feeds a layer.
  func sourceStride(_ layer: Int) -> Int {
    NetworkLayout.padded(layout.shape.inputs(of: layer))
  }

  /// Sets the activation functions of the hidden layers.
  func setActivations(_ configuration: ExperimentConfiguration) {
    for layer in 0..<layout.shape.hidden.count {
      activationFunctions[layer] = configuration.activation[layer].kernel
    }
  }

  /// Passes `rows` examples, whose inputs stand in ``inputs``, up to and through `throughLayer`.
  ///
  /// A pass may start further up than at layer 0, where a pass before it has left the activations below.
  func run(
    _ kind: Kind, parameters: UnsafePointer<Float>, plan: DropoutPlan, rows: Int,
    fromLayer: Int = 0, throughLayer: Int
  ) {
    precondition(rows <= capacity, "a pass of \(rows) rows in buffers for \(capacity)")
    if fromLayer == 0 { hideUnseenInputs(plan, rows: rows) }
    for layer in fromLayer..<max(fromLayer, throughLayer + 1) {
      let source = layer == 0 ? inputs.base : activations[layer - 1].base
      let weightsAreMasked = receive(kind, layer: layer, from: source, plan: plan, rows: rows)
      let stride = layout.stride(of: layer)
      if weightsAreMasked, let counter = counter(of: kind) {
        multiplyMasked(
          counter, layer: layer, parameters: parameters, plan: plan, rows: rows)
      } else {
        kernels.multiply(
          received[layer], sourceStride(layer), 1, rows, layout.shape.inputs(of: layer),
          parameters + layout.weightOffsets[layer], stride, sums[layer].base, stride, stride)
      }
      kernels.activate(
        activationFunctions[layer], sums[layer].base, parameters + layout.biasOffsets[layer],
        activations[layer].base, rows, stride, stride)
    }
  }

  /// Puts 0 in the place of the inputs that the learner does not see, in whatever pass.
  private func hideUnseenInputs(_ plan: DropoutPlan, rows: Int) {
    let stride = sourceStride(0)
    for unseen in plan.sources[0].unseen {
      for row in 0..<rows { inputs.base[row * stride + unseen] = 0 }
    }
  }

  private func counter(of kind: Kind) -> MaskCounter? {
    switch kind {
    case .training(let counter), .test(let counter): counter
    case .trainingWithGivenMasks, .convention: nil
    }
  }

  /// Masks and scales what feeds a layer; true where the layer's weights are to be masked instead.
  private func receive(
    _ kind: Kind, layer: Int, from source: UnsafeMutablePointer<Float>, plan: DropoutPlan,
    rows: Int
  ) -> Bool {
    let place = plan.sources[layer]
    let stride = sourceStride(layer)
    var mask: UnsafeMutablePointer<Float>?
    var factor: Float = 1
    switch kind {
    case .training(let counter):
      if plan.masksWeights && place.masksForward {
        received[layer] = source
        return true
      }
      factor = place.forwardFactor
      if place.masksForward {
        mask = masks[layer].base
        plan.drawMasks(
          of: layer, counter: counter, rows: rows, into: masks[layer].base, stride: stride,
          kernels: kernels)
      }
    case .trainingWithGivenMasks:
      factor = place.forwardFactor
      if place.masksForward { mask = masks[layer].base }
    case .test(let counter):
      factor = place.testFactor
      if place.masksTest {
        mask = masks[layer].base
        plan.drawMasks(
          of: layer, counter: counter, rows: rows, into: masks[layer].base, stride: stride,
          kernels: kernels)
      }
    case .convention(let convention):
      factor = place.factor(under: convention)
    }
    if mask == nil && factor == 1 {
      received[layer] = source
    } else {
      received[layer] = receivedStorage[layer].base
      kernels.apply_mask(source, mask, factor, received[layer], rows * stride)
    }
    return false
  }

  /// Sums over masked weights: each example has weights of its own.
  private func multiplyMasked(
    _ counter: MaskCounter, layer: Int, parameters: UnsafePointer<Float>, plan: DropoutPlan,
    rows: Int
  ) {
    let stride = layout.stride(of: layer)
    let units = layout.shape.units(of: layer)
    let factor = plan.sources[layer].forwardFactor
    for row in 0..<rows {
      let weights = drawMaskedWeights(
        counter, layer: layer, row: row, parameters: parameters, plan: plan)
      let sum = sums[layer].base + row * stride
      kernels.multiply(
        received[layer] + row * sourceStride(layer), sourceStride(layer), 1, 1,
        layout.shape.inputs(of: layer), weights, stride, sum, stride, stride)
      for unit in 0..<units { sum[unit] *= factor }
    }
  }

  /// The weights of a layer under the mask of one example, `[inputs][padded units]`; valid until the next call.
  func drawMaskedWeights(
    _ counter: MaskCounter, layer: Int, row: Int, parameters: UnsafePointer<Float>,
    plan: DropoutPlan
  ) -> UnsafePointer<Float> {
    let stride = layout.stride(of: layer)
    let units = layout.shape.units(of: layer)
    let weights = parameters + layout.weightOffsets[layer]
    let mask = drawWeightMask(counter, layer: layer, row: row, plan: plan)
    let masked = maskedWeights.base
    for input in 0..<layout.shape.inputs(of: layer) {
      for unit in 0..<units {
        masked[input * stride + unit] = weights[input * stride + unit] * mask[input * units + unit]
      }
      for unit in units..<stride { masked[input * stride + unit] = 0 }
    }
    return UnsafePointer(masked)
  }

  /// The mask of a layer's weights for one example, `[inputs][units]`; valid until the next call.
  func drawWeightMask(
    _ counter: MaskCounter, layer: Int, row: Int, plan: DropoutPlan
  ) -> UnsafePointer<Float> {
    plan.drawWeightMask(
      of: layer, layerUnits: layout.shape.units(of: layer), counter: counter, row: row,
      into: weightMask.base, kernels: kernels)
    return UnsafePointer(weightMask.base)
  }
}

extension ActivationFunction {
  /// The kernels' name of the function.
  var kernel: ck_activation {
    switch self {
    case .relu: CK_RELU
    case .tanh: CK_TANH
    case .sigmoid: CK_SIGMOID
    case .linear: CK_LINEAR
    }
  }
}
