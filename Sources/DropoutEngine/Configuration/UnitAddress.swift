/// A person's decision about one unit's mask.
public enum UnitIntervention: String, NamedChoice {
  /// Always masked, in training only.
  case kill
  /// Never masked.
  case pin
  /// Masked or kept as the mask decides.
  case release
}

/// The address of a unit in a hidden layer.
public struct UnitAddress: Equatable, Hashable, Sendable {
  /// The hidden layer, counted from 0.
  public var layer: Int
  /// The unit, counted from 0.
  public var unit: Int

  /// Creates an address.
  public init(layer: Int, unit: Int) {
    self.layer = layer
    self.unit = unit
  }
}
