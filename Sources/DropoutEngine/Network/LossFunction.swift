/// What is minimised: the mean over the minibatch of one of these.
public enum LossFunction: String, NamedChoice {
  /// Softmax cross-entropy, for classes; in nats.
  case crossEntropy = "cross-entropy"
  /// Half the squared error, summed over the outputs, for regression.
  case meanSquaredError = "mean-squared-error"
}
