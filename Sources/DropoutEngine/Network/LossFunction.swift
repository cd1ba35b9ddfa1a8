/// The loss; training minimises its mean over the minibatch.
public enum LossFunction: String, NamedChoice {
  /// Softmax cross-entropy, for classes; in nats.
  case crossEntropy = "cross-entropy"
  /// Half the squared error, summed over the outputs, for regression.
  case meanSquaredError = "mean-squared-error"
}
