/// A subnetwork that stands out by its loss.
///
/// Units that send 0 for the example whatever is masked (a ReLU that is off, a unit without weights) change nothing:
/// an exact ensemble shows them as kept, and one ranked subnetwork stands for all that differ in such units only.
public struct RankedSubnetwork: Equatable, Sendable {
  /// Whether each unit of the ``MaskSpace`` is kept, in the order of its units; empty where noise masks no whole
  /// units.
  public var kept: [Bool]
  /// The probability that a training pass draws this mask, or one that differs in units that change nothing; NaN where
  /// noise masks no whole units.
  public var probability: Double
  /// Its loss.
  public var loss: Double
  /// What comes out of it at the output whose distribution is counted.
  public var output: Double
}
