public import DropoutEngine
public import DropoutMeasure

/// The ensemble of the watched example, with what takes longer to measure.
public struct WatchedEnsemble: Sendable {
  /// The ensemble.
  public var ensemble: SubnetworkEnsemble
  /// The row of the example in its minibatch.
  public var row: Int
  /// The units whose mask is left to chance, in the order of a ranked subnetwork's flags.
  public var units: [MaskSpace.Unit]
  /// How far an average over k subnetworks is from the ensemble; nil while it is being measured.
  public var convergence: MonteCarloConvergence?
  /// The Jensen gap over the plane; nil while it is being measured, and where there is no plane.
  public var map: JensenMap?
  /// How far the average of the networks is from the averaged network for the first examples of
  /// the minibatch.
  public var gaps: [Double]
}

/// All subnetworks on the watched example, or on one of its minibatch that tells more.
struct EnsembleSubject: CloseSubject {
  /// The output whose distribution is measured; nil is the target's.
  var output: Int?
  /// The most masked units whose subnetworks are enumerated.
  var enumeratedUnits: Int
  /// Whether the example on which average and averaged network are farthest apart takes the place
  /// of the watched one.
  var choosesExample: Bool

  /// The parameters beyond which the parts of an ensemble are shown one by one.
  private static let largeNetwork = 20_000
  /// The columns and rows of the map of the Jensen gap, of which each cell is an ensemble.
  private static let mapSide = 32

  func measure(
    _ request: SubjectRequest, with tools: MeasuringTools, progress: (Double) -> Bool,
    publish: (WatchedEnsemble) -> Void
  ) {
    let measurer = tools.measurer
    let gaps = tools.once(for: request) { Self.gaps(request, measurer) }.values
    let watched = request.watched.value
    let row = choosesExample ? Self.tellingRow(gaps) ?? watched.row : watched.row
    let example = watched.evidence.examples[row]
    guard
      let ensemble = measurer.ensemble(
        request.state, example: example,
        options: EnsembleOptions(output: output, exactUnitLimit: enumeratedUnits),
        progress: progress)
    else { return }
    var measured = WatchedEnsemble(
      ensemble: ensemble.inOwnUnits(of: request.dataset), row: row,
      units: MaskSpace(request.state)?.units ?? [], convergence: nil, map: nil,
      gaps: gaps)
    // Small networks have all parts measured in a few hundredths of a second: they are shown
    // together.
    let takesLong =
      ensemble.relevantUnits > 20
      || request.state.parameterCount > EnsembleSubject.largeNetwork
    if takesLong { publish(measured) }
    measured.convergence = measurer.monteCarloConvergence(
      request.state, example: example, ensemble: ensemble, output: ensemble.histogram.output)
    if takesLong { publish(measured) }
    measured.map = tools.planeInputs(side: EnsembleSubject.mapSide).map {
      measurer.jensenMap(request.state, inputs: $0, output: ensemble.histogram.output)
    }
    publish(measured)
  }

  /// The row of the widest gap; nil where there is no gap.
  ///
  /// It follows from the weights and the minibatch alone, and not from the row that happens to be
  /// watched, so that a step has one answer however it was come to.
  private static func tellingRow(_ gaps: [Double]) -> Int? {
    gaps.indices.filter { gaps[$0] > 0 && gaps[$0].isFinite }.max { gaps[$0] < gaps[$1] }
  }

  /// The gaps of a minibatch.
  private struct Gaps {
    var values: [Double]
  }

  /// The gaps of the first examples of the minibatch, each of the output that its target has.
  private static func gaps(_ request: SubjectRequest, _ measurer: Measurer) -> Gaps {
    let evidence = request.watched.value.evidence
    let inputs = evidence.inputs
    return Gaps(
      values: (0..<min(comparedExamples, inputs.rows)).map { row in
        let output =
          if case .classes(let classes) = evidence.targets, evidence.loss == .crossEntropy {
            classes[row]
          } else { 0 }
        let one = Matrix(rows: 1, columns: inputs.columns, elements: Array(inputs.row(row)))
        return measurer.jensenMap(request.state, inputs: one, output: output).gap.first ?? .nan
      })
  }

  /// The most examples of a minibatch that are compared.
  private static let comparedExamples = 16
}

extension MeasuredSubject {
  /// All subnetworks on the watched example, with the distribution of one output (nil: the
  /// target's), enumerated where no more units than `enumeratedUnits` are masked.
  ///
  /// With `choosesExample`, the example of the minibatch on which the average of the networks and
  /// the averaged network are farthest apart takes its place.
  public static func ensemble(
    output: Int?, enumeratedUnits: Int, choosesExample: Bool = false
  ) -> MeasuredSubject {
    MeasuredSubject(
      EnsembleSubject(
        output: output, enumeratedUnits: enumeratedUnits, choosesExample: choosesExample))
  }
}

extension TrainingSnapshot {
  /// The ensemble of the watched example, if it was measured last.
  var ensemble: WatchedEnsemble? { measurement(of: EnsembleSubject.self)?.value }
}
