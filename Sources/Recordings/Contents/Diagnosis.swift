/// The verdicts that hold at a look, as rows of a table: each gap, then what is about the whole
/// model.
public struct Diagnosis: Equatable, Sendable {
  /// One row: a gap, or a finding about the whole model.
  public struct Row: Equatable, Sendable {
    /// The gap; nil where it is about the whole model.
    public var gap: Int?
    /// The place in words.
    public var place: String
    /// The verdict.
    public var verdict: RecordedVerdict
    /// The severity of verdict and finding, the worse of both.
    public var severity: FindingSeverity
    /// The share that is kept; nil where it is not known.
    public var keep: Double?
    /// The standard error of that share.
    public var error: Double?
    /// The multiplier of what is kept.
    public var factor: Double?
    /// The independent draws so far.
    public var draws: Double?
    /// The line of the person's source; nil where it is not known.
    public var source: String?
    /// The finding in a sentence; empty where there is none.
    public var sentence: String
    /// The cure; empty where there is nothing to do.
    public var cure: String

    /// Whether it says more than that nothing is dropped.
    public var isNotable: Bool {
      severity > .fine || (verdict != .none && verdict != .unmeasured)
    }
  }

  /// The rows.
  public var rows: [Row]
  /// The severity of the worst row.
  public var severity: FindingSeverity { rows.map(\.severity).max() ?? .fine }

  /// Puts the verdicts of a look into rows; a finding that names a gap joins the row of its gap,
  /// and each further one about the same gap has a row of its own.
  public init(_ shown: ShownLook, of header: RecordingHeader) {
    var ofGap: [Int: [RecordedFinding]] = [:]
    var others: [RecordedFinding] = []
    for finding in shown.findings ?? [] {
      if let gap = finding.gap {
        ofGap[gap, default: []].append(finding)
      } else {
        others.append(finding)
      }
    }
    rows = []
    for gap in 0..<header.gapCount {
      let verdict = shown.verdict(ofGap: gap)
      let findings = (ofGap[gap] ?? []).sorted { $0.severity > $1.severity }
      var row = Row(
        gap: gap, place: header.place(ofGap: gap), verdict: verdict, severity: verdict.severity,
        keep: shown.gaps?.keep[gap], error: shown.gaps?.error[gap],
        factor: shown.gaps?.factor[gap], draws: shown.gaps?.draws[gap],
        source: shown.gaps.flatMap { $0.source.isEmpty ? nil : $0.source[gap] },
        sentence: "", cure: "")
      if let first = findings.first { row.take(first) }
      rows.append(row)
      for finding in findings.dropFirst() {
        var more = row
        more.verdict = finding.verdict
        more.severity = finding.severity
        more.take(finding)
        rows.append(more)
      }
    }
    rows += others.map { finding in
      var row = Row(
        gap: nil, place: finding.place, verdict: finding.verdict, severity: finding.severity,
        sentence: "", cure: "")
      row.take(finding)
      return row
    }
  }
}

extension Diagnosis.Row {
  /// Takes the words of a finding; the row is as bad as the worse of both.
  fileprivate mutating func take(_ finding: RecordedFinding) {
    severity = max(severity, finding.severity)
    place = finding.place.isEmpty ? place : finding.place
    source = finding.source ?? source
    (sentence, cure) = (finding.sentence, finding.cure)
  }
}
