import TerminalCells

/// A question that people ask, the screen that answers it, and the answer with the numbers there.
struct Question: Sendable {
  /// The question, as people ask it.
  let text: String
  /// The commands that bring its view to the screen.
  let arrival: [KeyCommand]
  /// The panel whose numbers the answer is about, and which it does not cover; nil where the
  /// sentence has them.
  var subject: Panel?
  /// The answer: what is measured on the screen, beside what theory says.
  let answer: @Sendable (ExplorerState) -> String

  /// The keys of the questions, in the order of the list; `j`, `k` and `l` move in it.
  static let keys = Array("123456789abcdefghimnoprs".unicodeScalars)
}

extension ExplorerState {
  /// Performs the commands that bring a screen, and lays an overlay over it.
  mutating func lay(_ next: Overlay, after commands: [KeyCommand]) -> [Effect] {
    overlay = .none
    let effects = commands.flatMap { perform($0) }
    overlay = next
    return effects
  }

  /// Goes to the screen of a question, and lays the answer over its lower edge.
  mutating func ask(_ number: Int) -> [Effect] {
    guard Question.all.indices.contains(number) else { return [] }
    return lay(.answer(question: number), after: Question.all[number].arrival)
  }

  /// A key over the list of questions; nil where it means what it always means.
  mutating func press(_ key: Key, inQuestions line: Int) -> [Effect]? {
    if let next = chosen(key, from: line, count: Question.all.count) {
      overlay = .questions(line: next)
      return []
    }
    if key == .enter { return ask(line) }
    guard case .character(let scalar) = key,
      let number = Question.keys.prefix(Question.all.count).firstIndex(of: scalar)
    else { return nil }
    return ask(number)
  }

  /// A key over an answer: all keys of the view go on working under it.
  mutating func press(_ key: Key, under question: Int, _ command: KeyCommand?) -> [Effect] {
    switch key {
    case .escape: overlay = .none
    case .enter, .backspace: overlay = .questions(line: question)
    default:
      if command == .help {
        overlay = .questions(line: question)
      } else if let command {
        let effects = perform(command)
        // The view of another question is another screen.
        if case .view = command { overlay = .none }
        return effects
      }
    }
    return []
  }
}
