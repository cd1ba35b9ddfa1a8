import DropoutEngine
import DropoutMeasure

extension CurvePoint {
  /// A point out of a counterfactual: the experiment's own test loss, and the scaled one.
  init(
    _ counterfactual: Counterfactual, configuration: ExperimentConfiguration, step: Int,
    minibatchLoss: Double, trainLoss: Double, learnerLosses: [Double],
    minibatches: Int, changes: Int
  ) {
    let own = counterfactual.own(configuration)
    let scaled = counterfactual.evaluations[configuration.scaledConvention]
    self.init(
      step: step, minibatchLoss: minibatchLoss, testLoss: own?.loss ?? .nan,
      scaledLoss: scaled?.loss ?? .nan, trainLoss: trainLoss, testAccuracy: own?.accuracy,
      learnerLosses: learnerLosses, minibatches: minibatches, changes: changes)
  }
}
