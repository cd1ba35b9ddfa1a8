public import DropoutEngine

/// One set of weights, tested in all the ways in which it could be.
///
/// What a convention does depends on the weights and p alone, not on the scaling in force: when only the scaling
/// changes, a counterfactual that was measured before still holds.
public struct Counterfactual: Sendable, Equatable {
  /// What came out under each convention, over the test part (the training part where there is none).
  public var evaluations: [TestConvention: Evaluation]
  /// The experiment's own test pass where it is none of the conventions: it masks, or multiplies by 1 - p.
  public var other: Evaluation?

  /// Creates a counterfactual; without arguments it is one of which nothing was measured yet.
  public init(evaluations: [TestConvention: Evaluation] = [:], other: Evaluation? = nil) {
    self.evaluations = evaluations
    self.other = other
  }

  /// What the experiment's own test pass gives.
  ///
  /// - Returns: nil where it was not measured: the configuration became one whose test pass is none of the
  ///   conventions.
  public func own(_ configuration: ExperimentConfiguration) -> Evaluation? {
    guard let convention = configuration.ownConvention else { return other }
    return evaluations[convention]
  }
}

extension Measurer {
  /// Tests one set of weights under every convention, and as the experiment does where that is none of them.
  public func counterfactual(_ state: NetworkState) -> Counterfactual {
    var evaluations: [TestConvention: Evaluation] = [:]
    for convention in TestConvention.allCases {
      evaluations[convention] = evaluate(state, on: .test, as: convention)
    }
    return Counterfactual(
      evaluations: evaluations,
      other: state.configuration.ownConvention == nil ? evaluate(state, on: .test) : nil)
  }
}
