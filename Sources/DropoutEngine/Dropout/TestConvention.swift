/// How the test pass scales, whatever the experiment's own scaling is: the counterfactual.
public enum TestConvention: Equatable, Hashable, Sendable, CaseIterable {
  /// Activations as they are: right after `inverted`.
  case asTheyAre
  /// Each masked layer's activations times its p: right after `classic` and `off`.
  case timesKeep
  /// Each masked layer's activations times 1/p.
  case timesInverseKeep
}
