import CZlib

/// Bytes as letters that any page, mail or command line leaves alone, with a checksum over all of
/// them.
///
/// Letters are written as in base64url without padding; in front stands the version. The bytes are
/// deflated, and their CRC-32 follows them. So every single letter that is changed is found.
///
/// > Source: RFC 4648, section 5; RFC 1950.
enum ShareCode {
  /// The beginning of a string of version 1.
  static let prefix = "ds1."
  /// The most bytes that are inflated.
  private static let most = 1 << 20
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// The letters for some bytes.
  static func text(_ bytes: [UInt8]) -> String {
    var count = compressBound(UInt(bytes.count))
    var packed = [UInt8](repeating: 0, count: Int(count))
    let result = compress2(&packed, &count, bytes, UInt(bytes.count), Z_BEST_COMPRESSION)
    precondition(result == Z_OK, "zlib ends with \(result) in a buffer that is large enough")
    packed.removeLast(packed.count - Int(count))
    let checksum = checksum(packed)
    packed += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: checksum >> $0) }
    return prefix + encoded(packed)
  }

  /// The bytes of some letters.
  ///
  /// - Throws: ``SavedFileProblem/damagedShare(_:)``, or that it is of a later version.
  static func bytes(_ text: String) throws(SavedFileProblem) -> [UInt8] {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasPrefix("ds") else {
      throw .damagedShare("is no share string: it begins with \(prefix)")
    }
    let version = parts[0].dropFirst(2)
    guard version == "1" else {
      guard let number = Int(version), number > 1, String(number) == version else {
        throw .damagedShare("is no share string: it begins with \(prefix)")
      }
      throw .future(version: number, known: 1)
    }
    let packed = try decoded(Array(parts[1].utf8))
    let damaged = SavedFileProblem.damagedShare(
      "is damaged: its checksum does not fit, so a character is wrong or missing")
    guard packed.count > 4 else { throw damaged }
    let body = Array(packed.dropLast(4))
    let stored = packed.suffix(4).reduce(UInt(0)) { $0 << 8 | UInt($1) }
    guard stored == checksum(body) else { throw damaged }
    var bytes = [UInt8](repeating: 0, count: most)
    var count = UInt(most)
    guard uncompress(&bytes, &count, body, UInt(body.count)) == Z_OK else {
      throw .damagedShare("cannot be inflated")
    }
    return Array(bytes.prefix(Int(count)))
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt {
    // The version counts too.
    let whole = Array(prefix.utf8) + bytes
    return UInt(crc32(0, whole, UInt32(whole.count)))
  }

  private static func encoded(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for first in stride(from: 0, to: bytes.count, by: 3) {
      let piece = bytes[first..<min(first + 3, bytes.count)]
      let word = piece.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - piece.count))
      for letter in 0...piece.count { text.append(letters[Int(word >> (18 - 6 * letter)) & 63]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func decoded(_ text: [UInt8]) throws(SavedFileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    for first in stride(from: 0, to: text.count, by: 4) {
      let piece = text[first..<min(first + 4, text.count)]
      var word: UInt32 = 0
      for letter in piece {
        guard let value = letters.firstIndex(of: letter) else {
          let shown = String(decoding: [letter], as: UTF8.self)
          throw .damagedShare("is damaged: '\(shown)' is none of its letters")
        }
        word = word << 6 | UInt32(value)
      }
      word <<= UInt32(6 * (4 - piece.count))
      let count = piece.count - 1
      // Bits that no byte uses must be 0, so that there is one text for the bytes.
      guard count > 0, word & (1 << UInt32(8 * (3 - count)) - 1) == 0 else {
        throw .damagedShare("is damaged: a character at its end is wrong or missing")
      }
      for byte in 0..<count { bytes.append(UInt8(truncatingIfNeeded: word >> (16 - 8 * byte))) }
    }
    return bytes
  }
}
