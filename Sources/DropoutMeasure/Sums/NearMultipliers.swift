import DropoutEngine

/// The laws of what the terms of one sum are multiplied by in training, the training factor left out: the multipliers
/// are independent of each other.
struct NearMultipliers {
  /// The mean and the variance of one multiplier.
  struct Law: Equatable {
    var mean: Double
    var variance: Double
  }

  /// By incoming unit.
  let laws: [Law]

  /// The number of multipliers that are left to chance.
  var freeCount: Int { laws.count { $0.variance > 0 } }

  init(plan: DropoutPlan, layer: Int, unit: Int, pass: ForwardPass) {
    let place = plan.sources[layer]
    func decided(_ value: Double) -> Law { Law(mean: value, variance: 0) }
    guard place.masksForward else {
      laws = [Law](repeating: decided(1), count: place.units)
      return
    }
    if plan.sharing == .fixed {
      guard plan.masksWeights else {
        laws = plan.fixedMask(of: layer, kernels: pass.kernels).map { decided(Double($0)) }
        return
      }
      let units = pass.layout.shape.units(of: layer)
      let mask = pass.drawWeightMask(
        MaskCounter(purpose: .forwardMask, step: 0, firstSlot: 0), layer: layer, row: 0, plan: plan)
      laws = (0..<place.units).map { decided(Double(mask[$0 * units + unit])) }
      return
    }
    let keep = place.keepProbability
    let free =
      plan.noise == .gaussian
      ? Law(mean: 1, variance: (1 - keep) / keep) : Law(mean: keep, variance: keep * (1 - keep))
    var laws = [Law](repeating: free, count: place.units)
    for killed in place.killed { laws[killed] = decided(0) }
    for pinned in place.pinned { laws[pinned] = decided(1) }
    self.laws = laws
  }
}
