import DropoutMeasure

/// The gradient of the watched step over masks.
struct GradientSubject: CloseSubject {
  /// Whether an example whose signal is large is watched, until a person chooses one.
  var choosesExample: Bool

  var telling: TellingExample { choosesExample ? .signals : .sums }

  func measure(
    _ request: SubjectRequest, with tools: MeasuringTools, progress: (Double) -> Bool,
    publish: (GradientMoments) -> Void
  ) {
    publish(tools.measurer.gradientMoments(request.state, of: request.watched.value.evidence))
  }
}

extension MeasuredSubject {
  /// The gradient of the watched step over masks.
  ///
  /// With `choosesExample`, an example of the minibatch is watched whose signal is large.
  public static func gradients(choosesExample: Bool = true) -> MeasuredSubject {
    MeasuredSubject(GradientSubject(choosesExample: choosesExample))
  }
}

extension TrainingSnapshot {
  /// The gradient over masks, if it was measured last.
  var gradientMoments: Measured<GradientMoments>? { measurement(of: GradientSubject.self) }
}
