import CKernels

extension ActivationFunction {
  /// The function's name in the kernels.
  var kernel: ck_activation {
    switch self {
    case .relu: CK_RELU
    case .tanh: CK_TANH
    case .sigmoid: CK_SIGMOID
    case .linear: CK_LINEAR
    }
  }
}
