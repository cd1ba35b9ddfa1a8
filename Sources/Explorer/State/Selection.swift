/// The unit that the keys and the sentence are about.
public struct Selection: Equatable, Hashable, Sendable {
  /// The layer whose sums are shown, 0 for the first hidden layer; the number of hidden layers
  /// stands for the output layer.
  public var layer: Int
  /// The unit, counted from 0.
  public var unit: Int

  /// Creates a selection.
  public init(layer: Int, unit: Int) {
    self.layer = layer
    self.unit = unit
  }
}
