import DropoutEngine

/// A request to measure a subject with the network of the watched evidence.
package struct SubjectRequest: Sendable {
  var experiment: ExperimentIdentity
  var subject: MeasuredSubject
  var dataset: Dataset
  var watched: Measured<WatchedEvidence>
  /// The network before the watched step.
  var state: NetworkState

  /// The watched example.
  var example: Int { watched.value.evidence.examples[watched.value.row] }

  /// Whether both measure the same.
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
