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

extension ActivationFunction {
  /// The derivative where the function's value is `activation`; 0 at the kink of relu.
  package func slope(at activation: Double) -> Double {
    switch self {
    case .relu: activation > 0 ? 1 : 0
    case .tanh: 1 - activation * activation
    case .sigmoid: activation * (1 - activation)
    case .linear: 1
    }
  }
}
