/// The words of a screen that are meant to be numbers.
package enum NumberWords {
  /// Words of digits, signs and exponents alone that are no numbers, and the words that a language
  /// prints for a value that is none.
  ///
  /// A screen writes `n/a` or `inf` for such a value. Layers (`2-12-2`) and differences
  /// (`1-1e-17`) are numbers with a sign between them; `12..` names the rows of a list. A list that
  /// ends a row may be cut, and says so.
  package static func faults(in rows: [String]) -> [String] {
    rows.flatMap { row in
      let last = row.lastIndex { !" ".contains($0) }
      let isCut = last.map { row[$0] == "\u{2026}" } ?? false
      let words = row.split {
        !("0"..."9" ~= $0 || "a"..."z" ~= $0 || "A"..."Z" ~= $0 || ".+-".contains($0))
      }.map(String.init)
      return (isCut ? words.dropLast() : words[...]).filter(isFault)
    }
  }

  private static func isFault(_ word: String) -> Bool {
    if word == "nan" || word == "-nan" { return true }
    guard word.contains(where: \.isNumber), word.allSatisfy({ "0123456789.e+-".contains($0) })
    else { return false }
    let text = word.hasSuffix(".") ? String(word.dropLast()) : word
    return !text.hasSuffix(".") && !isNumber(text)
  }

  /// Whether a text is a number, or several with a sign between them.
  private static func isNumber(_ text: String) -> Bool {
    if Double(text) != nil { return true }
    return text.indices.dropFirst().contains { index in
      guard text[index] == "-" || text[index] == "+", Double(text[..<index]) != nil else {
        return false
      }
      return isNumber(String(text[text.index(after: index)...]))
    }
  }
}
