public import DropoutEngine

/// What a variant with one learner would do with the network as it is now: the same weights, with the variant's own
/// masks in training and its own test pass.
public struct VariantOutlook: Equatable, Sendable {
  /// The variant.
  public var variant: Variant
  /// The loss of its test pass over the test part.
  public var testLoss: Double
  /// The divergence of the sums into the output: sum |E s_train - s_test| / sum |s_test|.
  public var divergence: Double
}

extension TrainingSnapshot {
  /// Takes up what was measured for a request: the list of variants beside the subject of the view below it.
  mutating func take(_ measurement: SubjectMeasurement, of request: SubjectRequest) {
    func measured<Value>(_ value: Value) -> Measured<Value> {
      Measured(step: request.watched.step, generation: request.watched.generation, value: value)
    }
    if case .variants(let outlooks) = measurement {
      variants = measured(outlooks)
    } else {
      subject = measured(measurement)
    }
  }

  /// What a variant would do with the network; nil where it is not measured, or has several learners.
  func outlook(of variant: Variant) -> VariantOutlook? {
    variants?.value.first { $0.variant == variant }
  }
}
