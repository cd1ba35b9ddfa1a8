extension JSONScanner {
  /// The next string.
  ///
  /// A half of a surrogate pair that stands alone, as a name of bytes that are no text is written,
  /// becomes U+FFFD.
  package mutating func text() throws(JSONProblem) -> String {
    guard peek() == UInt8(ascii: "\"") else { throw wrongKind("a string") }
    advance()
    let from = position
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        let piece = try valid(bytes[from..<position])
        advance()
        return piece
      }
      if byte == UInt8(ascii: "\\") { return try escapedText(from: from) }
      guard byte >= 0x20 else { throw broken("a string without control characters") }
      advance()
    }
    throw broken("'\"'")
  }

  /// A string, or nil for `null`.
  package mutating func optionalText() throws(JSONProblem) -> String? {
    try takeNull() ? nil : try text()
  }

  private func valid(_ piece: ArraySlice<UInt8>) throws(JSONProblem) -> String {
    guard let text = String(validating: piece, as: UTF8.self) else { throw .notUTF8 }
    return text
  }

  private mutating func escapedText(from: Int) throws(JSONProblem) -> String {
    var text = try valid(bytes[from..<position])
    var plain = position
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        text += try valid(bytes[plain..<position])
        advance()
        return text
      }
      guard byte >= 0x20 else { throw broken("a string without control characters") }
      guard byte == UInt8(ascii: "\\") else {
        advance()
        continue
      }
      text += try valid(bytes[plain..<position])
      text.unicodeScalars.append(try escape())
      plain = position
    }
    throw broken("'\"'")
  }

  private mutating func escape() throws(JSONProblem) -> Unicode.Scalar {
    advance()
    guard position < end else { throw broken("an escaped character") }
    let byte = bytes[position]
    let simple: Unicode.Scalar? =
      switch byte {
      case UInt8(ascii: "\""): "\""
      case UInt8(ascii: "\\"): "\\"
      case UInt8(ascii: "/"): "/"
      case UInt8(ascii: "b"): "\u{8}"
      case UInt8(ascii: "f"): "\u{C}"
      case UInt8(ascii: "n"): "\n"
      case UInt8(ascii: "r"): "\r"
      case UInt8(ascii: "t"): "\t"
      default: nil
      }
    if let simple {
      advance()
      return simple
    }
    guard byte == UInt8(ascii: "u") else { throw broken("an escaped character") }
    advance()
    let high = try unit()
    guard 0xD800..<0xDC00 ~= high, end - position >= 6, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
    let here = self
    advance(2)
    let low = try unit()
    guard 0xDC00..<0xE000 ~= low else {
      self = here
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func unit() throws(JSONProblem) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < end, let digit = Self.hexadecimal(bytes[position]) else {
        throw broken("a hexadecimal digit")
      }
      value = value << 4 | digit
      advance()
    }
    return value
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    if isDigit(byte) { return UInt32(byte & 0xF) }
    let letter = byte | 0x20
    let range = UInt8(ascii: "a")...UInt8(ascii: "f")
    return range.contains(letter) ? UInt32(letter - range.lowerBound) + 10 : nil
  }
}
