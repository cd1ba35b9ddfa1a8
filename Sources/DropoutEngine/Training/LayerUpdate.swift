import CKernels

extension ck_update {
  /// The update of one layer, with every constant rounded once.
  ///
  /// Adam's corrections are set by each step.
  init(
    configuration: ExperimentConfiguration, layer: Int, updateFactor: Float, isBias: Bool
  ) {
    let settings = configuration.optimizer
    let rate = Float(configuration.learningRate[layer])
    let epsilon = settings.epsilon * (isBias ? 1 : configuration.weightEpsilonFactor[layer])
    self.init(
      optimizer: settings.kind.kernel, rate: isBias ? rate : updateFactor * rate,
      l1: isBias ? 0 : Float(configuration.l1[layer]),
      l2: isBias ? 0 : Float(configuration.l2[layer]), momentum: Float(settings.momentum),
      decay: Float(settings.decay), beta1: Float(settings.beta1), beta2: Float(settings.beta2),
      one_minus_decay: Float(1 - settings.decay), one_minus_beta1: Float(1 - settings.beta1),
      one_minus_beta2: Float(1 - settings.beta2), epsilon: Float(epsilon),
      mean_correction: 1, square_correction: 1)
  }
}

extension Optimizer {
  /// The rule's name in the kernels.
  var kernel: ck_optimizer {
    switch self {
    case .sgd: CK_SGD
    case .momentum: CK_MOMENTUM
    case .nesterov: CK_NESTEROV
    case .rmsprop: CK_RMSPROP
    case .adam: CK_ADAM
    }
  }
}
