/// A step would have left a value that is not finite; it is not taken.
public struct NotFiniteError: Error, Equatable, Sendable {
  /// The likely reason for the growth of the values, measured when it happened.
  public enum Cause: Equatable, Sendable {
    /// The targets are numbers far beyond the first outputs of a network.
    case targets(largest: Double)
    /// The inputs are far beyond those that the first weights are made for.
    case inputs(largest: Double)
    /// The factors of masked activations multiply, layer after layer.
    case masks(factor: Double)
    /// None of these: the steps are too long.
    case rate(Double)
  }

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
  /// The last step that is known to be from before the loss left its range: its weights are kept.
  public var calmStep: Int
  /// The last steps before it.
  public var course: LossCourse
  /// The likely reason for the growth of the values.
  public var cause: Cause
}

extension NotFiniteError: CustomStringConvertible {
  /// The quantity and its unit.
  public var place: String {
    let layerName = layer == hiddenLayers ? "the output layer" : "hidden layer \(layer + 1)"
    return "the \(quantity) of unit \(unit + 1) in \(layerName)"
  }

  /// The value in words: `NaN`, `inf` or `-inf`.
  public var valueText: String { value.isNaN ? "NaN" : (value < 0 ? "-inf" : "inf") }

  /// The place and the value, then the likely cause with its remedy.
  public var description: String {
    let course = course.description.isEmpty ? "" : "\(course) "
    return
      "step \(step)\(learner.map { ", learner \($0 + 1)" } ?? ""): \(place) is \(valueText); the "
      + "loss was within its range at step \(calmStep). \(course)\(cause)"
  }
}

extension NotFiniteError.Cause: CustomStringConvertible {
  /// The likely cause, and the remedy.
  public var description: String {
    switch self {
    case .targets(let largest):
      "Likely cause: the targets reach \(Self.text(largest)), and a network starts with outputs "
        + "near 1. Scale the targets (--\(option ?? ""))."
    case .inputs(let largest):
      "Likely cause: the inputs reach \(Self.text(largest)), and weights start for inputs near 1. "
        + "Scale the inputs (--\(option ?? ""))."
    case .masks(let factor):
      "Likely cause: masked activations are multiplied by \(Self.text(factor)) in all, layer after "
        + "layer. A higher keep probability or fewer layers may help."
    case .rate(let rate):
      "Likely cause: a learning rate of \(ParameterText.text(rate)). A lower one or a max-norm may "
        + "help."
    }
  }

  /// The parameter that helps, with its value, as `normalize standard`; nil where none is sure to.
  public var option: String? {
    switch self {
    case .targets: "normalize-target standard"
    case .inputs: "normalize standard"
    case .masks, .rate: nil
    }
  }

  /// A number with four digits.
  private static func text(_ value: Double) -> String {
    guard value.isFinite, value < 1e15 else { return "\(value)" }
    guard value >= 1000 else { return ParameterText.text((value * 100).rounded() / 100) }
    return "\(Int(value.rounded()))"
  }
}
