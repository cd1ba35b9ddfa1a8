import DropoutEngine
import DropoutMeasure

/// Measures the parts of a snapshot from a network at one moment; it knows no threads and no clock.
///
/// It reads a `NetworkState` only, so that measuring never influences what is trained. A measurer belongs to one
/// thread, so each thread has parts of its own.
final class SnapshotParts {
  private let dataset: Dataset
  private let measurer: Measurer
  private var lastDepth: Measured<[ScalingDepth]>?
  /// The most examples whose outputs are measured one by one.
  static let shownExamples = 400
  /// The columns and rows of the maps: as many as the largest screen draws, with half blocks.
  static let mapSide = 48
  /// The parameters beyond which the parts of an ensemble are shown one by one.
  static let largeNetwork = 20_000
  /// The columns and rows of the map of the Jensen gap.
  static let gapSide = 32

  init(dataset: Dataset, kernels: KernelPath) {
    self.dataset = dataset
    measurer = Measurer(dataset: dataset, kernels: kernels)
  }

  /// The sums of the watched example, beside the evidence of the step that they belong to.
  func watched(_ evidence: StepEvidence, row: Int, state: NetworkState) -> WatchedEvidence {
    WatchedEvidence(
      evidence: evidence, row: row,
      sums: measurer.sums(state, example: evidence.examples[row], slot: row))
  }

  /// Divergence and ratio of each layer.
  func divergence(_ state: NetworkState) -> [LayerDivergence] { measurer.divergence(state) }

  /// The same weights under each test convention, all learners averaged.
  func counterfactual(_ states: [NetworkState]) -> Counterfactual {
    measurer.counterfactual(states)
  }

  /// The loss of the experiment's own test pass over the training part, all learners averaged.
  func trainingLoss(_ states: [NetworkState]) -> Double {
    measurer.evaluate(states, on: .training).loss
  }

  /// The test loss of each learner alone; nothing where there is only one.
  func learnerLosses(_ states: [NetworkState]) -> [Double] {
    states.count == 1 ? [] : states.map { measurer.evaluate($0, on: .test).loss }
  }

  /// Measures the subject that a person looks at.
  ///
  /// - Parameters:
  ///   - request: the subject, and the network that is looked at.
  ///   - progress: takes the share of a long measurement that is done, and ends it by returning false.
  ///   - publish: takes what was measured, more than once where parts of it take longer than others.
  func subject(
    _ request: SubjectRequest, progress: (Double) -> Bool, publish: (SubjectMeasurement) -> Void
  ) {
    switch request.subject {
    case .live: return
    case .variants:
      guard let outlooks = outlooks(request.state, isGoingOn: { progress(0) }) else { return }
      publish(.variants(outlooks))
    case .ensemble(let output, let units):
      ensemble(request, output: output, units: units, progress: progress, publish: publish)
    case .unit(let selection):
      guard let sums = unitSums(request, selection) else { return }
      publish(.unit(sums, depth: depth(request)))
    case .gradients:
      publish(
        .gradients(measurer.gradientMoments(request.state, of: request.watched.value.evidence)))
    }
  }

  private func ensemble(
    _ request: SubjectRequest, output: Int?, units: Int, progress: (Double) -> Bool,
    publish: (SubjectMeasurement) -> Void
  ) {
    let watched = request.watched.value
    let example = watched.evidence.examples[watched.row]
    guard
      let ensemble = measurer.ensemble(
        request.state, example: example,
        options: EnsembleOptions(output: output, exactUnitLimit: units), progress: progress)
    else { return }
    var measured = WatchedEnsemble(
      ensemble: ensemble, units: MaskSpace(request.state)?.units ?? [], convergence: nil,
      map: nil)
    // Small networks have all parts measured in a few hundredths of a second: they are shown together.
    let takesLong =
      ensemble.relevantUnits > 20 || request.state.parameterCount > SnapshotParts.largeNetwork
    if takesLong { publish(.ensemble(measured)) }
    measured.convergence = measurer.monteCarloConvergence(
      request.state, example: example, ensemble: ensemble)
    if takesLong { publish(.ensemble(measured)) }
    measured.map = gapInputs.map {
      measurer.jensenMap(request.state, inputs: $0, output: ensemble.histogram.output)
    }
    publish(.ensemble(measured))
  }

  /// What each variant of one learner would do with a network as it is; nil where it is not to go on.
  private func outlooks(
    _ state: NetworkState, isGoingOn: () -> Bool
  ) -> [VariantOutlook]? {
    var outlooks: [VariantOutlook] = []
    for variant in Variant.allCases where !variant.hasSeveralLearners {
      guard isGoingOn() else { return nil }
      let changed = state.adopting(variant)
      outlooks.append(
        VariantOutlook(
          variant: variant, testLoss: measurer.evaluate(changed, on: .test).loss,
          divergence: measurer.expectedOutputDivergence(changed).divergence))
    }
    return outlooks
  }

  /// The sums over depth do not depend on the unit: they are measured once for a step.
  private func depth(_ request: SubjectRequest) -> [ScalingDepth] {
    if let last = lastDepth, last.step == request.watched.step,
      last.generation == request.watched.generation
    {
      return last.value
    }
    let depth = measurer.depth(request.state)
    lastDepth = Measured(
      step: request.watched.step, generation: request.watched.generation, value: depth)
    return depth
  }

  private func unitSums(_ request: SubjectRequest, _ selection: Selection) -> UnitSums? {
    let watched = request.watched.value
    guard watched.evidence.layers.indices.contains(selection.layer),
      selection.unit < watched.evidence.layers[selection.layer].trainingSum.columns
    else { return nil }
    return measurer.unitSums(
      request.state, of: watched.evidence, row: watched.row, layer: selection.layer,
      unit: selection.unit)
  }

  /// What the network, or the average of all learners, says of the first test examples.
  func examples(_ states: [NetworkState]) -> ExampleOutputs {
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
  func maps(_ states: [NetworkState]) -> BoundaryMaps? {
    guard let inputs = planeInputs else { return nil }
    return BoundaryMaps(
      columns: SnapshotParts.mapSide, rows: SnapshotParts.mapSide,
      asItIs: measurer.outputs(states, inputs: inputs),
      scaled: measurer.outputs(
        states, inputs: inputs, as: states[0].configuration.scaledConvention))
  }

  /// The scaled inputs of the middle of each cell of a map, the upper left one first.
  private lazy var planeInputs: Matrix? = inputs(side: SnapshotParts.mapSide)

  /// The same for the map of the Jensen gap, of which each cell is an ensemble.
  private lazy var gapInputs: Matrix? = inputs(side: SnapshotParts.gapSide)

  private func inputs(side: Int) -> Matrix? {
    guard let plane = dataset.plane else { return nil }
    func middle(_ range: ClosedRange<Float>, _ index: Int) -> Float {
      range.lowerBound + (range.upperBound - range.lowerBound) * (Float(index) + 0.5) / Float(side)
    }
    var elements: [Float] = []
    elements.reserveCapacity(side * side * dataset.inputCount)
    for row in 0..<side {
      let y = middle(plane.yRange, side - 1 - row)
      for column in 0..<side {
        elements += dataset.inputs(atPlanePoint: middle(plane.xRange, column), y)
      }
    }
    return Matrix(rows: side * side, columns: dataset.inputCount, elements: elements)
  }
}
