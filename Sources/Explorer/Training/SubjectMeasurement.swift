public import DropoutEngine
public import DropoutMeasure

/// What was measured of the subject that a person looks at.
public enum SubjectMeasurement: Sendable {
  /// The sum of a unit over all masks, and how sums part over depth under each scaling.
  case unit(UnitSums, depth: [ScalingDepth])
  /// All subnetworks on the watched example.
  case ensemble(WatchedEnsemble)
  /// The gradient of the watched step over masks.
  case gradients(GradientMoments)
  /// What each variant of one learner would do with the network.
  case variants([VariantOutlook])
}

/// The ensemble of the watched example, with what takes longer to measure.
public struct WatchedEnsemble: Sendable {
  /// The ensemble.
  public var ensemble: SubnetworkEnsemble
  /// The units whose mask is left to chance, in the order of a ranked subnetwork's flags.
  public var units: [MaskSpace.Unit]
  /// How far an average over k subnetworks is from the ensemble; nil while it is being measured.
  public var convergence: MonteCarloConvergence?
  /// The Jensen gap over the plane; nil while it is being measured, and where there is no plane.
  public var map: JensenMap?
}

/// A request to measure a subject with the network that the watched evidence stems from.
package struct SubjectRequest: Sendable {
  var experiment: ExperimentIdentity
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
    guard let subject, case .unit(let sums, _) = subject.value else { return nil }
    return Measured(step: subject.step, generation: subject.generation, value: sums)
  }

  /// The ensemble of the watched example, where that is what was measured last.
  var ensemble: WatchedEnsemble? {
    guard let subject, case .ensemble(let ensemble) = subject.value else { return nil }
    return ensemble
  }

  /// How sums part over depth under each scaling, where that was measured last.
  var depth: [ScalingDepth]? {
    guard let subject, case .unit(_, let depth) = subject.value else { return nil }
    return depth
  }
}
