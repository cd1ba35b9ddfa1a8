/// The map under which classic and inverted dropout are one training run in two forms: W(inverted)
/// = p W(classic) for the weights of each layer with a masked input, where p is the keep
/// probability of that input.
///
/// On those weights SGD, momentum and Nesterov need the rate p^2 lr; Adam and RMSProp need p lr and
/// eps/p. L2 becomes lambda/p^2, L1 lambda/p, and the cap of the norms p c. Biases keep every
/// setting, and so do layers with an unmasked input. Where p is a power of two, the two runs agree
/// to the bit.
///
/// > Source: Srivastava et al. 2014, JMLR 15, section 10, on scaling in training instead of at
/// > test.
public struct LockstepMap: Equatable, Sendable {
  /// The experiment with classic scaling.
  public let classic: ExperimentConfiguration
  /// The same experiment with inverted scaling and the settings that keep it in lockstep.
  public let inverted: ExperimentConfiguration
  /// The keep probability of each layer's input.
  public let keeps: [Double]

  /// The map of an experiment; its own scaling does not matter, and its keep probabilities are
  /// taken as constant, since the map of one p is not that of another.
  ///
  /// Adam and RMSProp need the rate times p. Where updates are multiplied by 1/p, the inverted run
  /// leaves that factor out instead.
  public init(_ configuration: ExperimentConfiguration) {
    var classic = configuration
    classic.dropout.scaling = .classic
    classic.dropout.keepSchedule = .constant
    let layers = configuration.hidden.count + 1
    let keeps = (0..<layers).map { classic.keepProbability(feeding: $0) }
    func mapped(_ value: PerLayer<Double>, _ factor: (Double) -> Double) -> PerLayer<Double> {
      PerLayer(
        values: keeps.indices.map { keeps[$0] == 1 ? value[$0] : value[$0] * factor(keeps[$0]) })
    }
    let isAdaptive = [Optimizer.adam, .rmsprop].contains(configuration.optimizer.kind)
    var inverted = classic
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

  /// The weights of the inverted run that match the classic run.
  public func inverted(_ parameters: NetworkParameters) -> NetworkParameters {
    var mapped = parameters
    for (layer, keep) in keeps.enumerated() {
      for index in mapped.layers[layer].weights.elements.indices {
        mapped.layers[layer].weights.elements[index] *= Float(keep)
      }
    }
    return mapped
  }

  /// The largest difference of any weight or bias between the two runs, with the classic run's
  /// weights multiplied by p.
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
