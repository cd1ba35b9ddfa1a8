public import DropoutEngine

extension SubnetworkEnsemble {
  /// The ensemble with its targets and outputs in the target's own units.
  ///
  /// Losses and the ambiguity stay in the units of the training, as everywhere. A network without
  /// probabilities outputs its sums, so these are in the target's own units too.
  public func inOwnUnits(of dataset: Dataset) -> SubnetworkEnsemble {
    let scalings = dataset.targetScalings
    guard !isClassification, !hasProbabilities, scalings.count == outputs else { return self }
    func values(_ scaled: [Double]) -> [Double] { zip(scalings, scaled).map { $0.own($1) } }
    func variances(_ scaled: [Double]) -> [Double] {
      zip(scalings, scaled).map { $0.divisor * $0.divisor * $1 }
    }
    var own = self
    own.target = values(target)
    own.arithmeticMean = values(arithmeticMean)
    own.weightScaling = values(weightScaling)
    own.testNetwork = values(testNetwork)
    own.standardError = standardError.map { zip(scalings, $0).map { $0.divisor * $1 } }
    own.outputVariance = variances(outputVariance)
    own.outputSum.mean = values(outputSum.mean)
    own.outputSum.variance = variances(outputSum.variance)
    own.outputSum.weightScaling = values(outputSum.weightScaling)
    let chosen = scalings[histogram.output]
    own.histogram.range =
      chosen.own(histogram.range.lowerBound)...chosen.own(histogram.range.upperBound)
    for index in best.indices { own.best[index].output = chosen.own(best[index].output) }
    for index in worst.indices { own.worst[index].output = chosen.own(worst[index].output) }
    return own
  }
}
