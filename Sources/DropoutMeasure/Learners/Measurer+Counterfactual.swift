public import DropoutEngine

/// One set of weights, tested under every convention.
///
/// The effect of a convention depends only on the weights and p, not on the scaling in force. So a
/// counterfactual stays valid when only the scaling changes, to one with the same conventions.
public struct Counterfactual: Sendable, Equatable {
  /// The result under each convention of the experiment, over the test part (the training part
  /// where there is none).
  public var evaluations: [TestConvention: Evaluation]
  /// The result of the experiment's own test pass where it is none of the conventions: it masks, or
  /// multiplies by 1 - p.
  public var other: Evaluation?

  /// Creates a counterfactual; without arguments, one without any measurement yet.
  public init(evaluations: [TestConvention: Evaluation] = [:], other: Evaluation? = nil) {
    self.evaluations = evaluations
    self.other = other
  }

  /// The result of the experiment's own test pass.
  ///
  /// - Returns: the result; nil where it was not measured, because the configuration has changed to
  ///   a test pass that is none of the conventions.
  public func own(_ configuration: ExperimentConfiguration) -> Evaluation? {
    guard let convention = configuration.ownConvention else { return other }
    return evaluations[convention]
  }
}

extension Measurer {
  /// Tests one set of weights under every convention, and in the experiment's own test pass where
  /// that is none of them.
  public func counterfactual(_ state: NetworkState) -> Counterfactual {
    var evaluations: [TestConvention: Evaluation] = [:]
    for convention in state.configuration.testConventions {
      evaluations[convention] = evaluate(state, on: .test, as: convention)
    }
    return Counterfactual(
      evaluations: evaluations,
      other: state.configuration.ownConvention == nil ? evaluate(state, on: .test) : nil)
  }
}
