/// A step would have left a value that is not finite; the weights before it are kept.
public struct NotFiniteError: Error, Equatable, Sendable {
  /// The step that was not taken.
  public var step: Int
  /// The learner, counted from 0; nil where there is only one.
  public var learner: Int?
  /// The layer, counted from 0; the last one is the output layer.
  public var layer: Int
  /// The number of hidden layers, to recognise the output layer.
  public var hiddenLayers: Int
  /// The unit, counted from 0.
  public var unit: Int
  /// The quantity that is not finite.
  ///
  /// One of `training sum`, `pre-activation`, `weight gradient`, `bias gradient`, `weight after the
  /// update`, `bias after the update`, or a state of the optimizer.
  public var quantity: String
  /// The value: NaN or an infinity.
  public var value: Float
}

extension NotFiniteError: CustomStringConvertible {
  /// One sentence with the place, the value and the remedy.
  public var description: String {
    let place = layer == hiddenLayers ? "output layer" : "hidden layer \(layer + 1)"
    let what = value.isNaN ? "NaN" : (value < 0 ? "-Infinity" : "Infinity")
    return
      "step \(step)\(learner.map { ", learner \($0 + 1)" } ?? ""): the \(quantity) "
      + "of unit \(unit + 1) in the \(place) is \(what); the weights from before this step "
      + "are kept. A lower learning rate or a max-norm may help."
  }
}
