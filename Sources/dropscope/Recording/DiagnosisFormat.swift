import DropoutEngine
import ExperimentFiles
import Recordings
import TerminalCells

/// The verdicts on a recorded training as a table, and as an object of JSON.
enum DiagnosisFormat {
  /// The rows where something is dropped or found, under their headings; what their verdicts do not
  /// say; and how many gaps are left out.
  static func table(_ diagnosis: Diagnosis, judgedAt: Int?) -> [String] {
    let headings = ["gap", "verdict", "keep", "factor", "source", "cure"]
    let rows = diagnosis.rows.filter(\.isNotable).map { row in
      [
        (row.gap.map { "\($0) " } ?? "") + row.place, row.verdict.words,
        number(row.keep), number(row.factor), row.source ?? "-",
        row.cure.isEmpty ? "-" : row.cure,
      ].map { ForeignText.shown($0, limit: 400) }
    }
    var lines: [String] = []
    if !rows.isEmpty {
      let all = [headings] + rows
      let widths = headings.indices.dropLast().map { column in
        all.map { $0[column].columns }.max() ?? 0
      }
      lines = all.map { row in
        let padded = zip(row, widths).map { text, width in
          text + String(repeating: " ", count: max(0, width - text.columns))
        }
        return (padded + [row[row.count - 1]]).joined(separator: "  ")
      }
    }
    lines += diagnosis.rows.filter { $0.severity > $0.verdict.severity && !$0.sentence.isEmpty }
      .map { row in
        ForeignText.shown("\(row.severity.rawValue): \(row.place): \(row.sentence)", limit: 800)
      }
    let quiet = diagnosis.rows.count { $0.verdict == .none && !$0.isNotable }
    let unmeasured = diagnosis.rows.count { $0.verdict == .unmeasured && !$0.isNotable }
    if quiet > 0 { lines.append("Nothing is dropped in \(gaps(quiet)).") }
    if unmeasured > 0 { lines.append("Not measured: \(gaps(unmeasured)).") }
    return lines
  }

  private static func gaps(_ count: Int) -> String {
    count == 1 ? "1 other gap" : "\(count) other gaps"
  }

  private static func number(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, decimals: 3) } ?? "-"
  }

  /// One object: whether all is right, the look, and each gap and finding.
  static func json(_ diagnosis: Diagnosis, _ shown: ShownLook, of header: RecordingHeader) -> String
  {
    var line = JSONLine()
    line.object { line in
      line.member("model", header.model)
      line.key("ok")
      line.value(diagnosis.severity < .bug)
      line.member("severity", diagnosis.severity.rawValue)
      line.member("step", shown.look.step)
      line.key("judged at look")
      if let judged = shown.judgedAt { line.value(judged) } else { line.null() }
      line.key("gaps")
      line.array { line in
        for row in diagnosis.rows { write(row, to: &line) }
      }
    }
    return line.text
  }

  private static func write(_ row: Diagnosis.Row, to line: inout JSONLine) {
    func text(_ name: String, _ value: String?, _ line: inout JSONLine) {
      line.key(name)
      if let value, !value.isEmpty { line.value(value) } else { line.null() }
    }
    func number(_ name: String, _ value: Double?, _ line: inout JSONLine) {
      line.key(name)
      if let value { line.value(value) } else { line.null() }
    }
    line.object { line in
      line.key("gap")
      if let gap = row.gap { line.value(gap) } else { line.null() }
      text("where", row.place, &line)
      text("verdict", row.verdict.rawValue, &line)
      text("severity", row.severity.rawValue, &line)
      number("keep", row.keep, &line)
      number("error", row.error, &line)
      number("factor", row.factor, &line)
      number("draws", row.draws, &line)
      text("source", row.source, &line)
      text("sentence", row.sentence, &line)
      text("cure", row.cure, &line)
    }
  }
}
