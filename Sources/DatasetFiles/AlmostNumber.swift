/// A cell that a person reads as a number, but that is not written as one.
struct AlmostNumber {
  /// Whether it has marks that no word has: percent, money, thousands, the other decimal mark, a
  /// minus or an exponent of another kind.
  ///
  /// The others have only letters, so they may be words: `1st`, `4WD`.
  private(set) var isMarked = false
  /// The way to write the sign that is the fault; nil where more than a sign is to be changed.
  private(set) var need: String?

  /// Signs that stand for a minus, and others in front of a number.
  private static let minuses = ["\u{2212}", "\u{2013}", "\u{2012}", "\u{FE63}", "\u{FF0D}"]
  private static let money = ["$", "\u{20AC}", "\u{A3}", "\u{A5}", "\u{20B9}"]
  private static let currencies = ["EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "SEK", "DKK"]
  /// Blanks that typesetters put between thousands.
  static let thinMarks = ["\u{A0}", "\u{202F}", "\u{2009}", "\u{2007}"]

  /// Reads sign, money, digits with marks between them, exponent, and a short unit, in this order;
  /// nil for a cell that is none.
  init?(_ cell: ArraySlice<UInt8>) {
    var rest = cell
    if rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")") {
      rest = rest.dropFirst().dropLast()
      isMarked = true
      need = "a minus is written -, without parentheses"
    }
    takeSigns(&rest)
    guard let first = rest.first, AlmostNumber.isDigit(first) else { return nil }
    guard takeDigits(&rest) else { return nil }
    takeExponent(&rest)
    let unit = CSVNumber.trimmed(rest)
    if !unit.isEmpty { need = nil }
    guard unit.count <= 8, !unit.contains(where: AlmostNumber.isDigit) else { return nil }
    let marks = Array("%$".utf8)
    guard unit.allSatisfy({ $0 > 64 || marks.contains($0) }) else { return nil }
    let text = String(decoding: unit, as: UTF8.self)
    if text.hasPrefix("%") || AlmostNumber.money.contains(text)
      || AlmostNumber.currencies.contains(text.uppercased())
    {
      isMarked = true
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private mutating func takeSigns(_ rest: inout ArraySlice<UInt8>) {
    func takeSign() {
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
        rest = rest.dropFirst()
      }
    }
    takeSign()
    let strange = AlmostNumber.minuses + AlmostNumber.money + AlmostNumber.currencies
    for sign in strange where rest.starts(with: sign.utf8) {
      isMarked = true
      need = AlmostNumber.minuses.contains(sign) ? "a minus is written -, as on the keyboard" : nil
      rest = CSVNumber.trimmed(rest.dropFirst(sign.utf8.count))
      for blank in AlmostNumber.thinMarks where rest.starts(with: blank.utf8) {
        rest = rest.dropFirst(blank.utf8.count)
      }
    }
    takeSign()
  }

  /// Takes groups of digits with marks between them; false where they are no number, as in a date
  /// or a version.
  private mutating func takeDigits(_ rest: inout ArraySlice<UInt8>) -> Bool {
    let texts = [".", ",", "'", "\u{2019}", " "] + AlmostNumber.thinMarks
    var marks: [String] = []
    var groups = [0]
    while let byte = rest.first {
      if AlmostNumber.isDigit(byte) {
        groups[groups.count - 1] += 1
        rest = rest.dropFirst()
        continue
      }
      guard let mark = texts.first(where: { rest.starts(with: $0.utf8) }),
        let next = rest.dropFirst(mark.utf8.count).first, AlmostNumber.isDigit(next)
      else { break }
      marks.append(mark)
      groups.append(0)
      rest = rest.dropFirst(mark.utf8.count)
    }
    guard let last = marks.last else { return true }
    // One point alone stands before plain decimals.
    if marks != ["."] {
      isMarked = true
      if marks != [","] { need = nil }
    }
    let areDecimals = (last == "." || last == ",") && !marks.dropLast().contains(last)
    // In India thousands and lakhs are told apart by groups of two.
    return groups[1...].dropLast().allSatisfy { $0 == 2 || $0 == 3 }
      && Set(marks.dropLast()).count <= 1
      && (areDecimals || (groups.last == 3 && Set(marks).count == 1))
  }

  /// Fortran and others write `1.1D+00`.
  private mutating func takeExponent(_ rest: inout ArraySlice<UInt8>) {
    guard let letter = rest.first, "dDeE".utf8.contains(letter) else { return }
    var exponent = rest.dropFirst()
    let signs = Array("+-".utf8)
    guard let sign = exponent.first, signs.contains(sign) || AlmostNumber.isDigit(sign) else {
      return
    }
    if signs.contains(sign) { exponent = exponent.dropFirst() }
    guard (1...3).contains(exponent.prefix(while: AlmostNumber.isDigit).count) else { return }
    rest = exponent.drop(while: AlmostNumber.isDigit)
    if !isMarked, "dD".utf8.contains(letter) { need = "an exponent is written with e, as in 1.5e3" }
    isMarked = true
  }
}
