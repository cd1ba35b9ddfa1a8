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
    case .mixed: "a number is compared or computed with a word"
    case .tooLong(let limit): "it has more than \(limit) characters, or brackets in brackets"
    }
  }

  /// The remedy, in words.
  var remedy: String {
    switch self {
    case .unclosed(let open, _): "close it, or write '\(open)\(open)' for the character itself"
    case .unknown(.command, _, _): "dropscope config lists the commands"
    case .unknown, .decimals, .expected, .mixed:
      "docs/lesson-format.md has the quantities and the form of conditions"
    case .tooLong: "say it in fewer words"
    }
  }
}
