/// The masks that chance can draw, numbered.
///
/// Each is one of the network's subnetworks.
///
/// Masks are numbered from 0: bit k of the number tells whether unit k of ``units`` is kept. Chance
/// decides nothing about killed and pinned units, units with keep probability 1, and fixed masks.
///
/// ```swift
/// // Two masked units: mask 2 keeps the second one only.
/// space.units.count   // 2
/// space.masks(of: 2)  // [[], [0, 1]]: the inputs are not masked, hidden layer 1 is
/// ```
public struct MaskSpace: Equatable, Sendable {
  /// A unit whose mask is left to chance.
  public struct Unit: Equatable, Sendable {
    /// Its place: 0 for the inputs, then the hidden layers from 1.
    public let source: Int
    /// The unit of that place, counted from 0.
    public let unit: Int
    /// The probability that it is kept.
    public let keepProbability: Double
    /// Whether its mask is that of the backward pass, where that pass has its own.
    package var isBackward = false

    /// The probability that it is kept, or that it is masked.
    package func probability(isKept: Bool) -> Double {
      isKept ? keepProbability : 1 - keepProbability
    }
  }

  /// The units that are left to chance, inputs first.
  public let units: [Unit]
  /// The forward masks of each place with every unit of ``units`` kept; empty where the forward
  /// pass masks nothing.
  package let whole: [[Float]]

  private init(units: [Unit], whole: [[Float]]) {
    self.units = units
    self.whole = whole
  }

  /// The masks of a network's training pass; nil where the noise does not mask whole units.
  public init?(_ state: NetworkState) {
    self.init(state.plan, kernels: KernelPath.best.kernels)
  }

  /// The masks of a training pass; nil where the noise does not mask whole units.
  package init?(_ plan: DropoutPlan, kernels: Kernels) {
    guard plan.noise.masksUnits else { return nil }
    self.init(
      units: plan.sharing == .fixed ? [] : plan.sources.indices.flatMap(plan.forwardUnits),
      whole: plan.sources.enumerated().map { source, place in
        guard place.masksForward else { return [] }
        return plan.sharing == .fixed
          ? plan.fixedMask(of: source, kernels: kernels) : place.maskKeepingFreeUnits
      })
  }

  /// The masks of a step: of its forward pass alone, and of both passes, the forward
  /// pass's first.
  ///
  /// It is nil where the noise does not mask whole units.
  package static func ofStep(_ plan: DropoutPlan) -> (forward: MaskSpace, both: MaskSpace)? {
    guard plan.noise.masksUnits else { return nil }
    let whole = plan.sources.map(\.maskKeepingFreeUnits)
    let forward = plan.sources.indices.flatMap(plan.forwardUnits)
    let backward = plan.sources.indices.flatMap(plan.backwardUnits)
    return (
      MaskSpace(units: forward, whole: whole), MaskSpace(units: forward + backward, whole: whole)
    )
  }

  /// The space of some of the units; the others are kept.
  package func filter(_ isIncluded: (Unit) -> Bool) -> MaskSpace {
    MaskSpace(units: units.filter(isIncluded), whole: whole)
  }

  /// The space of the units with these indices; the others are kept.
  package func choosing(_ indices: [Int]) -> MaskSpace {
    MaskSpace(units: indices.map { units[$0] }, whole: whole)
  }

  /// The number of masks, 2 to the power of the number of ``units``.
  ///
  /// - Precondition: there are fewer than 63 units.
  public var count: Int {
    precondition(units.count < 63, "\(units.count) units have too many masks to be counted")
    return 1 << units.count
  }

  /// The masks with this number, `[place][unit]`: 1 is kept, 0 is masked; empty for a place that is
  /// not masked.
  public func masks(of number: Int) -> [[Float]] {
    var masks = whole
    for (bit, unit) in units.enumerated() where number >> bit & 1 == 0 {
      masks[unit.source][unit.unit] = 0
    }
    return masks
  }

  /// The probability that a training pass draws this mask.
  ///
  /// The sum over all masks is 1.
  public func probability(of number: Int) -> Double {
    probability { number >> $0 & 1 == 1 }
  }

  /// The probability of the mask that keeps exactly the units whose index in ``units`` satisfies
  /// `isKept`.
  package func probability(_ isKept: (Int) -> Bool) -> Double {
    var probability = 1.0
    for (index, unit) in units.enumerated() {
      probability *= unit.probability(isKept: isKept(index))
    }
    return probability
  }

  /// Writes the mask with a number into rows of a pass; only the units of the space are written.
  ///
  /// - Parameters:
  ///   - number: the number of the mask.
  ///   - previous: the number of the mask in the rows; nil where it is not known.
  ///   - rows: the rows.
  ///   - forward: the masks of the forward pass, by place.
  ///   - backward: the masks of the backward pass, where the space has units of it.
  package func write(
    _ number: Int, replacing previous: Int? = nil, rows: Range<Int>, to forward: [FloatStorage],
    backward: [FloatStorage] = []
  ) {
    for (bit, unit) in units.enumerated() {
      if let previous, (number ^ previous) >> bit & 1 == 0 { continue }
      let value: Float = number >> bit & 1 == 1 ? 1 : 0
      let masks = unit.isBackward ? backward : forward
      let stride = NetworkLayout.rowStride(whole[unit.source].count)
      for row in rows { masks[unit.source].base[row * stride + unit.unit] = value }
    }
  }
}

extension DropoutPlan {
  /// Whether the gradients of a step depend on chance.
  package var leavesGradientsToChance: Bool {
    guard sharing != .fixed else { return false }
    return sources.indices.contains { source in
      let place = sources[source]
      return !forwardUnits(of: source).isEmpty || !backwardUnits(of: source).isEmpty
        || (masksWeights && place.masksBackward && place.keepProbability < 1)
    }
  }

  fileprivate func forwardUnits(of source: Int) -> [MaskSpace.Unit] {
    sources[source].freeUnits.map {
      MaskSpace.Unit(
        source: source, unit: $0, keepProbability: sources[source].keepProbability)
    }
  }

  /// No gradient needs the backward mask of the inputs.
  fileprivate func backwardUnits(of source: Int) -> [MaskSpace.Unit] {
    let hasOwn = maskPass == .backward || maskPass == .independent
    guard source > 0, hasOwn, sources[source].masksBackward else { return [] }
    return sources[source].chanceUnits.map {
      MaskSpace.Unit(
        source: source, unit: $0, keepProbability: sources[source].keepProbability,
        isBackward: true)
    }
  }
}

extension DropoutPlan.Source {
  /// The mask that keeps every unit that is left to chance, `[units]`; killed units are masked.
  fileprivate var maskKeepingFreeUnits: [Float] {
    var mask = [Float](repeating: 1, count: units)
    for unit in killed { mask[unit] = 0 }
    for unit in pinned { mask[unit] = 1 }
    return mask
  }
}
