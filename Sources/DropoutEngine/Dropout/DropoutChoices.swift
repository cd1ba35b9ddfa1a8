/// What masked activations are multiplied by in training, and activations at test.
///
/// With a the activation, m its mask and p the keep probability.
public enum Scaling: String, NamedChoice {
  /// Training m*a, test a: nothing is scaled.
  case off
  /// Training m*a, test p*a.
  ///
  /// > Source: Srivastava et al. 2014, JMLR 15, section 4.
  case classic
  /// Training m*a/p, test a.
  case inverted
  /// A known bug: training m*a/p, test p*a.
  case double
  /// A known bug: training m*a, test (1-p)*a; right only at p = 0.5.
  case swapped
}

/// In which of the two passes the mask is applied.
public enum MaskPass: String, NamedChoice {
  /// One mask, forward and backward: right.
  case both
  /// The mask only on the gradients.
  case backward
  /// The mask only on the activations: the gradients ignore it.
  case forward
  /// A fresh mask for the backward pass.
  case independent
}

/// Who shares a mask.
public enum MaskSharing: String, NamedChoice {
  /// Each example has its own mask: right.
  case example
  /// One mask for the whole minibatch, a new one in each step.
  case batch
  /// One mask for good: a random subspace.
  case fixed
}

/// What the update of a layer's weights is multiplied by.
public enum UpdateScale: String, NamedChoice {
  /// 1.
  case one
  /// 1/p, p that of the layer's input.
  case inverseKeep = "inverse-keep"
}

/// What kind of noise stands in place of the activations' mask.
public enum DropoutNoise: String, NamedChoice {
  /// Each unit is kept with probability p.
  case bernoulli
  /// Activations times N(1, (1-p)/p).
  ///
  /// > Source: Srivastava et al. 2014, JMLR 15, section 10.
  case gaussian
  /// Each weight is kept with the p of its layer's input.
  ///
  /// > Source: Wan et al. 2013, Regularization of Neural Networks using DropConnect.
  case dropconnect
}

/// What the test pass does.
public enum TestPass: String, NamedChoice {
  /// No mask: right.
  case plain
  /// A known bug: evaluation still masks.
  case masked
}
