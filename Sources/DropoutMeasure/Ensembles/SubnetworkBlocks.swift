import DropoutEngine

/// The subnetworks of one row of inputs, block by block.
///
/// The masks of the units that feed the output layer make one block, which the kernels sum up at
/// once. Each mask of the units further down (``upstream``) needs a forward pass and starts a new
/// block. Units that send 0 are left out of the enumeration: at the first masked place once for all
/// blocks, in the last hidden layer for each block.
final class SubnetworkBlocks {
  /// The way to find the blocks.
  enum Way: Equatable {
    /// Every mask.
    case enumerated
    /// Masks of the units further down are drawn, and those of the units that feed the output layer
    /// are enumerated.
    case upstreamSampled(Int)
    /// Whole masks are drawn: a block is one subnetwork.
    case sampled(Int)
  }

  let block: OutputBlock
  /// The subnetworks; nil where the noise does not mask whole units.
  let space: MaskSpace?
  /// The units of the space below the last hidden layer, as indices into its units, without those
  /// that send 0.
  private(set) var upstream: [Int] = []
  /// The masks of the units in ``upstream``.
  private(set) var upstreamSpace: MaskSpace?
  /// The units of the space that feed the output layer.
  private let feeding: [Int]
  /// The units of ``feeding`` in the block, in its order.
  private(set) var inBlock: [Int] = []

  let pass: ForwardPass
  let plan: DropoutPlan
  let parameters: UnsafeBufferPointer<Float>
  let layout: NetworkLayout
  private let step: UInt32
  let convention: TestConvention
  let last: Int
  /// The index in the space of each unit of the last hidden layer; -1 where its mask is not left to
  /// chance.
  private let spaceIndex: [Int]

  /// Creates the blocks of a network; `pass`, `plan` and `parameters` belong to its state.
  init(
    _ state: NetworkState, pass: ForwardPass, plan: DropoutPlan,
    parameters: UnsafeBufferPointer<Float>, hasProbabilities: Bool, kernels: KernelPath
  ) {
    self.pass = pass
    self.plan = plan
    self.parameters = parameters
    layout = state.layout
    step = UInt32(truncatingIfNeeded: state.step)
    convention = state.configuration.scaledConvention
    last = state.shape.layerCount - 1
    space = MaskSpace(state)
    var spaceIndex = [Int](repeating: -1, count: state.shape.inputs(of: last))
    var feeding: [Int] = []
    for (index, unit) in (space?.units ?? []).enumerated() where unit.source == last {
      spaceIndex[unit.unit] = index
      feeding.append(index)
    }
    self.spaceIndex = spaceIndex
    self.feeding = feeding
    block = OutputBlock(
      outputs: state.shape.outputs, units: feeding.count, hasProbabilities: hasProbabilities,
      kernels: kernels.ensembleKernels)
  }

  // MARK: Inputs

  /// Takes scaled inputs, and passes them through the network with every unit kept.
  func begin(_ inputs: some Collection<Float>) {
    write(inputs)
    guard let space else { return }
    for (source, mask) in space.whole.enumerated() where !mask.isEmpty {
      pass.masks[source].fill(rows: Measurer.capacity, with: mask)
    }
    runMasked(fromLayer: 0, rows: 1)
    let below = space.units.indices.filter { space.units[$0].source < last }
    guard let first = below.first.map({ space.units[$0].source }) else {
      upstream = []
      upstreamSpace = nil
      fillBlock(row: 0)
      return
    }
    let activations = pass.source(of: first).base
    upstream = below.filter { index in
      let unit = space.units[index]
      return unit.source > first || activations[unit.unit] != 0
    }
    upstreamSpace = space.choosing(upstream)
    // Values below the first masked place are the same in every row.
    let stride = pass.sourceStride(first)
    for row in 1..<Measurer.capacity {
      (activations + row * stride).update(from: activations, count: stride)
    }
  }

  /// The number of units that feed the output layer, without those known to send 0 before masks are
  /// drawn.
  var relevantFeedingUnits: Int { hasUpstream ? feeding.count : inBlock.count }

  /// The number of units that change anything, as far as is known before masks are drawn.
  var relevantUnits: Int { upstream.count + relevantFeedingUnits }

  private var hasUpstream: Bool { space?.units.first.map { $0.source < last } ?? false }

  func write(_ inputs: some Collection<Float>) {
    let stride = pass.sourceStride(0)
    for row in 0..<Measurer.capacity {
      let target = pass.inputs.base + row * stride
      for (index, value) in inputs.enumerated() { target[index] = value }
    }
  }

  /// Passes rows through the network up to the last hidden layer, under the masks written before.
  func runMasked(fromLayer: Int, rows: Int) {
    pass.run(
      .trainingWithGivenMasks, parameters: parameters, plan: plan, rows: rows,
      fromLayer: fromLayer, through: .source(of: last))
  }

  /// Writes a mask of the units in ``upstream`` to a row: bit k of the number tells whether unit k
  /// is kept.
  func writeMask(_ number: Int, row: Int) {
    upstreamSpace?.write(number, rows: row..<row + 1, to: pass.masks)
  }

  /// Passes rows through the network, each under its own mask drawn by the engine.
  func draw(_ purpose: RandomPurpose, slot: UInt32, rows: Int, through units: UnitLayer) {
    pass.run(
      .training(MaskCounter(purpose: purpose, step: step, firstSlot: slot)),
      parameters: parameters, plan: plan.drawingForEachRow, rows: rows,
      through: units)
  }

  /// Fills the block from one row's last hidden layer: the sums of the units that are always kept,
  /// and the contribution of each other unit.
  func fillBlock(row: Int) {
    let outputs = block.outputs
    let biases = layout.biasOffsets[last]
    let activations = pass.source(of: last).base + row * pass.sourceStride(last)
    let factor = plan.sources[last].forwardFactor
    let whole = space?.whole[last] ?? []
    for output in 0..<outputs { block.base[output] = Double(parameters[biases + output]) }
    inBlock.removeAll(keepingCapacity: true)
    for unit in spaceIndex.indices {
      let received = Double(
        whole.isEmpty ? activations[unit] * factor : (activations[unit] * whole[unit]) * factor)
      guard spaceIndex[unit] >= 0, let space else {
        for output in 0..<outputs {
          block.base[output] += received * weight(from: unit, to: output)
        }
        continue
      }
      let added = block.contributions + inBlock.count * outputs
      var addsAnything = false
      for output in 0..<outputs {
        added[output] = received * weight(from: unit, to: output)
        if added[output] != 0 { addsAnything = true }
      }
      guard addsAnything else { continue }
      block.keep[inBlock.count] = space.units[spaceIndex[unit]].keepProbability
      inBlock.append(spaceIndex[unit])
    }
  }
}
