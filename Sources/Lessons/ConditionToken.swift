/// A token of a condition, and its column, from 1.
struct ConditionToken {
  /// The kinds of tokens.
  enum Content: Equatable {
    case number(Double)
    case name(String)
    case operation(ConditionOperator)
    case open, close, end
  }

  let content: Content
  let column: Int

  /// The token in words, for a message.
  var words: String {
    switch content {
    case .number(let number): "\(number)"
    case .name(let name): "'\(name)'"
    case .operation(let operation): "'\(operation.rawValue)'"
    case .open: "'('"
    case .close: "')'"
    case .end: "the end"
    }
  }

  /// The tokens of a text; the last one is its end.
  ///
  /// A hyphen between two letters or digits belongs to a name: a minus has spaces beside it.
  static func tokens(of text: String) throws(TextFault) -> [ConditionToken] {
    let scalars = Array(text.unicodeScalars)
    var tokens: [ConditionToken] = []
    var index = 0
    while index < scalars.count {
      let start = index
      let scalar = scalars[index]
      if scalar == " " {
        index += 1
        continue
      }
      let content: Content
      if isDigit(scalar) {
        while index < scalars.count, isDigit(scalars[index]) || scalars[index] == "." { index += 1 }
        let digits = String(String.UnicodeScalarView(scalars[start..<index]))
        guard let number = Double(digits), number.isFinite else {
          throw TextFault(column: start + 1, problem: .expected("a number", found: digits))
        }
        content = .number(number)
      } else if isLetter(scalar) {
        while index < scalars.count, belongsToName(scalars, index) { index += 1 }
        let name = String(String.UnicodeScalarView(scalars[start..<index]))
        content = ConditionOperator(rawValue: name).map { .operation($0) } ?? .name(name)
      } else if scalar == "(" || scalar == ")" {
        index += 1
        content = scalar == "(" ? .open : .close
      } else {
        let rest = String(String.UnicodeScalarView(scalars[start...].prefix(2)))
        guard
          let operation = ConditionOperator.allCases.first(where: { rest.hasPrefix($0.rawValue) })
        else {
          throw TextFault(
            column: start + 1,
            problem: .expected("a number, a name or an operator", found: "'\(scalar)'"))
        }
        index += operation.rawValue.unicodeScalars.count
        content = .operation(operation)
      }
      tokens.append(ConditionToken(content: content, column: start + 1))
    }
    return tokens + [ConditionToken(content: .end, column: scalars.count + 1)]
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func belongsToName(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    let scalar = scalars[index]
    if isLetter(scalar) || isDigit(scalar) { return true }
    guard scalar == "-" || scalar == ".", index + 1 < scalars.count else { return false }
    return isLetter(scalars[index + 1]) || isDigit(scalars[index + 1])
  }
}
