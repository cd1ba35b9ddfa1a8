/// The losses of a look; nil where one was not measured.
public struct RecordedLosses: Equatable, Sendable {
  /// Of the minibatch, as the training handed it over.
  public var batch: Double?
  /// Of the probe batch in training mode, the mean of the passes.
  public var training: Double?
  /// Of the probe batch in eval mode.
  public var test: Double?
}

/// The sums of one layer's shown units, of the watched example.
public struct RecordedUnits: Equatable, Sendable {
  /// The layer.
  public var layer: Int
  /// The sum in the last training pass, `[shown unit]`.
  public var step: [Double?]
  /// The mean over the training passes, `[shown unit]`.
  public var training: [Double?]
  /// The standard deviation over the training passes, `[shown unit]`.
  public var deviation: [Double?]
  /// The sum in eval mode, `[shown unit]`.
  public var test: [Double?]
}

/// The fate of one shown input under a mask.
public enum RecordedMark: UInt8, Sendable {
  /// The mask keeps it.
  case kept = 0x31
  /// The mask drops it.
  case dropped = 0x30
  /// It cannot be told.
  case unknown = 0x3F
}

/// The mask of one gap in the last training pass, of the watched example.
public struct RecordedMask: Equatable, Sendable {
  /// The gap.
  public var gap: Int
  /// The fate of each shown input of the layer behind the gap.
  public var marks: [RecordedMark]
}

/// The verdicts on all gaps, `[gap]` each.
public struct RecordedGaps: Equatable, Sendable {
  /// The verdict.
  public var verdict: [RecordedVerdict]
  /// The share that is kept.
  public var keep: [Double?]
  /// The standard error of that share.
  public var error: [Double?]
  /// The multiplier of what is kept.
  public var factor: [Double?]
  /// The independent draws so far.
  public var draws: [Double?]
  /// The lines of the person's source that drop there; empty where the recording does not say.
  public var source: [String?] = []
}

/// Something that was found, in words with its cure.
public struct RecordedFinding: Equatable, Sendable {
  /// Its severity.
  public var severity: FindingSeverity
  /// The verdict.
  public var verdict: RecordedVerdict
  /// The gap; nil where it is about the whole model.
  public var gap: Int?
  /// The place in words.
  public var place: String
  /// The line of the person's source; nil where it is not known.
  public var source: String?
  /// The finding in a sentence.
  public var sentence: String
  /// The cure.
  public var cure: String
}

/// The person's calls of the model so far.
public struct RecordedCalls: Equatable, Sendable {
  /// In training mode.
  public var training: Int
  /// Backward passes.
  public var backward: Int
  /// In eval mode without gradient.
  public var eval: Int
  /// In eval mode with gradient.
  public var evalWithGradient: Int
}

/// One look of the probe at the training.
public struct RecordedLook: Equatable, Sendable {
  /// Its number, from 1; thinned looks leave holes.
  public var number: Int
  /// The person's steps so far.
  public var step: Int
  /// The seconds since the training was first watched.
  public var seconds: Double
  /// The seconds that all looks took so far.
  public var spent: Double
  /// The losses.
  public var losses: RecordedLosses
  /// The divergence of the sums, `[layer]`.
  public var divergence: [Double?]
  /// The divergence that noise alone would show, `[layer]`.
  public var floor: [Double?]
  /// The size of the sums in training over that at test, `[layer]`.
  public var ratio: [Double?]
  /// The sums of shown units, of some layers or of all.
  public var units: [RecordedUnits]
  /// The masks of the gaps where something is dropped.
  public var masks: [RecordedMask]
  /// The verdicts; nil where this look judged nothing, and the last ones hold.
  public var gaps: RecordedGaps?
  /// The findings, the worst one first; nil where the last ones hold.
  public var findings: [RecordedFinding]?
  /// The person's calls of the model; nil where they were not counted.
  public var calls: RecordedCalls?

  /// The sums of a layer; nil where the look has none.
  public func units(of layer: Int) -> RecordedUnits? { units.first { $0.layer == layer } }

  /// The mask of a gap; nil where nothing is dropped in it.
  public func mask(of gap: Int) -> RecordedMask? { masks.first { $0.gap == gap } }
}

/// The last line: the training closed the recording.
public struct RecordingEnd: Equatable, Sendable {
  /// The step at which it was closed.
  public var step: Int
  /// The looks that were written.
  public var looks: Int
  /// The seconds since the training was first watched.
  public var seconds: Double
  /// The error that ended the training, or the looks at it; nil where there was none.
  public var why: String?
}
