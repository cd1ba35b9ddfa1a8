/// The severity of a verdict or a finding.
public enum FindingSeverity: String, Sendable, CaseIterable, Comparable {
  /// Nothing is wrong.
  case fine
  /// Something that cannot be judged, or that one should know.
  case remark
  /// Something that is rarely meant.
  case warning
  /// Something that is wrong.
  case bug

  /// Whether one is less bad than another.
  public static func < (first: Self, second: Self) -> Bool {
    let all = Self.allCases
    return (all.firstIndex(of: first) ?? 0) < (all.firstIndex(of: second) ?? 0)
  }
}

/// The verdict on one gap, or on the whole model.
public enum RecordedVerdict: String, Sendable, CaseIterable {
  /// Nothing is dropped.
  case none
  /// The mean of training is what the test pass gives.
  case right
  /// Something is dropped and nothing scaled.
  case unscaled
  /// Kept values are scaled twice.
  case scaledTwice = "scaled-twice"
  /// Keep and drop are swapped in the factor.
  case swapped
  /// Kept values have another factor than the right one.
  case wrongFactor = "wrong-factor"
  /// Everything is dropped, in each pass.
  case everythingDropped = "everything-dropped"
  /// Something is dropped at test.
  case onAtTest = "on-at-test"
  /// The mask never changes.
  case fixedMask = "fixed-mask"
  /// All examples of a batch share a mask.
  case sharedMask = "shared-mask"
  /// Whole channels are dropped, and rightly.
  case channels
  /// The gradient has another mask than the values.
  case backwardDiffers = "backward-differs"
  /// The gradient alone is dropped.
  case backwardOnly = "backward-only"
  /// Something is dropped behind the last layer.
  case afterOutput = "after-output"
  /// It cannot be judged.
  case unclear
  /// It was not looked at.
  case unmeasured
  /// The model is never tested without dropout.
  case neverEval = "never-eval"
  /// The model trains without dropout.
  case neverTrain = "never-train"
  /// The gradient is not that of the loss.
  case gradientMismatch = "gradient-mismatch"
  /// A batch norm sees another variance at test.
  case varianceShift = "variance-shift"

  /// Its severity.
  public var severity: FindingSeverity {
    switch self {
    case .none, .right, .channels, .unmeasured: .fine
    case .unclear: .remark
    case .afterOutput, .neverEval, .varianceShift: .warning
    case .unscaled, .scaledTwice, .swapped, .wrongFactor, .everythingDropped, .onAtTest,
      .fixedMask, .sharedMask, .backwardDiffers, .backwardOnly, .neverTrain, .gradientMismatch:
      .bug
    }
  }

  /// As people read it, in the words of the Python package: spaces in place of hyphens.
  public var words: String { rawValue.split(separator: "-").joined(separator: " ") }
}
