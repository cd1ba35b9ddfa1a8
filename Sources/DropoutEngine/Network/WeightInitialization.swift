/// The distribution of the initial weights; all biases start at one constant.
public enum WeightInitialization: String, NamedChoice {
  /// Normal with variance 2 / inputs.
  ///
  /// > Source: He, Zhang, Ren, Sun 2015, Delving Deep into Rectifiers, section 2.2.
  case he
  /// Uniform in ±sqrt(6 / (inputs + units)).
  ///
  /// > Source: Glorot, Bengio 2010, Understanding the difficulty of training deep feedforward
  /// > neural networks, section 4.2.
  case xavier
  /// Uniform in ±0.5, as in the well-known browser playground.
  case playground
  /// All 0.
  case zeros
}
