import CKernels
import DropoutEngine

extension SubnetworkBlocks {
  /// The masks, the probability and the output sums of a subnetwork that the kernels found.
  func subnetwork(
    _ found: ck_ranked, way: Way, purpose: RandomPurpose = .ensembleMask
  ) -> (kept: [Bool], probability: Double, sums: [Double]) {
    switch way {
    case .sampled: return drawnSubnetwork(UInt32(truncatingIfNeeded: found.block), purpose)
    case .enumerated, .upstreamSampled: return enumeratedSubnetwork(found)
    }
  }

  private func drawnSubnetwork(
    _ slot: UInt32, _ purpose: RandomPurpose
  ) -> (kept: [Bool], probability: Double, sums: [Double]) {
    draw(purpose, slot: slot, rows: 1, through: .result(of: last))
    writeSums(row: 0, isTraining: true, to: block.base)
    let sums = (0..<block.outputs).map { block.base[$0] }
    guard let space else { return ([], .nan, sums) }
    let kept = space.units.map { pass.masks[$0.source].base[$0.unit] != 0 }
    return (kept, space.probability { kept[$0] }, sums)
  }

  private func enumeratedSubnetwork(
    _ found: ck_ranked
  ) -> (kept: [Bool], probability: Double, sums: [Double]) {
    let units = space?.units ?? []
    var kept = [Bool](repeating: true, count: units.count)
    var probability = 1.0
    func decide(_ index: Int, _ isKept: Bool) {
      kept[index] = isKept
      probability *= units[index].probability(isKept: isKept)
    }
    let mask = Int(found.block >> 32)
    if let first = upstream.first {
      writeMask(mask, row: 0)
      runMasked(fromLayer: units[first].source, rows: 1)
    }
    for (bit, index) in upstream.enumerated() { decide(index, mask >> bit & 1 == 1) }
    fillBlock(row: 0)
    var sums = (0..<block.outputs).map { block.base[$0] }
    let atOnce = min(inBlock.count, block.unitsAtOnce)
    let columnUnits = ck_ensemble_column_units(atOnce)
    let place = Int(found.row) << columnUnits | Int(found.column)
    let part = Int(found.block & 0xFFFF_FFFF)
    for (unit, index) in inBlock.enumerated() {
      let isKept = unit < atOnce ? place >> unit & 1 == 1 : part >> (unit - atOnce) & 1 == 1
      decide(index, isKept)
      guard isKept else { continue }
      for output in sums.indices { sums[output] += block.contributions[unit * sums.count + output] }
    }
    return (kept, probability, sums)
  }
}
