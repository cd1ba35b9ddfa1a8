/// The rule that turns gradients into updates.
///
/// The formulas stand in ``OptimizerSettings``.
public enum Optimizer: String, NamedChoice {
  /// Plain stochastic gradient descent.
  case sgd
  /// SGD with a velocity.
  case momentum
  /// Nesterov's accelerated gradient.
  case nesterov
  /// RMSProp.
  case rmsprop
  /// Adam.
  case adam
}

/// An optimizer with its constants.
///
/// With g the regularised gradient, t the step counted from 1, lr the learning rate, and u the
/// update factor (1 for biases):
/// - sgd: `W -= u lr g`
/// - momentum: `v = mu v + g; W -= u lr v`
/// - nesterov: `v = mu v + g; W -= u lr (g + mu v)`
/// - rmsprop: `s = d s + (1-d) g^2; W -= u lr g / (sqrt(s) + eps)`
/// - adam: `m = b1 m + (1-b1) g; s = b2 s + (1-b2) g^2; W -= u lr (m / (1-b1^t)) / (sqrt(s /
///   (1-b2^t)) + eps)`
///
/// > Source: Sutskever et al. 2013 (momentum, nesterov); Tieleman, Hinton 2012 (rmsprop); Kingma,
/// > Ba 2015 (adam).
public struct OptimizerSettings: Equatable, Sendable {
  /// The rule.
  public var kind: Optimizer
  /// mu, in [0, 1).
  public var momentum: Double
  /// d, in [0, 1).
  public var decay: Double
  /// b1, in [0, 1).
  public var beta1: Double
  /// b2, in [0, 1).
  public var beta2: Double
  /// eps, at least 0.
  public var epsilon: Double

  /// Creates an optimizer; the constants have the defaults of the command line.
  public init(
    kind: Optimizer = .sgd, momentum: Double = 0.9, decay: Double = 0.9, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    self.kind = kind
    self.momentum = momentum
    self.decay = decay
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }
}
