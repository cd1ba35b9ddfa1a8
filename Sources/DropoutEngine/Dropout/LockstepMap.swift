/// The map under which classic and inverted dropout are one training run in two forms: W(inverted) = p W(classic) for
/// the weights of each layer that a mask feeds, p being that of its input.
///
/// SGD, momentum and Nesterov need the rate p^2 lr on those weights, Adam and RMSProp p lr and eps/p; L2 becomes
/// lambda/p^2, L1 lambda/p, the cap of the norms p c. Biases, and layers with an unmasked input, keep every setting.
/// Where p is a power of two the two runs agree to the bit.
///
/// > Source: Srivastava et al. 2014, JMLR 15, section 10, on scaling in training instead of at test.
public struct LockstepMap: Equatable, Sendable {
  /// The experiment with classic scaling.
  public let classic: ExperimentConfiguration
  /// The same experiment with inverted scaling, and the settings that keep it in lockstep.
  public let inverted: ExperimentConfiguration
  /// By layer: the keep probability of its input.
  public let keeps: [Double]

  /// The map of an experiment; its scaling is not looked at.
  ///
  /// Where the experiment multiplies updates by 1/p and its optimizer is Adam or RMSProp, that factor is the one that the
  /// rate would need.
  public init(_ configuration: ExperimentConfiguration) {
    var classic = configuration
    classic.dropout.scaling = .classic
    let layers = configuration.hidden.count + 1
    let keeps = (0..<layers).map { configuration.keepProbability(feeding: $0) }
    func mapped(_ value: PerLayer<Double>, _ factor: (Double) -> Double) -> PerLayer<Double> {
      PerLayer(
        values: keeps.indices.map { keeps[$0] == 1 ? value[$0] : value[$0] * factor(keeps[$0]) })
    }
    let isAdaptive = [Optimizer.adam, .rmsprop].contains(configuration.optimizer.kind)
    var inverted = configuration
    inverted.dropout.scaling = .inverted
    if isAdaptive, configuration.dropout.updateScale == .inverseKeep {
      inverted.dropout.updateScale = .one
    } else {
      inverted.weightRateFactor = mapped(configuration.weightRateFactor) {
        isAdaptive ? $0 : $0 * $0
      }
    }
    if isAdaptive {
      inverted.weightEpsilonFactor = mapped(configuration.weightEpsilonFactor) { 1 / $0 }
    }
    inverted.l2 = mapped(configuration.l2) { 1 / ($0 * $0) }
    inverted.l1 = mapped(configuration.l1) { 1 / $0 }
    inverted.maxNorm = PerLayer(
      values: keeps.indices.map { layer in configuration.maxNorm[layer].map { $0 * keeps[layer] } })
    self.classic = classic
    self.inverted = inverted
    self.keeps = keeps
  }

  /// The weights of the inverted run for those of the classic one.
  public func inverted(_ parameters: NetworkParameters) -> NetworkParameters {
    var mapped = parameters
    for (layer, keep) in keeps.enumerated() {
      for index in mapped.layers[layer].weights.elements.indices {
        mapped.layers[layer].weights.elements[index] *= Float(keep)
      }
    }
    return mapped
  }

  /// The largest difference of any weight or bias between the two runs, the classic run's weights multiplied by p.
  public func distance(classic: NetworkParameters, inverted: NetworkParameters) -> Double {
    var farthest = 0.0
    for (layer, keep) in keeps.enumerated() {
      let (one, other) = (classic.layers[layer], inverted.layers[layer])
      for (a, b) in zip(one.weights.elements, other.weights.elements) {
        farthest = max(farthest, abs(Double(a) * keep - Double(b)))
      }
      for (a, b) in zip(one.biases, other.biases) {
        farthest = max(farthest, abs(Double(a) - Double(b)))
      }
    }
    return farthest
  }
}
