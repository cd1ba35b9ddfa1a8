/// A scaling of the test pass, whatever the experiment's own scaling is: the counterfactual.
public enum TestConvention: Equatable, Hashable, Sendable, CaseIterable {
  /// Activations unchanged: right after `inverted`.
  case asTheyAre
  /// Each masked layer's activations times its p: right after `classic` and `off`.
  case timesKeep
  /// Each masked layer's activations times 1/p.
  case timesInverseKeep
}

extension TestConvention {
  /// The factor of activations in a test pass under the convention.
  ///
  /// - Parameter keep: the keep probability, in (0, 1].
  /// - Returns: the factor; 1 where nothing is dropped.
  public func factor<Number: BinaryFloatingPoint>(_ keep: Number) -> Number {
    guard keep < 1 else { return 1 }
    return switch self {
    case .asTheyAre: 1
    case .timesKeep: keep
    case .timesInverseKeep: 1 / keep
    }
  }
}

extension ExperimentConfiguration {
  /// The convention of the experiment's own test pass; nil where it is none of them.
  public var ownConvention: TestConvention? {
    if dropout.maskPass == .backward { return .asTheyAre }
    if dropout.testPass == .masked { return nil }
    if !dropout.noise.isScaled { return .asTheyAre }
    if let convention = dropout.scaling.testConvention { return convention }
    let all = [keepInput] + keep.values
    return variant.keepsEveryUnit || all.allSatisfy { $0 == 0.5 || $0 == 1 } ? .timesKeep : nil
  }

  /// The convention of the weight-scaling network: activations times the mean of their training
  /// multipliers.
  public var scaledConvention: TestConvention {
    let hasMeanOne =
      dropout.maskPass == .backward || !dropout.noise.isScaled
      || dropout.scaling.scalesTraining
    return hasMeanOne ? .asTheyAre : .timesKeep
  }
}
