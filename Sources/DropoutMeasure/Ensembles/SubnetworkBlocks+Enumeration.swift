import DropoutEngine

/// The blocks one after the other.
extension SubnetworkBlocks {
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
        // From the block's own copy of the shares: this runs for every mask of the units at once.
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
