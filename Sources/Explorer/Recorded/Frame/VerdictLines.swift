import DropoutEngine
import Recordings
import TerminalCells

/// The verdicts on all gaps as lines of text: what is wrong first, then what is right.
enum VerdictLines {
  /// The most rows that are listed.
  private static let most = 1000

  static func lines(_ shown: ShownLook, of header: RecordingHeader) -> [BoxLine] {
    let diagnosis = Diagnosis(shown, of: header)
    let notable = diagnosis.rows.filter(\.isNotable).sorted { $0.severity > $1.severity }
    var lines = notable.prefix(most).flatMap(text)
    if notable.count > most { lines.append(BoxLine("and \(notable.count - most) more")) }
    let quiet = diagnosis.rows.count { $0.gap != nil && $0.verdict == .none }
    let unmeasured = diagnosis.rows.count { $0.gap != nil && $0.verdict == .unmeasured }
    if quiet > 0 {
      lines.append(
        BoxLine(quiet == 1 ? "1 gap drops nothing" : "\(quiet) gaps drop nothing", Style(.dim)))
    }
    if unmeasured > 0 {
      lines.append(
        BoxLine(
          unmeasured == 1 ? "1 gap was not measured" : "\(unmeasured) gaps were not measured",
          Style(.dim)))
    }
    if let judged = shown.judgedAt {
      lines.append(BoxLine("judged by look \(judged)", Style(.dim)))
    }
    return lines
  }

  private static func text(_ row: Diagnosis.Row) -> [BoxLine] {
    func shown(_ text: String) -> String { ForeignText.shown(text, limit: 400) }
    var head = row.severity > .fine ? RecordedSentence.word(row.severity) + " " : ""
    head += row.gap.map { "gap \($0), " } ?? ""
    head += shown(row.place) + ": " + row.verdict.words
    if let keep = row.keep { head += ", keep \(NumberText.fixed(keep, decimals: 2))" }
    if let factor = row.factor { head += ", factor \(NumberText.fixed(factor, decimals: 2))" }
    if let source = row.source { head += " (\(shown(source)))" }
    let style =
      switch row.severity {
      case .bug: Style(.error)
      case .warning: Style(.warning)
      case .remark: Style(.strong)
      case .fine: Style(.text)
      }
    return [BoxLine(head, style)]
      + [row.sentence, row.cure].filter { !$0.isEmpty }.map { BoxLine("  " + shown($0)) }
  }
}
