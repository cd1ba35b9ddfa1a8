import CZlib
import Fuzzing
import RepeatableRandom

/// Share strings: lines that were changed and packed with a checksum that fits, or letters that
/// were changed.
enum ShareInput {
  private static let lines = Mutator(
    words: [
      "p0.1.0", "c", "cvariant=", "chidden=", "cdata=", "clearning-rate=", "j0 keep=0.5", "j", "u",
      "u0 0 0 kill", "a0 0 0", "a", "d", "w", "\n", "=", " ", "0123456789abcdef", "nan",
    ], marks: "pdwcjua= \n0123456789abcdef.,-")
  private static let letters = Mutator(
    words: ["ds1.", "ds2.", "ds", ".", "AAAA", "-_", "=="], marks: "AZaz09-_.=+/")
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func make(_ samples: [[UInt8]], _ random: inout Generator) -> [UInt8] {
    var text = random.element(samples)
    if random.int(below: 5) > 0 {
      var content = unpacked(text)
      lines.mutate(&content, &random)
      text = packed(content)
    }
    if random.int(below: 4) == 0 { letters.mutate(&text, &random) }
    let isUsed = random.int(below: 8) == 0
    return PartedInput(settings: isUsed ? [("use", "go")] : [], parts: [text]).bytes
  }

  /// The lines of a valid string.
  private static func unpacked(_ text: [UInt8]) -> [UInt8] {
    var (word, bits) = (0, 0)
    var bytes: [UInt8] = []
    for letter in text.dropFirst(4) {
      word = word << 6 | (alphabet.firstIndex(of: letter) ?? 0)
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: word >> bits))
      word &= 1 << bits - 1
    }
    let body = Array(bytes.dropLast(4))
    var lines = [UInt8](repeating: 0, count: 1 << 16)
    var count = UInt(lines.count)
    uncompress(&lines, &count, body, UInt(body.count))
    return Array(lines.prefix(Int(count)))
  }

  private static func packed(_ lines: [UInt8]) -> [UInt8] {
    var count = compressBound(UInt(lines.count))
    var packed = [UInt8](repeating: 0, count: Int(count))
    compress2(&packed, &count, lines, UInt(lines.count), 9)
    packed.removeLast(packed.count - Int(count))
    let whole = Array("ds1.".utf8) + packed
    let checksum = crc32(0, whole, UInt32(whole.count))
    packed += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: checksum >> $0) }
    var text = Array("ds1.".utf8)
    var (word, bits) = (0, 0)
    for byte in packed {
      word = word << 8 | Int(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(alphabet[word >> bits & 63])
      }
      word &= 1 << bits - 1
    }
    if bits > 0 { text.append(alphabet[word << (6 - bits) & 63]) }
    return text
  }
}
