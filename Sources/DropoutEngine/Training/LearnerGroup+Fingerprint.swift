import CKernels

extension LearnerGroup {
  /// The hash of the weights, the biases and the optimizer's state of all learners, to the bit.
  ///
  /// Every path of the arithmetic gives the same. It takes about a millisecond for each million
  /// numbers.
  public var fingerprint: Fingerprint {
    var hash = Fingerprint()
    for learner in learners { learner.blocks.add(to: &hash) }
    return hash
  }
}

extension ParameterBlocks {
  /// Adds all numbers of the current side, and no padding.
  fileprivate func add(to hash: inout Fingerprint) {
    for block in 0...stateCount {
      for layer in 0..<layout.shape.layerCount {
        add(layer, of: current + block * layout.count, to: &hash)
      }
    }
  }

  /// Panel by panel, as the numbers lie in memory.
  private func add(
    _ layer: Int, of block: UnsafePointer<Float>, to hash: inout Fingerprint
  ) {
    let (units, inputs) = (layout.shape.units(of: layer), layout.shape.inputs(of: layer))
    for first in stride(from: 0, to: units, by: Int(CK_PANEL)) {
      let width = min(Int(CK_PANEL), layout.columns(of: layer) - first)
      let panel = block + layout.weightOffsets[layer] + first * inputs
      for input in 0..<inputs {
        for lane in 0..<min(width, units - first) { hash.add(panel[input * width + lane]) }
      }
    }
    for unit in 0..<units { hash.add(block[layout.biasOffsets[layer] + unit]) }
  }
}
