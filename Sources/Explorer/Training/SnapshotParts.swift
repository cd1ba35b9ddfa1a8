import DropoutEngine
import DropoutMeasure

/// The networks of an experiment at one moment: the learners, of which one is drawn.
package struct MeasuredNetworks: Sendable {
  /// The configuration that they are of, as counted by ``TrainingSnapshot/generation``.
  var generation: Int
  /// The learners.
  var states: [NetworkState]
  /// The one that is drawn.
  var learner: Int
  /// The run that they belong to.
  var run: TimelineOutline
  /// The mean masked loss of the minibatches since the moment before.
  var minibatchLoss: Double
  /// The number of these minibatches.
  var minibatches = 0

  /// The learner that is drawn.
  var drawn: NetworkState { states[learner] }

  /// A measurement of this moment.
  func measured<Value>(_ value: Value) -> Measured<Value> {
    Measured(step: drawn.step, generation: generation, value: value)
  }
}

/// Measures the parts of a snapshot from networks at one moment; it knows no threads and no clock.
///
/// It reads a `NetworkState` only, so that measuring never influences what is trained.
final class SnapshotParts {
  /// The tools, which close views are measured with, too.
  let tools: MeasuringTools
  /// The curves so far.
  var curves: BranchCurves
  private var measurer: Measurer { tools.measurer }
  /// The most examples whose outputs are measured one by one.
  static let shownExamples = 400
  /// The columns and rows of the maps: as many as the largest screen draws, with half blocks.
  static let mapSide = 48

  /// Prepares to measure; some curves may be known.
  init(dataset: Dataset, kernels: KernelPath, curves: BranchCurves = BranchCurves()) {
    tools = MeasuringTools(dataset: dataset, kernels: kernels)
    self.curves = curves
  }

  /// The point of the curves at a moment, and nothing else.
  func point(_ networks: MeasuredNetworks) -> CurvePoint {
    point(networks, measurer.counterfactual(networks.states))
  }

  /// Measures all parts and notes a point of the curves.
  ///
  /// - Parameters:
  ///   - networks: the networks that are measured.
  ///   - parts: takes what is measured, part by part.
  ///   - publish: called when all parts that are drawn together are measured.
  func measure(
    _ networks: MeasuredNetworks, into parts: inout SnapshotMeasurements,
    publish: (SnapshotMeasurements) -> Void = { _ in }
  ) {
    let states = networks.states
    // First the part that a key changes, so that the screen follows the key at once.
    parts.counterfactual = networks.measured(measurer.counterfactual(states))
    publish(parts)
    parts.maps = maps(states).map { networks.measured($0) }
    parts.examples = networks.measured(examples(states))
    publish(parts)
    parts.divergence = networks.measured(measurer.divergence(networks.drawn))
    publish(parts)
    curves.append(point(networks, parts.counterfactual.value), of: networks.run)
    show(curvesOf: networks.run.position.branch, in: &parts)
    publish(parts)
  }

  /// Puts the curves into measurements, as they are seen from a branch.
  func show(curvesOf branch: Int, in parts: inout SnapshotMeasurements) {
    parts.curveBranch = branch
    parts.curves = curves.points(of: branch)
    parts.otherCurves = curves.others(than: branch)
  }

  /// The sums of the watched example, beside the evidence of the step that they belong to.
  func watched(_ evidence: StepEvidence, row: Int, state: NetworkState) -> WatchedEvidence {
    WatchedEvidence(
      evidence: evidence, row: row,
      sums: measurer.sums(state, example: evidence.examples[row], slot: row))
  }

  private func point(
    _ networks: MeasuredNetworks, _ counterfactual: Counterfactual
  ) -> CurvePoint {
    let states = networks.states
    return CurvePoint(
      counterfactual, configuration: networks.drawn.configuration, step: networks.drawn.step,
      minibatchLoss: networks.minibatchLoss,
      trainLoss: measurer.evaluate(states, on: .training).loss,
      learnerLosses: states.count == 1
        ? [] : states.map { measurer.evaluate($0, on: .test).loss },
      minibatches: networks.minibatches, changes: networks.run.position.changes)
  }

  /// The outputs of the network, or of the average of all learners, for the first test examples.
  private func examples(_ states: [NetworkState]) -> ExampleOutputs {
    let dataset = tools.dataset
    let all = dataset.testExamples.isEmpty ? dataset.trainingExamples : dataset.testExamples
    let shown = Array(all.prefix(SnapshotParts.shownExamples))
    let inputs = Matrix(
      rows: shown.count, columns: dataset.inputCount,
      elements: shown.flatMap { dataset.inputs(of: $0) })
    return ExampleOutputs(
      examples: shown, asItIs: measurer.outputs(states, inputs: inputs),
      scaled: measurer.outputs(
        states, inputs: inputs, as: states[0].configuration.scaledConvention))
  }

  /// The maps of the plane, all learners averaged; nil where the dataset has none.
  private func maps(_ states: [NetworkState]) -> BoundaryMaps? {
    guard let inputs = tools.planeInputs(side: SnapshotParts.mapSide) else { return nil }
    return BoundaryMaps(
      columns: SnapshotParts.mapSide, rows: SnapshotParts.mapSide,
      asItIs: measurer.outputs(states, inputs: inputs),
      scaled: measurer.outputs(
        states, inputs: inputs, as: states[0].configuration.scaledConvention))
  }
}
