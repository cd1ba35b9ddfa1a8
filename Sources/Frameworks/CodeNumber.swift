import DropoutEngine

/// A number in a line of code, or what stands in its place: `0.2`, `1 - 0.8`, `keep_prob`.
struct CodeNumber: Equatable {
  /// The text that is subtracted from 1, or the whole text; without blanks and outer brackets.
  let text: String
  /// Whether the text is subtracted from 1.
  let isComplement: Bool

  init(_ code: String) {
    var code = code.filter { !$0.isWhitespace }
    while code.first == "(", code.last == ")" { code = String(code.dropFirst().dropLast()) }
    let one = ["1-", "1.-", "1.0-", "1.0f-"].first { code.hasPrefix($0) }
    text = one.map { String(code.dropFirst($0.count)) } ?? code
    isComplement = one != nil
  }

  private init(text: String, isComplement: Bool) {
    (self.text, self.isComplement) = (text, isComplement)
  }

  /// 1 minus the number.
  var complement: CodeNumber { CodeNumber(text: text, isComplement: !isComplement) }

  /// The value of the text itself; nil where it is a name.
  ///
  /// Languages write `0.2`, `.2`, `2e-1`, `0.2f`, `1_000`.
  var given: Double? {
    var digits = text.filter { $0 != "_" }
    if let last = digits.last, "fFdD".contains(last) { digits.removeLast() }
    return ParameterText.number(digits)
  }

  /// The value of the number; nil where it is a name.
  var value: Double? { given.map { isComplement ? 1 - $0 : $0 } }
}
