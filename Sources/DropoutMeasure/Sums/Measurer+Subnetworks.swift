import CKernels
public import DropoutEngine

extension Measurer {
  /// Passes one example through subnetworks: training passes, with training factors, under given
  /// masks.
  ///
  /// ```swift
  /// let space = MaskSpace(state)!
  /// let masks = [0, space.count - 1].map { space.masks(of: $0) }
  /// let pass = measurer.subnetworks(state, example: 3, masks: masks)
  /// pass.outputs  // [2][outputs]: nothing kept, all kept
  /// ```
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - example: the example, as an index into the dataset.
  ///   - masks: the masks, `[subnetwork][place][unit]`, the inputs' first: 1 is kept, 0 is masked
  ///     (any other multiplier is noise). A place that the forward pass does not mask has an empty
  ///     mask. Killed and pinned units are ignored: only the given masks count.
  /// - Returns: the evidence, one row for each subnetwork.
  /// - Precondition: the masks have these lengths, and dropout masks units, not weights.
  /// - Complexity: one forward pass for each subnetwork.
  public func subnetworks(
    _ state: NetworkState, example: Int, masks: [[[Float]]]
  ) -> SubnetworkPass {
    withPass(state) { pass, plan, parameters in
      precondition(!plan.masksWeights, "dropconnect masks weights: no masks of units can be given")
      fill(pass, with: example)
      var rows = SubnetworkRows(state)
      for first in stride(from: 0, to: masks.count, by: Measurer.capacity) {
        let some = masks[first..<min(first + Measurer.capacity, masks.count)]
        for (row, mask) in some.enumerated() { write(mask, row: row, to: pass, plan: plan) }
        pass.run(
          .trainingWithGivenMasks, parameters: parameters, plan: plan, rows: some.count,
          through: .result(of: state.shape.layerCount - 1))
        rows.append(pass, parameters: parameters, rows: some.count)
        rows.appendOutputs(pass, rows: some.count, loss: loss(of: state), kernels: kernels.kernels)
      }
      return rows.collected
    }
  }

  /// Passes one example through every subnetwork of a space, in the order of their numbers and in
  /// groups.
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - example: the example, as an index into the dataset.
  ///   - space: the subnetworks of the state.
  ///   - body: takes the numbers of a group's subnetworks, and their passes in the same order.
  /// - Complexity: `space.count` forward passes; memory does not grow with them.
  public func forEachSubnetwork(
    _ state: NetworkState, example: Int, of space: MaskSpace,
    _ body: (Range<Int>, SubnetworkPass) throws -> Void
  ) rethrows {
    for first in stride(from: 0, to: space.count, by: Measurer.capacity) {
      let numbers = first..<min(first + Measurer.capacity, space.count)
      try body(
        numbers,
        subnetworks(state, example: example, masks: numbers.map { space.masks(of: $0) }))
    }
  }

  /// Writes one example to every row.
  private func fill(_ pass: ForwardPass, with example: Int) {
    let repeated = [Int](repeating: example, count: Measurer.capacity)
    gather(repeated[...], into: pass)
  }

  private func write(_ masks: [[Float]], row: Int, to pass: ForwardPass, plan: DropoutPlan) {
    precondition(
      masks.count == plan.sources.count,
      "\(plan.sources.count) places may be masked, but there are \(masks.count) masks")
    for (source, mask) in masks.enumerated() {
      let needed = plan.sources[source].masksForward ? plan.sources[source].units : 0
      precondition(
        mask.count == needed, "place \(source) has \(needed) masked units, got \(mask.count)")
      let target = pass.masks[source].base + row * pass.sourceStride(source)
      for (unit, value) in mask.enumerated() { target[unit] = value }
    }
  }
}

/// Collects the rows of several passes.
private struct SubnetworkRows {
  private let shape: NetworkShape
  private let layout: NetworkLayout
  private var count = 0
  private var received: [[Float]]
  private var sums: [[Float]]
  private var preActivations: [[Float]]
  private var activations: [[Float]]

  init(_ state: NetworkState) {
    shape = state.shape
    layout = state.layout
    let none = [[Float]](repeating: [], count: shape.layerCount)
    (received, sums, preActivations, activations) = (none, none, none, none)
  }

  /// Adds the contents of a pass's buffers, except the outputs.
  mutating func append(_ pass: ForwardPass, parameters: UnsafeBufferPointer<Float>, rows: Int) {
    count += rows
    for layer in 0..<shape.layerCount {
      let units = shape.units(of: layer)
      let biases = layout.biasOffsets[layer]
      for row in 0..<rows {
        let source = pass.received(layer) + row * pass.sourceStride(layer)
        received[layer] += UnsafeBufferPointer(start: source, count: shape.inputs(of: layer))
        let sum = pass.sums[layer].base + row * layout.stride(of: layer)
        sums[layer] += UnsafeBufferPointer(start: sum, count: units)
        preActivations[layer] += (0..<units).map { sum[$0] + parameters[biases + $0] }
        guard layer < shape.layerCount - 1 else { continue }
        let activation = pass.activations[layer].base + row * layout.stride(of: layer)
        activations[layer] += UnsafeBufferPointer(start: activation, count: units)
      }
    }
  }

  /// Turns the output layer's pre-activations into outputs in the pass, and adds them.
  mutating func appendOutputs(
    _ pass: ForwardPass, rows: Int, loss: LossFunction, kernels: Kernels
  ) {
    let last = shape.layerCount - 1
    if loss == .crossEntropy {
      let ignored = OutputLoss(
        loss: loss, outputs: shape.outputs, capacity: rows, kernels: kernels)
      _ = ignored.apply(to: pass.activations[last], delta: nil, rows: rows)
    }
    activations[last] +=
      pass.activations[last].matrix(
        rows: rows, columns: shape.outputs, stride: layout.stride(of: last)
      ).elements
  }

  /// All rows that were added.
  var collected: SubnetworkPass {
    SubnetworkPass(
      layers: (0..<shape.layerCount).map { layer in
        func matrix(_ elements: [Float], columns: Int) -> Matrix {
          Matrix(rows: count, columns: columns, elements: elements)
        }
        let units = shape.units(of: layer)
        return SubnetworkPass.Layer(
          received: matrix(received[layer], columns: shape.inputs(of: layer)),
          trainingSum: matrix(sums[layer], columns: units),
          preActivation: matrix(preActivations[layer], columns: units),
          activation: matrix(activations[layer], columns: units))
      })
  }
}
