package import RepeatableRandom

/// Makes inputs out of valid ones, with changes that a format is likely to feel.
package struct Mutator: Sendable {
  /// The words of the format: names, marks, limits.
  package let words: [[UInt8]]
  /// Bytes that mean something in the format.
  package let marks: [UInt8]
  /// Whether the format has numbers as bytes, rather than as digits.
  package let isBinary: Bool
  /// The most bytes of an input.
  package let most: Int

  /// Creates a mutator.
  package init(
    words: [String], marks: String = "{}[]\",:\\-.eE+019 \t\n\r\u{0}", isBinary: Bool = false,
    most: Int = 16_384
  ) {
    self.words = words.map { Array($0.utf8) }
    self.marks = Array(marks.utf8) + [0x00, 0x1B, 0x7F, 0x80, 0xC3, 0xE2, 0xFF]
    (self.isBinary, self.most) = (isBinary, most)
  }

  /// A sample, often with a part of another one, with a few changes or many; seldom none.
  package func mutated(_ samples: [[UInt8]], _ random: inout Generator) -> [UInt8] {
    var bytes = random.element(samples)
    if random.int(below: 6) == 0 { splice(&bytes, random.element(samples), &random) }
    mutate(&bytes, &random)
    return bytes
  }

  /// Changes bytes at a few places, or at many.
  package func mutate(_ bytes: inout [UInt8], _ random: inout Generator) {
    for _ in 0..<random.element([0, 1, 1, 1, 1, 2, 2, 2, 3, 4, 6, 12]) { edit(&bytes, &random) }
    if bytes.count > most { bytes.removeLast(bytes.count - most) }
  }

  /// Puts a part of another input in, or behind.
  private func splice(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout Generator) {
    guard !other.isEmpty else { return }
    let from = random.int(0...other.count - 1)
    let part = other[from..<random.int(from + 1...other.count)]
    let start = random.int(0...bytes.count)
    let end = random.int(below: 2) == 0 ? start : random.int(start...bytes.count)
    bytes.replaceSubrange(start..<end, with: part)
  }

  private func edit(_ bytes: inout [UInt8], _ random: inout Generator) {
    guard !bytes.isEmpty else {
      bytes = random.element(words)
      return
    }
    let at = random.int(below: bytes.count)
    let few = min(bytes.count, at + random.int(1...24))
    switch random.int(below: 16) {
    case 0: bytes[at] = random.element(marks)
    case 1: bytes[at] ^= 1 << UInt8(random.int(below: 8))
    case 2: bytes.insert(random.element(marks), at: at)
    case 3: bytes.removeSubrange(at..<few)
    case 4: bytes.insert(contentsOf: random.element(words), at: at)
    case 5: bytes.insert(contentsOf: Array(bytes[at..<few]), at: random.int(below: bytes.count))
    case 6: bytes.removeLast(bytes.count - at)
    case 7:
      let repeated = [UInt8](repeating: bytes[at], count: random.element([2, 8, 64, 300, 1500]))
      bytes.insert(contentsOf: repeated, at: at)
    case 8, 9: changeLine(&bytes, near: at, &random)
    case 10, 11: replaceWord(&bytes, near: at, &random)
    default:
      if isBinary { putWord(&bytes, at, &random) } else { replaceNumber(&bytes, at, &random) }
    }
  }

  /// Leaves out, doubles or moves a line.
  private func changeLine(_ bytes: inout [UInt8], near at: Int, _ random: inout Generator) {
    let newline = UInt8(ascii: "\n")
    let start = bytes[..<at].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[at...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.count
    let line = Array(bytes[start..<end])
    switch random.int(below: 3) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: line, at: end)
    default:
      bytes.removeSubrange(start..<end)
      let place = random.int(0...bytes.count)
      let behind = bytes[..<place].lastIndex(of: newline).map { $0 + 1 } ?? 0
      bytes.insert(contentsOf: line, at: behind)
    }
  }

  /// Puts a word of the format in the place of a word.
  private func replaceWord(_ bytes: inout [UInt8], near at: Int, _ random: inout Generator) {
    func isOfWord(_ byte: UInt8) -> Bool {
      (97...122).contains(byte) || (65...90).contains(byte) || byte == UInt8(ascii: "-")
    }
    guard let start = bytes[at...].firstIndex(where: isOfWord) else { return }
    let end = bytes[start...].firstIndex { !isOfWord($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: random.element(words))
  }

  /// Puts a nasty number in the place of a number in digits.
  private func replaceNumber(_ bytes: inout [UInt8], _ at: Int, _ random: inout Generator) {
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    func isOfNumber(_ byte: UInt8) -> Bool {
      isDigit(byte) || [43, 45, 46, 69, 101].contains(byte)
    }
    let found = bytes[at...].firstIndex(where: isDigit) ?? bytes.firstIndex(where: isDigit)
    guard let digit = found else { return }
    let before = bytes[..<digit].lastIndex { !isOfNumber($0) }
    let start = before.map { $0 + 1 } ?? 0
    let end = bytes[digit...].firstIndex { !isOfNumber($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: random.element(NastyNumbers.texts))
  }

  /// Writes a nasty number of 1, 2, 4 or 8 bytes over others, in either order.
  private func putWord(_ bytes: inout [UInt8], _ at: Int, _ random: inout Generator) {
    let size = random.element([1, 2, 4, 4, 8])
    // Headers stand in front.
    let place = random.int(below: 3) > 0 ? min(at, random.int(below: 32)) : at
    var word = random.element(NastyNumbers.words)
    if random.int(below: 4) == 0 { word = UInt64(bytes.count) &+ UInt64(random.int(0...2)) &- 1 }
    let isLittle = random.int(below: 2) == 0
    for index in 0..<size where place + index < bytes.count {
      let shift = UInt64(8 * (isLittle ? index : size - 1 - index))
      bytes[place + index] = UInt8(truncatingIfNeeded: word >> shift)
    }
  }
}
