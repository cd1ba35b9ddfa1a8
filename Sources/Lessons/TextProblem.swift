import DropoutEngine

/// The fault of a text or a condition.
public enum TextProblem: Error, Equatable, Sendable {
  /// The kind of a name.
  public enum NameKind: String, Sendable {
    /// The name of a quantity.
    case quantity
    /// The name of a command.
    case command
  }

  /// A bracket is not closed.
  case unclosed(String, String)
  /// No quantity or command has the name; the names that there are.
  case unknown(NameKind, String, [String])
  /// The number of decimals is none.
  case decimals(String)
  /// Something else is expected.
  case expected(String, found: String)
  /// A number is compared or computed with a word.
  case mixed
  /// A quantity never has the word; the words that it can have.
  case noWord(String, of: String, [String])
  /// The network has no layer of that name; the names of its layers.
  case noLayer(String, [String])
  /// A number is divided by 0.
  case dividedByZero
  /// It is too long, or nested too deeply.
  case tooLong(limit: Int)
}

extension TextProblem {
  /// The fault, in words.
  var fault: String {
    switch self {
    case .unclosed(let open, let close): "'\(open)' is not closed by '\(close)'"
    case .unknown(let kind, let name, let names):
      "there is no \(kind.rawValue) '\(ForeignText.shown(name, limit: 60))'"
        + (NameDistance.nearest(to: name, in: names).map { ", did you mean '\($0)'?" } ?? "")
    case .decimals(let text):
      "'\(ForeignText.shown(text, limit: 20))' is no number of decimals, 0 to "
        + "\(LessonText.mostDecimals)"
    case .expected(let expected, let found):
      "\(expected) is expected, and not \(ForeignText.shown(found, limit: 60))"
    case .noWord(let word, let quantity, let words):
      "\(quantity) is never '\(ForeignText.shown(word, limit: 60))'"
        + (NameDistance.nearest(to: word, in: words).map { ", did you mean '\($0)'?" } ?? "")
        + " (it is one of \(words.joined(separator: ", ")))"
    case .noLayer(let name, let names):
      "the network has no layer '\(name)' (there are \(names.joined(separator: ", ")))"
    case .dividedByZero: "a number is divided by 0"
    case .mixed: "a number is compared or computed with a word"
    case .tooLong(let limit): "it has more than \(limit) characters, or brackets in brackets"
    }
  }

  /// The remedy, in words.
  var remedy: String {
    switch self {
    case .unclosed(let open, _): "close it, or write '\(open)\(open)' for the character itself"
    case .unknown(.command, _, _): "dropscope config lists the commands"
    case .noLayer: "name one of these, or set hidden before"
    case .unknown, .decimals, .expected, .mixed, .noWord, .dividedByZero:
      "docs/lesson-format.md has the quantities and the form of conditions"
    case .tooLong: "say it in fewer words"
    }
  }
}
