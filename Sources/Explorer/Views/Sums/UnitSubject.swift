import DropoutEngine
public import DropoutMeasure

/// The sum of a unit over all masks, and the sums over depth under each scaling.
public struct UnitMeasurement: Sendable {
  /// The sum over masks.
  public var sums: UnitSums
  /// The layers under each scaling.
  public var depth: [ScalingDepth]
}

/// The sum of a unit over all masks; layers are counted from 0, the output layer last.
struct UnitSubject: CloseSubject {
  var selection: Selection

  func measure(
    _ request: SubjectRequest, with tools: MeasuringTools, progress: (Double) -> Bool,
    publish: (UnitMeasurement) -> Void
  ) {
    let watched = request.watched.value
    guard watched.evidence.layers.indices.contains(selection.layer),
      selection.unit < watched.evidence.layers[selection.layer].trainingSum.columns
    else { return }
    let sums = tools.measurer.unitSums(
      request.state, of: watched.evidence, row: watched.row, layer: selection.layer,
      unit: selection.unit)
    // The sums over depth do not depend on the unit.
    let depth = tools.once(for: request) { tools.measurer.depth(request.state) }
    publish(UnitMeasurement(sums: sums, depth: depth))
  }
}

extension MeasuredSubject {
  /// The sum of a unit over all masks.
  public static func unit(_ selection: Selection) -> MeasuredSubject {
    MeasuredSubject(UnitSubject(selection: selection))
  }
}

extension TrainingSnapshot {
  /// The sums of a unit over all masks, if it was measured last.
  var unitSums: Measured<UnitSums>? {
    measurement(of: UnitSubject.self).map {
      Measured(step: $0.step, generation: $0.generation, value: $0.value.sums)
    }
  }

  /// Ratio and divergence over depth under each scaling, if they were measured last.
  var depth: [ScalingDepth]? { measurement(of: UnitSubject.self)?.value.depth }
}
