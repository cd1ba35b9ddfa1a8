/// The nonlinearity of a hidden layer, applied to the pre-activation.
public enum ActivationFunction: String, NamedChoice {
  /// `max(z, 0)`, with derivative 0 at 0.
  case relu
  /// The hyperbolic tangent.
  case tanh
  /// The logistic function `1 / (1 + exp(-z))`.
  case sigmoid
  /// `z` itself.
  case linear
}
