import DropoutEngine
import Recordings
import TerminalCells

/// One sentence: what is wrong first, with its cure, or that all gaps are right.
enum RecordedSentence {
  static func draw(_ state: RecordedState, in area: Rect, on buffer: inout CellBuffer) {
    let area = hero(state)?.drawNumber(in: area, glyphs: state.glyphs, on: &buffer) ?? area
    let lines = Sentence.lines(
      of: forms(state), width: area.width, rows: area.height, ellipsis: state.glyphs.ellipsis)
    let style = headStyle(state)
    for (row, line) in lines.enumerated() {
      let head = row == 0 ? String(line.prefix { $0 != " " }) : ""
      let used = buffer.write(head, x: area.x, y: area.y + row, style: style)
      buffer.write(
        String(line.dropFirst(head.count)), x: area.x + used, y: area.y + row,
        style: Style(.text))
    }
  }

  /// The number that stands large: how many times as large the sums are in testing as in training,
  /// behind the gap that the sentence is about, else behind the selected layer's; nil where it was
  /// not measured, or is not what is wrong.
  static func hero(_ state: RecordedState) -> HeroBlock? {
    let worst = state.shown.worst.flatMap { $0.severity > .fine ? $0 : nil }
    guard state.failure.isEmpty, let gaps = state.shown.gaps else { return nil }
    let gap = worst == nil ? state.layer : worst?.gap ?? -1
    guard gaps.keep.indices.contains(gap), let keep = gaps.keep[gap], let factor = gaps.factor[gap],
      keep * factor > 0, keep < 1
    else { return nil }
    let ratio = 1 / (keep * factor)
    let isWrong = (ratio - 1).magnitude >= 0.005
    guard ratio.isFinite, ratio < 1000, isWrong == (worst?.severity == .bug) else { return nil }
    return HeroBlock(NumberText.fixed(ratio, decimals: 2) + "x", isWrong ? .alarm : .calm)
  }

  private static func headStyle(_ state: RecordedState) -> Style {
    if !state.failure.isEmpty { return Style(.error) }
    switch state.shown.severity {
    case .bug: return Style(.error)
    case .warning: return Style(.warning)
    case .remark, .fine: return Style(.strong)
    }
  }

  /// The sentence in forms from long to short.
  static func forms(_ state: RecordedState) -> [String] {
    state.failure.isEmpty
      ? forms(state.shown, of: state.header, verdicts: state.keys[.verdicts])
      : ["BROKEN " + state.failure]
  }

  /// The sentence about a look; `verdicts` is the key that shows all of them.
  static func forms(
    _ shown: ShownLook, of header: RecordingHeader, verdicts: String
  ) -> [String] {
    if let worst = shown.worst, worst.severity > .fine { return forms(worst, shown, verdicts) }
    guard let gaps = shown.gaps else {
      return ["No look has judged the gaps yet: this is what the sums show so far."]
    }
    if let bad = gaps.verdict.indices.max(by: {
      gaps.verdict[$0].severity < gaps.verdict[$1].severity
    }), gaps.verdict[bad].severity > .fine {
      let verdict = gaps.verdict[bad]
      return [
        "\(word(verdict.severity)) \(ForeignText.shown(header.place(ofGap: bad))): "
          + "\(verdict.words)."
      ]
    }
    let dropping = gaps.verdict.filter { $0 == .right || $0 == .channels }.count
    let missing = gaps.verdict.filter { $0 == .unmeasured }.count
    let rest = missing == 0 ? "" : " \(missing) of \(gaps.verdict.count) were not measured."
    guard dropping > 0 else {
      return ["Nothing is dropped in any gap that was measured.\(rest)"]
    }
    let which =
      dropping == 1 ? "The one gap" : dropping == 2 ? "Both gaps" : "All \(dropping) gaps"
    return [
      "RIGHT \(which) where something is dropped \(dropping == 1 ? "is" : "are") right: the mean "
        + "of training is what testing gives.\(rest)"
    ]
  }

  private static func forms(
    _ worst: RecordedFinding, _ shown: ShownLook, _ verdicts: String
  ) -> [String] {
    func text(_ value: String) -> String { ForeignText.shown(value, limit: 400) }
    let source = worst.source.map { " (\(text($0)))" } ?? ""
    let head = "\(word(worst.severity)) \(text(worst.place))"
    let more = (shown.findings ?? []).count { $0.severity > .remark } - 1
    let others = more > 0 ? " \(verdicts) shows \(more) more." : ""
    let sentence = text(worst.sentence)
    let cure = worst.cure.isEmpty ? "" : " " + text(worst.cure)
    let brief = "\(word(worst.severity)) \(worst.verdict.words)"
    return [
      "\(head)\(source): \(sentence)\(cure)\(others)", "\(head)\(source): \(sentence)\(cure)",
      "\(head): \(sentence)\(cure)", "\(brief): \(sentence)\(cure)",
      "\(brief):\(cure.isEmpty ? " " + sentence : cure)",
    ]
  }

  /// The first word of a sentence.
  static func word(_ severity: FindingSeverity) -> String {
    switch severity {
    case .bug: "BUG"
    case .warning: "WARNING"
    case .remark: "REMARK"
    case .fine: "RIGHT"
    }
  }
}
