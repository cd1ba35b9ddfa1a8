/// The measurements of the subjects that a person looks at closely.
public struct CloseMeasurements: Sendable {
  /// The subject of the view; nil where nothing was measured yet.
  public var subject: Measured<any Sendable>?
  /// The subject of what lies over the view, such as the list of variants.
  public var overlaid: Measured<any Sendable>?
  /// The finished share of a long measurement, 0 to 1; nil if none runs.
  public var progress: Double?

  /// Takes up what was measured for a request.
  mutating func take(_ value: any Sendable, of request: SubjectRequest) {
    let measured = Measured<any Sendable>(
      step: request.watched.step, generation: request.watched.generation, value: value)
    if request.subject.liesOverView { overlaid = measured } else { subject = measured }
  }
}

extension TrainingSnapshot {
  /// The last measurement of a kind of subject; nil where another kind came later.
  func measurement<Subject: CloseSubject>(of kind: Subject.Type) -> Measured<Subject.Measurement>? {
    guard let last = kind.liesOverView ? close.overlaid : close.subject,
      let value = last.value as? Subject.Measurement
    else { return nil }
    return Measured(step: last.step, generation: last.generation, value: value)
  }
}
