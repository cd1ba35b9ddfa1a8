import DropoutEngine
import Lessons
import TerminalCells

// The words of a lesson, with the numbers of the network on the screen.
extension ExplorerState {
  /// A text with its numbers and keys put in.
  func words(_ text: LessonText) -> String {
    text.parts.map { part in
      switch part {
      case .words(let words): words
      case .value(let expression, let decimals):
        words(expression.value(lessonValues), decimals: decimals)
      case .key(let name):
        KeyTable.command(named: name).map { ExplorerState.word(keys[$0]) } ?? ""
      }
    }.joined()
  }

  /// The name of a key in a sentence, where a full stop or a comma alone would be lost.
  private static func word(_ key: String) -> String {
    switch key {
    case ".": "period (.)"
    case ",": "comma (,)"
    default: key
    }
  }

  /// A value in words; large whole numbers have their thousands apart.
  private func words(_ value: LessonValue, decimals: Int) -> String {
    switch value {
    case .number(let number):
      guard decimals == 0, (10_000..<1e15).contains(number.magnitude) else {
        return NumberText.fixed(number, decimals: decimals)
      }
      return NumberText.grouped(Int(nearest: number.rounded(), in: -1 << 53...1 << 53))
    case .word(let word): return ForeignText.shown(word, limit: 60)
    case .waiting: return String(glyphs.ellipsis)
    case .absent: return "n/a"
    }
  }

  /// The text of the step that the lesson is at, as it is true now.
  var lessonText: String {
    guard let run = lesson else { return "" }
    if lessonIsElsewhere { return elsewhereText }
    guard let step = run.step else { return words(run.lesson.limits) }
    guard case .see(let check, let otherwise) = step.task else { return words(step.text) }
    switch decide(check) {
    case .waiting where !isMeasured(step.text): return ExplorerState.waitingText
    case .holds, .waiting: return words(step.text)
    case .fails, .absent: return words(otherwise) ?? ExplorerState.otherwiseText
    }
  }

  /// Whether each number of a text is there.
  private func isMeasured(_ text: LessonText) -> Bool {
    text.parts.allSatisfy { part in
      guard case .value(let expression, _) = part else { return true }
      let value = expression.value(lessonValues)
      return value != .waiting && value != .absent
    }
  }

  /// The way back to the view that the lesson speaks of.
  private var elsewhereText: String {
    let home = lesson?.home ?? .live
    return "The lesson speaks of view \(keys[.view(home)]), \(home.name): Enter goes back there."
  }

  /// Whether a number that the step shows is still being measured, or its task being done, so that
  /// one has to wait for it.
  var lessonAwaitsNumbers: Bool {
    guard let run = lesson, let step = run.step else { return false }
    switch step.task {
    case .predict: return !run.isAsking && run.replies[run.place]?.verdict == .waiting
    case .act(let until, _):
      return run.acted.contains(run.place) && !run.done.contains(run.place)
        && (decide(until) == .waiting || snapshot.travel != nil)
    case .see(let check, let otherwise):
      switch decide(check) {
      case .waiting: return true
      case .holds: return isWaiting(step.text) || step.figures.contains { isWaiting($0.number) }
      case .fails, .absent: return otherwise.map { isWaiting($0) } ?? false
      }
    case .look, .because: return isWaiting(step.text)
    }
  }

  /// Whether a number of a text is being measured.
  private func isWaiting(_ text: LessonText) -> Bool {
    text.expressions.contains { $0.value(lessonValues) == .waiting }
  }

  private static let waitingText = "It is being measured."

  /// Whether the sentence of the step is true of the network on the screen.
  public var lessonHolds: Bool {
    guard case .see(let check, _)? = lesson?.step?.task else { return true }
    return decide(check) == .holds
  }

  private func words(_ text: LessonText?) -> String? { text.map { words($0) } }

  private static let otherwiseText =
    "What this step speaks of does not hold for the network on the screen as it is now."

  /// The text of the step in few words.
  var shortLessonText: String {
    guard let run = lesson else { return "" }
    if lessonIsElsewhere { return elsewhereText }
    guard let short = run.step == nil ? run.lesson.shortLimits : run.step?.short else {
      // The question may stand in its last sentence.
      if case .predict? = run.step?.task { return lessonText }
      return lessonText.firstSentence
    }
    if case .see(let check, _)? = run.step?.task {
      switch decide(check) {
      case .waiting where !isMeasured(short): return ExplorerState.waitingText
      case .holds, .waiting: break
      case .fails, .absent: return lessonText.firstSentence
      }
    }
    return words(short)
  }

  /// The reply to an answer: whether it is right, which one is, and the reason.
  func replyWords(_ reply: LessonRun.Reply, _ answers: [LessonAnswer]) -> String {
    switch reply.verdict {
    case .waiting: return ExplorerState.waitingText
    case .right(let right):
      let name = name(of: right, in: answers)
      let verdict =
        switch reply.chosen {
        case right?: "Right."
        case nil: "It is \(name)."
        case _?: "No, it is \(name)."
        }
      return [verdict, reason(reply, answers)].compactMap(\.self).joined(separator: " ")
    case .open:
      if case .predict(_, let otherwise?)? = lesson?.step?.task { return words(otherwise) }
      return "Here no single answer is right: the numbers are not what the question supposes."
    }
  }

  /// The reason why the chosen answer is wrong, or why the right one is right; nil where none is
  /// known.
  func reason(_ reply: LessonRun.Reply, _ answers: [LessonAnswer]) -> String? {
    guard case .right(let right) = reply.verdict else { return nil }
    let why = words(answers[right].why)
    guard let chosen = reply.chosen, chosen != right, answers.indices.contains(chosen) else {
      return why
    }
    return words(answers[chosen].reply) ?? why
  }

  /// The name of an answer in a sentence: its words where they begin with a number, which its own
  /// number could be taken for, and else that.
  private func name(of answer: Int, in answers: [LessonAnswer]) -> String {
    let words = words(answers[answer].text)
    return words.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? false
      ? words : "answer \(answer + 1)"
  }
}

extension String {
  /// The text up to the end of its first sentence.
  fileprivate var firstSentence: String {
    for end in [". ", "? ", "! "] {
      guard let range = self.firstRange(of: end) else { continue }
      return String(self[..<range.lowerBound]) + end.prefix(1)
    }
    return self
  }
}
