public import DropoutEngine

/// The nonlinearity of one unit in Double, with the bound of its Jensen gap.
public enum UnitActivation: Equatable, Sendable {
  /// The nonlinearity of a hidden unit.
  case hidden(ActivationFunction)
  /// An output unit: linear, or nonlinear together with the other outputs (softmax).
  case output

  /// f(z).
  public func value(_ z: Double) -> Double {
    switch self {
    case .output, .hidden(.linear): z
    case .hidden(.relu): max(0, z)
    case .hidden(.sigmoid): UnitActivation.sigmoid(z)
    case .hidden(.tanh): 2 * UnitActivation.sigmoid(2 * z) - 1
    }
  }

  /// The largest possible |E f(z) - f(E z)| over all distributions of z with this mean and
  /// variance.
  ///
  /// For ReLU it is (sqrt(mean^2 + variance) - |mean|) / 2. For the others it is half of the
  /// largest |f''| times the variance: variance / (12 sqrt 3) for the sigmoid, 2 variance / (3 sqrt
  /// 3) for tanh = 2 sigmoid(2z) - 1, and 0 for linear functions.
  ///
  /// > Source: Jensen's inequality with Taylor's remainder; for ReLU, E|z| <= sqrt(E z^2).
  public func jensenBound(mean: Double, variance: Double) -> Double {
    switch self {
    case .output, .hidden(.linear): 0
    case .hidden(.relu): ((mean * mean + variance).squareRoot() - mean.magnitude) / 2
    case .hidden(.sigmoid): variance / (12 * 3.0.squareRoot())
    case .hidden(.tanh): 2 * variance / (3 * 3.0.squareRoot())
    }
  }

  /// The formula of the bound, with m the mean and v the variance of z.
  public var boundFormula: String {
    switch self {
    case .output, .hidden(.linear): "0"
    case .hidden(.relu): "(sqrt(m^2 + v) - |m|) / 2"
    case .hidden(.sigmoid): "v / (12 sqrt 3)"
    case .hidden(.tanh): "2 v / (3 sqrt 3)"
    }
  }

  /// The name of the function.
  public var name: String {
    switch self {
    case .output: "linear"
    case .hidden(let function): function.rawValue
    }
  }

  private static func sigmoid(_ z: Double) -> Double {
    1 / (1 + ElementaryFunctions.exponential(-z))
  }
}
