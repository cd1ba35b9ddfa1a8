import DropoutEngine

/// Builds one line of JSON, key by key.
///
/// Every number has enough digits to read back as the same bits.
///
/// Numbers that are not finite are written as the strings "NaN", "Infinity" and "-Infinity", so
/// that a line is always valid JSON.
public struct JSONLine: Sendable {
  /// The bytes so far, UTF-8.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Creates an empty line.
  public init() {}

  /// The line as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Takes the bytes so far away, so that a long line need not be held as a whole.
  public mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Writes an object whose members `body` writes.
  public mutating func object(_ body: (inout JSONLine) throws -> Void) rethrows {
    open("{")
    try body(&self)
    close("}")
  }

  /// Writes an array whose elements `body` writes.
  public mutating func array(_ body: (inout JSONLine) throws -> Void) rethrows {
    open("[")
    try body(&self)
    close("]")
  }

  /// Writes the name of a member; its value comes next.
  public mutating func key(_ name: String) {
    separate()
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a string.
  public mutating func value(_ text: String) {
    separate()
    appendQuoted(text)
    needsComma = true
  }

  /// Writes a whole number.
  public mutating func value(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
    needsComma = true
  }

  /// Writes a seed.
  public mutating func value(_ number: UInt64) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
    needsComma = true
  }

  /// Writes a number of 32 bits.
  public mutating func value(_ number: Float) {
    number.isFinite
      ? plain(
        number == number.rounded() && abs(number) < 1e7 ? "\(Int(number))" : "\(number)",
        isNegativeZero: number == 0 && number.sign == .minus)
      : value(Double(number))
  }

  /// Writes a number of 64 bits.
  public mutating func value(_ number: Double) {
    if number.isNaN {
      value("NaN")
    } else if number.isInfinite {
      value(number < 0 ? "-Infinity" : "Infinity")
    } else {
      plain(
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)",
        isNegativeZero: number == 0 && number.sign == .minus)
    }
  }

  /// Writes true or false.
  public mutating func value(_ isTrue: Bool) {
    separate()
    bytes.append(contentsOf: (isTrue ? "true" : "false").utf8)
    needsComma = true
  }

  /// Writes null.
  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
    needsComma = true
  }

  /// Writes a member that is a string.
  public mutating func member(_ name: String, _ text: String) {
    key(name)
    value(text)
  }

  /// Writes a member that is a whole number.
  public mutating func member(_ name: String, _ number: Int) {
    key(name)
    value(number)
  }

  /// Writes a member that is a number of 32 bits.
  public mutating func member(_ name: String, _ number: Float) {
    key(name)
    value(number)
  }

  /// Writes a member that is a number of 64 bits.
  public mutating func member(_ name: String, _ number: Double) {
    key(name)
    value(number)
  }

  /// Writes a member that is a list of numbers.
  public mutating func member(_ name: String, _ numbers: some Sequence<Float>) {
    key(name)
    array { line in
      for number in numbers { line.value(number) }
    }
  }

  /// Writes a member that is a list of numbers of 64 bits.
  public mutating func member(_ name: String, _ numbers: [Double]) {
    key(name)
    array { line in
      for number in numbers { line.value(number) }
    }
  }

  private mutating func plain(_ text: String, isNegativeZero: Bool) {
    separate()
    bytes.append(contentsOf: (isNegativeZero ? "-0.0" : text).utf8)
    needsComma = true
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: bracket))
    needsComma = false
  }

  private mutating func close(_ bracket: Unicode.Scalar) {
    bytes.append(UInt8(ascii: bracket))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  /// Characters that a terminal must not receive are escaped too, so that a line may be displayed.
  private mutating func appendQuoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        bytes += [UInt8(ascii: "\\"), UInt8(ascii: scalar)]
      case _ where ForeignText.isPlain(scalar):
        bytes.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
      default:
        for unit in UTF16.encode(scalar).map({ Array($0) }) ?? [] { appendEscape(unit) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ unit: UInt16) {
    let digits = Array("0123456789abcdef".utf8)
    bytes += Array("\\u".utf8)
    for shift in [12, 8, 4, 0] { bytes.append(digits[Int(unit >> UInt16(shift)) & 15]) }
  }
}
