extension JSONParser {
  /// The next string, whose quotation mark comes next.
  mutating func text() throws(SavedFileError) -> String {
    position += 1
    var piece: [UInt8] = []
    var start = position
    while position < bytes.endIndex {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        piece += bytes[start..<position]
        position += 1
        guard let text = String(validating: piece, as: UTF8.self) else { throw error(.notUTF8) }
        return text
      case UInt8(ascii: "\\"):
        piece += bytes[start..<position]
        piece += Array(String(try escape()).utf8)
        start = position
      case 0..<0x20: throw broken("text without control characters")
      default: position += 1
      }
    }
    throw broken("'\"'")
  }

  /// The character that an escape stands for.
  private mutating func escape() throws(SavedFileError) -> Unicode.Scalar {
    position += 1
    guard position < bytes.endIndex else { throw broken("an escaped character") }
    let simple: Unicode.Scalar? =
      switch bytes[position] {
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
      position += 1
      return simple
    }
    let high = try unit()
    if let scalar = Unicode.Scalar(high) { return scalar }
    let low = try unit()
    guard (0xD800..<0xDC00).contains(high), (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw broken("the other half of a character") }
    return scalar
  }

  /// The number behind `u`, and behind a backslash before it for the second half of a character.
  private mutating func unit() throws(SavedFileError) -> UInt32 {
    if position < bytes.endIndex, bytes[position] == UInt8(ascii: "\\") { position += 1 }
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: "u") else {
      throw broken("'u' and four hexadecimal digits")
    }
    position += 1
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.endIndex,
        let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue,
        bytes[position] < 0x80
      else { throw broken("a hexadecimal digit") }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
