/// A text of a lesson, with live numbers and the person's own keys in it.
///
/// `{ratio}` is the value of a quantity with 2 decimals, `{1/keep:0}` of a computation without any;
/// `[scaling]` is the key of a command. `{{` and `[[` are the brackets themselves.
public struct LessonText: Equatable, Sendable {
  /// A piece of a text.
  public enum Part: Equatable, Sendable {
    /// Words.
    case words(String)
    /// The value of a computation, a number with some decimals or a word.
    case value(Expression, decimals: Int)
    /// The key of a command.
    case key(String)
  }

  /// The pieces, with nothing between them.
  public var parts: [Part]

  /// The most decimals of a number.
  static let mostDecimals = 9
  /// The decimals of a number where none are named.
  static let usualDecimals = 2
}

extension LessonText {
  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: the text as a lesson's file has it.
  ///   - vocabulary: the names that it can use.
  /// - Throws: ``TextFault`` with the column.
  init(_ text: String, _ vocabulary: LessonVocabulary) throws(TextFault) {
    parts = []
    var words = ""
    var rest = Array(text.unicodeScalars)[...]
    func flush(_ parts: inout [Part]) {
      if !words.isEmpty { parts.append(.words(words)) }
      words = ""
    }
    while let scalar = rest.popFirst() {
      guard scalar == "{" || scalar == "[" else {
        words.unicodeScalars.append(scalar)
        continue
      }
      if rest.first == scalar {
        words.unicodeScalars.append(scalar)
        rest.removeFirst()
        continue
      }
      let column = rest.startIndex
      let close: Unicode.Scalar = scalar == "{" ? "}" : "]"
      guard let end = rest.firstIndex(of: close) else {
        throw TextFault(column: column, problem: .unclosed(String(scalar), String(close)))
      }
      let name = String(String.UnicodeScalarView(rest[..<end]))
      rest = rest[(end + 1)...]
      flush(&parts)
      parts.append(
        try scalar == "["
          ? LessonText.key(name, vocabulary, at: column)
          : LessonText.value(name, vocabulary, at: column + 1))
    }
    flush(&parts)
  }

  private static func key(
    _ name: String, _ vocabulary: LessonVocabulary, at column: Int
  ) throws(TextFault) -> Part {
    guard vocabulary.commands.contains(name) else {
      throw TextFault(column: column, problem: .unknown(.command, name, vocabulary.commands))
    }
    return .key(name)
  }

  private static func value(
    _ text: String, _ vocabulary: LessonVocabulary, at column: Int
  ) throws(TextFault) -> Part {
    let pieces = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let expression: Expression
    do throws(TextFault) {
      expression = try ConditionParser.expression(String(pieces[0]), vocabulary)
    } catch {
      throw TextFault(column: column + error.column - 1, problem: error.problem)
    }
    guard pieces.count > 1 else { return .value(expression, decimals: usualDecimals) }
    guard let decimals = Int(pieces[1]), (0...mostDecimals).contains(decimals) else {
      throw TextFault(column: column, problem: .decimals(String(pieces[1])))
    }
    return .value(expression, decimals: decimals)
  }

  /// The widest text that stands in one line, in columns as it is shown.
  public static let widestShort = 76

  /// The fewest columns that it takes when numbers and keys are put in.
  var fewestColumns: Int {
    parts.reduce(0) { columns, part in
      switch part {
      case .words(let words): columns + words.unicodeScalars.count
      case .value(_, let decimals): columns + 1 + (decimals > 0 ? 1 + decimals : 0)
      case .key: columns + 1
      }
    }
  }

  /// The computations in the text.
  public var expressions: [Expression] {
    parts.compactMap { if case .value(let expression, _) = $0 { expression } else { nil } }
  }
}

/// A fault of a text or a condition, with the column in it, from 1.
struct TextFault: Error {
  let column: Int
  let problem: TextProblem
}
