import DropoutEngine
import DropoutMeasure

extension ExperimentConfiguration {
  /// Whether a counterfactual that was measured under another configuration holds under this one,
  /// for the same weights.
  func testsWeightsLike(_ other: Self) -> Bool {
    ownConvention != nil && testConventions.allSatisfy(other.testConventions.contains)
      && dropout.keepSchedule == other.dropout.keepSchedule && keepSteps == other.keepSteps
      && keep == other.keep && keepInput == other.keepInput
      && variant.keepsEveryUnit == other.variant.keepsEveryUnit && activation == other.activation
  }

  /// Whether another configuration has the same data and the same weights to start from.
  func hasData(of other: Self) -> Bool {
    let mine = Settings(experiment: self)
    let others = Settings(experiment: other)
    return (ParameterTable.rows(of: .data).map(\.name) + ["data-seed", "weights"]).allSatisfy {
      guard let row = ParameterTable.definition(named: $0) else { return false }
      return row.get(mine) == row.get(others)
    }
  }
}
