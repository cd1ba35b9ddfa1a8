public import DropoutCore

/// What was measured of the subject that a person looks at.
public enum SubjectMeasurement: Sendable {
  /// The sum of a unit over all masks, and how sums part over depth under each scaling.
  case unit(UnitSums, depth: [ScalingDepth])
}

/// A request to measure a subject with the network that the watched evidence stems from.
struct SubjectRequest: Sendable {
  var experiment: Int
  var subject: MeasuredSubject
  var dataset: Dataset
  var watched: Measured<WatchedEvidence>
  /// The network before the watched step.
  var state: NetworkState

  /// Whether the same would be measured.
  func isSame(as other: SubjectRequest) -> Bool {
    experiment == other.experiment && subject == other.subject
      && watched.step == other.watched.step && watched.generation == other.watched.generation
      && watched.value.row == other.watched.value.row
  }

  /// Whether a person asked for it since the other one: with a key, not by training on.
  func isUrgent(after other: SubjectRequest) -> Bool {
    experiment != other.experiment || subject != other.subject
      || watched.generation != other.watched.generation
      || watched.value.row != other.watched.value.row
  }
}

extension TrainingSnapshot {
  /// The sums of a unit over all masks, where that is what was measured last.
  var unitSums: Measured<UnitSums>? {
    guard let subject, case .unit(let sums, _) = subject.value else { return nil }
    return Measured(step: subject.step, generation: subject.generation, value: sums)
  }

  /// How sums part over depth under each scaling, where that was measured last.
  var depth: [ScalingDepth]? {
    guard let subject, case .unit(_, let depth) = subject.value else { return nil }
    return depth
  }
}
