import DropoutMeasure

/// The gradient of the watched step over masks.
struct GradientSubject: CloseSubject {
  func measure(
    _ request: SubjectRequest, with tools: MeasuringTools, progress: (Double) -> Bool,
    publish: (GradientMoments) -> Void
  ) {
    publish(tools.measurer.gradientMoments(request.state, of: request.watched.value.evidence))
  }
}

extension MeasuredSubject {
  /// The gradient of the watched step over masks.
  public static let gradients = MeasuredSubject(GradientSubject())
}

extension TrainingSnapshot {
  /// The gradient over masks, if it was measured last.
  var gradientMoments: Measured<GradientMoments>? { measurement(of: GradientSubject.self) }
}
