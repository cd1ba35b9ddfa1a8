public import DropoutEngine

/// The subnetworks that an experiment's masks can make of its network: one for each choice among the units
/// whose mask is left to chance.
///
/// Subnetworks are numbered from 0: bit k of the number says whether unit k of ``units`` is kept. Killed and pinned
/// units, units with keep probability 1, and masks that are drawn once for good leave no choice.
///
/// ```swift
/// // Two masked units: subnetwork 2 keeps the second one only.
/// space.units.count   // 2
/// space.masks(of: 2)  // [[], [0, 1]]: the inputs are not masked, hidden layer 1 is
/// ```
public struct SubnetworkSpace: Equatable, Sendable {
  /// A unit whose mask is left to chance.
  public struct Unit: Equatable, Sendable {
    /// Its place: 0 for the inputs, then the hidden layers from 1.
    public let source: Int
    /// The unit of that place, counted from 0.
    public let unit: Int
    /// The probability that it is kept.
    public let keepProbability: Double
  }

  /// The units that are left to chance, the inputs' first.
  public let units: [Unit]
  /// By place: the masks with every unit of ``units`` kept; empty where the forward pass masks nothing.
  let whole: [[Float]]

  /// The subnetworks of a network; nil where dropout does not keep or mask whole units (noise `gaussian` and
  /// `dropconnect`).
  public init?(_ state: NetworkState) {
    let plan = state.plan
    guard plan.noise == .bernoulli else { return nil }
    var units: [Unit] = []
    var whole: [[Float]] = []
    for (source, place) in plan.sources.enumerated() {
      guard place.masksForward else {
        whole.append([])
        continue
      }
      if plan.sharing == .fixed {
        whole.append(plan.fixedMask(of: source, kernels: KernelPath.best.kernels))
        continue
      }
      var mask = [Float](repeating: 1, count: place.units)
      for unit in place.killed { mask[unit] = 0 }
      for unit in place.pinned { mask[unit] = 1 }
      whole.append(mask)
      units += place.freeUnits.map {
        Unit(source: source, unit: $0, keepProbability: place.keepProbability)
      }
    }
    self.units = units
    self.whole = whole
  }

  /// The number of subnetworks, 2 to the power of the number of ``units``.
  ///
  /// - Precondition: there are fewer than 63 units.
  public var count: Int {
    precondition(units.count < 63, "\(units.count) units make too many subnetworks to be counted")
    return 1 << units.count
  }

  /// The masks of a subnetwork, `[place][unit]`: 1 is kept, 0 is masked; empty for a place that is not masked.
  public func masks(of number: Int) -> [[Float]] {
    var masks = whole
    for (bit, unit) in units.enumerated() where number >> bit & 1 == 0 {
      masks[unit.source][unit.unit] = 0
    }
    return masks
  }

  /// The probability that a training pass draws the subnetwork; over all of them the sum is 1.
  public func probability(of number: Int) -> Double {
    var probability = 1.0
    for (bit, unit) in units.enumerated() {
      probability *= number >> bit & 1 == 1 ? unit.keepProbability : 1 - unit.keepProbability
    }
    return probability
  }
}
