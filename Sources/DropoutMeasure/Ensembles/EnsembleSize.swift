public import DropoutEngine

/// How many subnetworks the ensemble of an example has, before any is measured.
public struct EnsembleSize: Equatable, Sendable {
  /// The units whose mask is left to chance; nil where noise masks no whole units.
  public var maskedUnits: Int?
  /// Those of them that change anything for the example, as far as is known before masks are drawn.
  public var relevantUnits: Int
  /// Those of the relevant ones that stand further down than the units that feed the output layer.
  public var upstreamUnits: Int
  /// Whether nothing is left to chance.
  public var isOneNetwork: Bool

  /// Whether the subnetworks are enumerated under options.
  public func canEnumerate(_ options: EnsembleOptions) -> Bool {
    if isOneNetwork { return true }
    return maskedUnits != nil
      && options.enumerates(units: relevantUnits, upstream: upstreamUnits)
  }
}

extension Measurer {
  /// How many subnetworks the ensemble of an example has.
  ///
  /// - Complexity: one forward pass.
  public func ensembleSize(_ state: NetworkState, example: Int) -> EnsembleSize {
    withBlocks(of: state) { blocks, plan, _ in
      blocks.begin(dataset.inputs(of: example))
      return EnsembleSize(
        maskedUnits: blocks.space?.units.count, relevantUnits: blocks.relevantUnits,
        upstreamUnits: blocks.upstream.count, isOneNetwork: plan.randomSources.isEmpty)
    }
  }
}
