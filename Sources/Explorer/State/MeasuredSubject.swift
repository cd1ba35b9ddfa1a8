/// What a person looks at closely, so that it is measured beside the training.
public enum MeasuredSubject: Equatable, Sendable {
  /// Nothing beyond what the live view shows.
  case live
  /// The sum of a unit over all masks; layers are counted from 0, the output layer last.
  case unit(Selection)
  /// All subnetworks on the watched example, with the distribution of one output (nil: the target's), enumerated
  /// where at most so many units are masked.
  case ensemble(output: Int?, enumeratedUnits: Int)
  /// The gradient of the watched step over masks.
  case gradients
  /// What each variant would do with the network as it is.
  case variants
}

extension ExplorerState {
  /// What this view, or the list of variants that lies over it, needs to have measured.
  var subject: MeasuredSubject {
    if case .variants = overlay { return .variants }
    return view.subject(self)
  }

  /// Asks for what the view needs, where that has changed.
  mutating func lookAtSubject() -> [Effect] {
    guard subject != sentSubject else { return [] }
    sentSubject = subject
    return send(.look(at: subject, of: snapshot.experiment.start))
  }
}
