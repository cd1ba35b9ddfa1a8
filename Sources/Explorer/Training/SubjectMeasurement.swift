public import DropoutCore

/// What was measured of the subject that a person looks at.
public enum SubjectMeasurement: Sendable {
  /// The sum of a unit over all masks.
  case unit(UnitSums)
  /// The gradient of the watched step over masks.
  case gradients(GradientMoments)
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
  /// The gradient over masks, where that is what was measured last.
  var gradientMoments: Measured<GradientMoments>? {
    guard let subject, case .gradients(let moments) = subject.value else { return nil }
    return Measured(step: subject.step, generation: subject.generation, value: moments)
  }

  /// The sums of a unit over all masks, where that is what was measured last.
  var unitSums: Measured<UnitSums>? {
    guard let subject, case .unit(let sums) = subject.value else { return nil }
    return Measured(step: subject.step, generation: subject.generation, value: sums)
  }
}
