/// A look with the verdicts and findings that hold at it, which an earlier look may have brought.
public struct ShownLook: Equatable, Sendable {
  /// Its place among all looks of the recording, from 0.
  public var index: Int
  /// The look.
  public var look: RecordedLook
  /// The verdicts on all gaps; nil where no look has judged yet.
  public var gaps: RecordedGaps?
  /// The number of the look that judged; nil where none has.
  public var judgedAt: Int?
  /// The findings, the worst one first; nil where no look has any list.
  public var findings: [RecordedFinding]?

  /// Creates it.
  public init(
    index: Int, look: RecordedLook, gaps: RecordedGaps?, judgedAt: Int?,
    findings: [RecordedFinding]?
  ) {
    (self.index, self.look, self.gaps) = (index, look, gaps)
    (self.judgedAt, self.findings) = (judgedAt, findings)
  }

  /// The verdict on a gap.
  public func verdict(ofGap gap: Int) -> RecordedVerdict {
    guard let gaps, gaps.verdict.indices.contains(gap) else { return .unmeasured }
    return gaps.verdict[gap]
  }

  /// The worst finding; nil where there is none.
  public var worst: RecordedFinding? {
    findings?.max { $0.severity < $1.severity }
  }

  /// The finding about a gap; nil where there is none.
  public func finding(ofGap gap: Int) -> RecordedFinding? {
    findings?.filter { $0.gap == gap }.max { $0.severity < $1.severity }
  }

  /// The verdict on a gap, or that of the finding about it where this is worse.
  public func worstVerdict(ofGap gap: Int) -> RecordedVerdict {
    let verdict = verdict(ofGap: gap)
    guard let finding = finding(ofGap: gap), finding.severity > verdict.severity else {
      return verdict
    }
    return finding.verdict
  }

  /// The severity of the worst of all: of the findings, and of the verdicts on gaps.
  public var severity: FindingSeverity {
    let verdicts = gaps?.verdict.map(\.severity).max() ?? .fine
    return max(verdicts, worst?.severity ?? .fine)
  }
}
