/// The laws of the multipliers of the terms of a layer's sums in training.
///
/// They are independent of each other, but for the units of a group that shares a mask.
package struct TermLaws {
  /// The laws by input, or `[input][unit]` where each weight has a law of its own.
  private let laws: [MultiplierLaw]
  /// The number of the layer's units where each weight has a law of its own; else 1.
  private let columns: Int

  /// The law of the term of an input in the sum of a unit.
  package subscript(input: Int, unit: Int) -> MultiplierLaw {
    laws[columns == 1 ? input : input * columns + unit]
  }

  /// The laws of the terms of one unit's sum, by input.
  package func laws(of unit: Int) -> [MultiplierLaw] {
    columns == 1 ? laws : (0..<laws.count / columns).map { laws[$0 * columns + unit] }
  }

  fileprivate init(_ laws: [MultiplierLaw], columns: Int = 1) {
    self.laws = laws
    self.columns = columns
  }

  fileprivate func times(_ factor: Double) -> TermLaws {
    TermLaws(laws.map { $0.times(factor) }, columns: columns)
  }
}

extension DropoutPlan {
  /// The law of the multipliers of a place where each pass draws its own, with the training factor.
  package func scaledLaw(of source: Int) -> MultiplierLaw {
    let place = sources[source]
    return noise.law(keepProbability: place.keepProbability).times(Double(place.trainingFactor))
  }

  /// The laws of the terms of a layer's sums in a training pass, with the factor of that pass.
  ///
  /// It has the parameters of ``termLaws(into:units:kernels:)``.
  package func scaledTermLaws(into layer: Int, units: Int, kernels: Kernels) -> TermLaws {
    termLaws(into: layer, units: units, kernels: kernels)
      .times(Double(sources[layer].forwardFactor))
  }

  /// The laws of the terms of a layer's sums in a training pass, without its factor.
  ///
  /// - Parameters:
  ///   - layer: the layer; the place that feeds it has the same number.
  ///   - units: the number of the layer's units.
  ///   - kernels: the kernels that draw fixed masks.
  /// - Returns: the laws, by input and unit.
  package func termLaws(into layer: Int, units: Int, kernels: Kernels) -> TermLaws {
    let place = sources[layer]
    guard place.masksForward else {
      return TermLaws([MultiplierLaw](repeating: .decided(1), count: place.units))
    }
    guard sharing == .fixed else { return TermLaws(laws(of: layer)) }
    if masksWeights {
      let mask = fixedWeightMask(of: layer, layerUnits: units, kernels: kernels)
      return TermLaws(mask.map { .decided(Double($0)) }, columns: units)
    }
    let mask = fixedMask(of: layer, kernels: kernels)
    return TermLaws(mask.map { .decided(Double($0)) })
  }

  /// The mean multiplier of each unit of a place where each pass draws its own, `[units]`, without
  /// the training factor.
  package func meanMask(of source: Int) -> [Float] { laws(of: source).map { Float($0.mean) } }

  /// The laws of a place's multipliers where each pass draws its own, `[units]`.
  ///
  /// Killed units are masked, pinned ones kept.
  private func laws(of source: Int) -> [MultiplierLaw] {
    let place = sources[source]
    let free = noise.law(keepProbability: place.keepProbability)
    var laws = [MultiplierLaw](repeating: free, count: place.units)
    for unit in place.killed { laws[unit] = .decided(0) }
    for unit in place.pinned { laws[unit] = .decided(1) }
    return laws
  }
}
