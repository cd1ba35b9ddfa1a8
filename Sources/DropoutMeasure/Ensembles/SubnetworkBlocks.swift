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
  private var upstreamSpace: MaskSpace?
  /// The units of the space that feed the output layer.
  private let feeding: [Int]
  /// The units of ``feeding`` in the block, in its order.
  private(set) var inBlock: [Int] = []

  let pass: ForwardPass
  private let plan: DropoutPlan
  private let parameters: UnsafeBufferPointer<Float>
  private let layout: NetworkLayout
  private let step: UInt32
  private let convention: TestConvention
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

  private func write(_ inputs: some Collection<Float>) {
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

  // MARK: Sums of single passes

  /// The output layer's pre-activations in one pass of the inputs that ``begin(_:)`` takes next,
  /// `[outputs]`.
  func sums(_ inputs: some Collection<Float>, in kind: ForwardPass.Kind) -> [Double] {
    write(inputs)
    pass.run(kind, parameters: parameters, plan: plan, rows: 1, through: .result(of: last))
    var sums = [Double](repeating: 0, count: layout.shape.outputs)
    sums.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { writeSums(row: 0, isTraining: kind.isTraining, to: base) }
    }
    return sums
  }

  /// The output layer's sums of the weight-scaling network.
  func weightScalingSums(_ inputs: some Collection<Float>) -> [Double] {
    if plan.randomSources.isEmpty {
      // Only one network is left, so it is its own mean.
      return sums(
        inputs, in: .training(MaskCounter(purpose: .forwardMask, step: 0, firstSlot: 0)))
    }
    // Units that a person killed or pinned have multipliers of their own.
    if plan.sources.contains(where: { !$0.killed.isEmpty || !$0.pinned.isEmpty }) {
      return sumsOfMeanMasks(inputs)
    }
    return sums(inputs, in: .convention(convention))
  }

  /// The sums of a pass under the mean masks of training.
  private func sumsOfMeanMasks(_ inputs: some Collection<Float>) -> [Double] {
    for source in plan.sources.indices where plan.sources[source].masksForward {
      pass.masks[source].fill(rows: 1, with: plan.meanMask(of: source))
    }
    return sums(inputs, in: .trainingWithGivenMasks)
  }

  /// The output layer's sums of a row; those of masked weights are the engine's own, 32 bits wide.
  func writeSums(row: Int, isTraining: Bool, to sums: UnsafeMutablePointer<Double>) {
    let outputs = layout.shape.outputs
    let stride = layout.stride(of: last)
    let biases = layout.biasOffsets[last]
    if plan.masksWeights, isTraining, plan.sources[last].masksForward {
      let engine = pass.sums[last].base + row * stride
      for output in 0..<outputs {
        sums[output] = Double(engine[output]) + Double(parameters[biases + output])
      }
      return
    }
    let received = pass.received(last) + row * pass.sourceStride(last)
    for output in 0..<outputs { sums[output] = Double(parameters[biases + output]) }
    for input in 0..<layout.shape.inputs(of: last) {
      let value = Double(received[input])
      for output in 0..<outputs { sums[output] += value * weight(from: input, to: output) }
    }
  }

  /// A weight of the output layer.
  private func weight(from unit: Int, to output: Int) -> Double {
    Double(parameters[layout.weightPlace(last, input: unit, unit: output)])
  }

  // MARK: Blocks

  /// Calls `body` with the number of each block; ``block`` then holds it with its probability.
  ///
  /// - Parameters:
  ///   - way: the way to find the blocks.
  ///   - purpose: the purpose of drawn masks.
  ///   - firstSlot: the slot of the first drawn mask.
  ///   - progress: takes the finished share; false ends the enumeration.
  ///   - body: takes the number that finds the block's subnetworks again.
  /// - Returns: false where `progress` ended it.
  func forEach(
    _ way: Way, purpose: RandomPurpose = .ensembleMask, firstSlot: UInt32 = 0,
    progress: ((Double) -> Bool)? = nil, _ body: (UInt64) -> Void
  ) -> Bool {
    switch way {
    case .enumerated: return forEachMask(progress: progress, body)
    case .sampled(let count):
      return forEachSample(
        count, purpose: purpose, firstSlot: firstSlot, through: .result(of: last),
        progress: progress
      ) { row, number in
        block.units = 0
        block.weight = 1 / Double(count)
        writeSums(row: row, isTraining: true, to: block.base)
        body(number)
      }
    case .upstreamSampled(let count):
      return forEachSample(
        count, purpose: purpose, firstSlot: firstSlot, through: .source(of: last),
        progress: progress
      ) { row, number in
        fillBlock(row: row)
        _ = forEachPart(of: number << 32, weight: 1 / Double(count), body)
      }
    }
  }

  private func forEachMask(progress: ((Double) -> Bool)?, _ body: (UInt64) -> Void) -> Bool {
    guard let first = upstreamSpace?.units.first?.source, let space = upstreamSpace else {
      fillBlock(row: 0)
      return forEachPart(of: 0, weight: 1, progress: progress, body)
    }
    let count = space.count
    for number in stride(from: 0, to: count, by: Measurer.capacity) {
      if let progress, !progress(Double(number) / Double(count)) { return false }
      let rows = min(Measurer.capacity, count - number)
      for row in 0..<rows { writeMask(number + row, row: row) }
      runMasked(fromLayer: first, rows: rows)
      for row in 0..<rows {
        fillBlock(row: row)
        _ = forEachPart(
          of: UInt64(number + row) << 32, weight: space.probability(of: number + row), body)
      }
    }
    return true
  }

  /// Writes a mask of the units in ``upstream`` to a row: bit k of the number tells whether unit k
  /// is kept.
  func writeMask(_ number: Int, row: Int) {
    upstreamSpace?.write(number, rows: row..<row + 1, to: pass.masks)
  }

  private func forEachSample(
    _ count: Int, purpose: RandomPurpose, firstSlot: UInt32, through units: UnitLayer,
    progress: ((Double) -> Bool)?, _ body: (Int, UInt64) -> Void
  ) -> Bool {
    for number in stride(from: 0, to: count, by: Measurer.capacity) {
      if let progress, !progress(Double(number) / Double(count)) { return false }
      let rows = min(Measurer.capacity, count - number)
      draw(purpose, slot: firstSlot + UInt32(number), rows: rows, through: units)
      for row in 0..<rows { body(row, UInt64(number + row)) }
    }
    return true
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

  /// Calls `body` for parts of the filled block that are small enough for the kernels.
  ///
  /// The units beyond their limit are enumerated here.
  private func forEachPart(
    of number: UInt64, weight: Double, progress: ((Double) -> Bool)? = nil,
    _ body: (UInt64) -> Void
  ) -> Bool {
    let atOnce = min(inBlock.count, block.unitsAtOnce)
    let others = inBlock.count - atOnce
    block.units = atOnce
    block.weight = weight
    guard others > 0 else {
      body(number)
      return true
    }
    let base = (0..<block.outputs).map { block.base[$0] }
    for part in 0..<1 << others {
      if let progress, !progress(Double(part) / Double(1 << others)) { return false }
      block.weight = weight
      for output in 0..<block.outputs { block.base[output] = base[output] }
      for other in 0..<others {
        let unit = atOnce + other
        let isKept = part >> other & 1 == 1
        block.weight *= isKept ? block.keep[unit] : 1 - block.keep[unit]
        guard isKept else { continue }
        for output in 0..<block.outputs {
          block.base[output] += block.contributions[unit * block.outputs + output]
        }
      }
      body(number | UInt64(part))
    }
    for output in 0..<block.outputs { block.base[output] = base[output] }
    return true
  }
}

extension ForwardPass.Kind {
  /// Whether a pass under masked weights masks them as training does.
  fileprivate var isTraining: Bool {
    if case .training = self { return true }
    return false
  }
}
