import DropoutCore

/// One runner: its trainer, what measures it, and its curve.
///
/// It belongs to one thread at a time.
final class RaceLane {
  let name: String
  let trainer: Trainer
  private let measurer: Measurer
  private var points: [RacePoint] = []
  private var minibatchLoss = Double.nan
  private(set) var notFinite: NotFiniteError?
  /// The most points of a curve; beyond that every second one is given up.
  private static let mostPoints = 512

  init(
    _ entry: RaceEntry, dataset: Dataset, initial: NetworkParameters?, kernels: KernelPath
  ) throws(ConfigurationError) {
    name = entry.name
    trainer = try Trainer(
      configuration: entry.configuration, dataset: dataset, initial: initial, kernels: kernels)
    measurer = Measurer(dataset: dataset, kernels: kernels)
  }

  /// Takes steps, unless a step before was not finite.
  func advance(steps: Int) {
    guard notFinite == nil else { return }
    do {
      try trainer.advance(steps: steps)
    } catch {
      notFinite = error
    }
  }

  /// Makes a change from the next step on; a runner that had stopped goes on.
  func apply(_ change: ExperimentChange) throws(ConfigurationError) {
    try trainer.apply(change)
    notFinite = nil
  }

  /// Measures it now, and notes a point of its curve.
  func measure() -> LaneSnapshot {
    let state = trainer.state
    let test = measurer.evaluate(state, on: .test)
    if let loss = trainer.takeMinibatchLoss() { minibatchLoss = loss }
    if points.last?.step != trainer.step {
      points.append(RacePoint(step: trainer.step, testLoss: test.loss))
    } else {
      points[points.count - 1].testLoss = test.loss
    }
    if points.count > RaceLane.mostPoints {
      points = points.enumerated().filter { $0.offset % 2 == 0 || $0.offset == points.count - 1 }
        .map(\.element)
    }
    let divergence = measurer.divergence(state)
    return LaneSnapshot(
      name: name, configuration: trainer.configuration, test: test, minibatchLoss: minibatchLoss,
      output: divergence[divergence.count - 1], weightNorm: norm(state.parameters), points: points,
      masks: masks(), notFinite: notFinite)
  }

  private func norm(_ parameters: NetworkParameters) -> Double {
    parameters.layers.reduce(0) { sum, layer in
      layer.weights.elements.reduce(sum) { $0 + Double($1) * Double($1) }
    }.squareRoot()
  }

  /// The masks of the first example of the next step; none where that step is not finite.
  ///
  /// They are the forward ones, or those of the backward pass where only that one masks.
  private func masks() -> [[Float]] {
    guard let evidence = try? trainer.evidence() else { return [] }
    let isBackward = evidence.configuration.dropout.maskPass == .backward
    let places = [evidence.inputDropout] + evidence.layers.dropLast().map(\.mask)
    return places.map { Array((isBackward ? $0.backwardMask : $0.forwardMask).row(0)) }
  }
}
