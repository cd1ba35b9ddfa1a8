public import DropoutEngine
import DropoutMeasure

/// The outlook of a variant with one learner on the network as it is now: the same weights, with
/// the variant's own masks in training and its own test pass.
public struct VariantOutlook: Equatable, Sendable {
  /// The variant.
  public var variant: Variant
  /// The loss of its test pass over the test part.
  public var testLoss: Double
  /// The divergence of the sums into the output: sum |E s_train - s_test| / sum |s_test|.
  public var divergence: Double
}

/// The outlooks of all variants on the network as it is; their list lies over a view.
struct VariantsSubject: CloseSubject {
  static var liesOverView: Bool { true }

  func measure(
    _ request: SubjectRequest, with tools: MeasuringTools, progress: (Double) -> Bool,
    publish: ([VariantOutlook]) -> Void
  ) {
    var outlooks: [VariantOutlook] = []
    for variant in Variant.allCases where !variant.hasSeveralLearners {
      guard progress(0) else { return }
      let changed = request.state.adopting(variant)
      outlooks.append(
        VariantOutlook(
          variant: variant, testLoss: tools.measurer.evaluate(changed, on: .test).loss,
          divergence: tools.measurer.expectedOutputDivergence(changed).divergence))
    }
    publish(outlooks)
  }
}

extension MeasuredSubject {
  /// The outlooks of all variants on the network as it is.
  public static let variants = MeasuredSubject(VariantsSubject())
}

extension TrainingSnapshot {
  /// The outlooks of all variants on the network of the watched step, where the list of variants
  /// was looked at.
  public var variants: Measured<[VariantOutlook]>? { measurement(of: VariantsSubject.self) }

  /// The outlook of a variant on the network; nil where it is not measured, or has several
  /// learners.
  func outlook(of variant: Variant) -> VariantOutlook? {
    variants?.value.first { $0.variant == variant }
  }
}
