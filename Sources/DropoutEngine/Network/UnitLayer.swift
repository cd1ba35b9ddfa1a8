/// A layer of units: the inputs, a hidden layer or the outputs.
///
/// A layer of weights has a plain number, 0 for the first. It stands between two layers of units:
/// it receives the values of its ``source(of:)`` and computes its ``result(of:)``. Layers of units
/// are in order, the inputs first, so a range of them can be gone through.
public struct UnitLayer: Hashable, Strideable, Sendable {
  /// The layers below: 0 for the inputs, k for hidden layer k as people count them.
  ///
  /// It is also the number of the layer of weights that these units feed, if one stands above.
  public let index: Int

  private init(index: Int) {
    self.index = index
  }

  /// The inputs.
  public static let inputs = UnitLayer(index: 0)

  /// The units that feed a layer of weights: the inputs for layer 0.
  public static func source(of layer: Int) -> UnitLayer { UnitLayer(index: layer) }

  /// The units whose values a layer of weights computes.
  public static func result(of layer: Int) -> UnitLayer { UnitLayer(index: layer + 1) }

  /// The layer of weights that computes these units; nil for the inputs.
  public var layer: Int? { index == 0 ? nil : index - 1 }

  /// The address of one of these units as a hidden unit; nil for an input.
  public func address(unit: Int) -> UnitAddress? {
    layer.map { UnitAddress(layer: $0, unit: unit) }
  }

  /// The layers from here up to another one; negative where that one is below.
  public func distance(to other: UnitLayer) -> Int { other.index - index }

  /// The layer `distance` layers above this one.
  public func advanced(by distance: Int) -> UnitLayer { UnitLayer(index: index + distance) }
}
