/// A scaling of the test pass, whatever the experiment's own scaling is: the counterfactual.
public enum TestConvention: Equatable, Hashable, Sendable, CaseIterable {
  /// Activations unchanged: right after `inverted`.
  case asTheyAre
  /// Each masked layer's activations times its p: right after `classic` and `off`.
  case timesKeep
  /// Each masked layer's activations times 1/p.
  case timesInverseKeep
  /// Each masked layer's activations times p/(1-p): right after `inverse-drop`.
  case timesKeepOverDrop
}

extension TestConvention {
  /// The conventions that any weights can be tested under.
  static let usual: [TestConvention] = [.asTheyAre, .timesKeep, .timesInverseKeep]

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
    case .timesKeepOverDrop: keep / (1 - keep)
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
    let all = (0...hidden.count).map { keepProbability(feeding: $0) }
    return all.allSatisfy { $0 == 0.5 || $0 == 1 } ? .timesKeep : nil
  }

  /// The convention of the weight-scaling network: activations times the mean of their training
  /// multipliers.
  public var scaledConvention: TestConvention {
    let hasMeanOne = dropout.maskPass == .backward || !dropout.noise.isScaled
    return hasMeanOne ? .asTheyAre : dropout.scaling.scaledConvention
  }

  /// The conventions that the experiment's weights are tested under: those for any weights, and
  /// that of its weight-scaling network where it is none of them.
  public var testConventions: [TestConvention] {
    let scaled = scaledConvention
    return TestConvention.usual + (TestConvention.usual.contains(scaled) ? [] : [scaled])
  }
}
