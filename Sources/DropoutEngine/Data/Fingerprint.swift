/// A hash of numbers and names, by which contents are known again.
///
/// Other contents have the same one with a probability of about 2^-64. It tells contents that
/// changed; it is no protection against somebody who wants two of them to have the same hash.
///
/// > Source: Fowler, Noll, Vo, the hash function FNV-1a of 64 bits; here over words instead of
/// > bytes.
public struct Fingerprint: Equatable, Hashable, Sendable {
  /// The hash of what was added so far.
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Creates the fingerprint of nothing.
  public init() {}

  /// Adds a word.
  public mutating func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01b3 }

  /// Adds a number, all bits of it.
  public mutating func add(_ number: Float) { add(UInt64(number.bitPattern)) }

  /// Adds a name.
  public mutating func add(_ name: String) {
    for byte in name.utf8 { add(UInt64(byte)) }
    add(1 << 32)
  }
}

extension Fingerprint: CustomStringConvertible {
  /// The number of digits of ``description``.
  private static let digits = 16

  /// The hash as 16 hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: Fingerprint.digits - digits.count) + digits
  }

  /// Reads ``description``; nil for any other text.
  public init?(_ text: String) {
    guard text.utf8.count == Fingerprint.digits, let value = UInt64(text, radix: 16) else {
      return nil
    }
    self.value = value
    guard description == text else { return nil }
  }
}

extension Dataset {
  /// The hash of the examples, their names, their scaling and their split.
  ///
  /// It tells nothing of where they come from: a file that was moved, and the same examples out of
  /// another one, have the same. It takes about a millisecond for each million values.
  public var fingerprint: Fingerprint {
    var hash = Fingerprint()
    for names in [inputNames, classNames, outputNames] {
      hash.add(UInt64(names.count))
      for name in names { hash.add(name) }
    }
    switch values {
    case .numbers(let numbers): for number in numbers { hash.add(number) }
    case .bytes(let bytes): for byte in bytes { hash.add(UInt64(byte)) }
    }
    switch targets {
    case .classes(let classes): for index in classes { hash.add(UInt64(index)) }
    case .values(let matrix): for number in matrix.elements { hash.add(number) }
    }
    for number in offsets + divisors { hash.add(number) }
    for origin in origins { hash.add(origin.bitPattern) }
    for part in [trainingExamples, testExamples] {
      hash.add(UInt64(part.count))
      for example in part { hash.add(UInt64(example)) }
    }
    return hash
  }
}
