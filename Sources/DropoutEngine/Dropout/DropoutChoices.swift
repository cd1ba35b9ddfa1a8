/// In which of the two passes the mask is applied.
public enum MaskPass: String, NamedChoice {
  /// One mask, forward and backward: right.
  case both
  /// The mask only on the gradients.
  case backward
  /// The mask only on the activations; the gradients ignore it.
  case forward
  /// A fresh mask for the backward pass.
  case independent
}

/// The examples that share a mask.
public enum MaskSharing: String, NamedChoice {
  /// Each example has its own mask: right.
  case example
  /// One mask for the whole minibatch, a new one in each step.
  case batch
  /// One mask for good: a random subspace.
  case fixed
}

/// The factor of the update of a layer's weights.
public enum UpdateScale: String, NamedChoice {
  /// 1.
  case one
  /// 1/p, with the p of the layer's input.
  case inverseKeep = "inverse-keep"
}

/// The mask of the test pass.
public enum TestPass: String, NamedChoice {
  /// No mask: right.
  case plain
  /// A known bug: evaluation still masks.
  case masked
}
