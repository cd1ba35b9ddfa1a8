/// A value of JSON that is to be written.
package indirect enum JSONValue: Sendable {
  case null
  case flag(Bool)
  /// A number as JSON writes it.
  case number(String)
  case text(String)
  case list([JSONValue])
  case object([(name: String, value: JSONValue)])

  /// A whole number.
  package static func integer(_ number: Int) -> JSONValue { .number(String(number)) }

  /// Text, or null.
  package static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }

  /// A whole number, or null.
  package static func optional(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }

  /// The value as UTF-8 on one line, without white space.
  package var line: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, indentation: nil)
    return bytes
  }

  /// The value as UTF-8 on indented lines; lists and objects of single values stand on one line
  /// each.
  package var indented: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, indentation: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private var isSingle: Bool {
    switch self {
    case .list, .object: false
    default: true
    }
  }

  private func append(to bytes: inout [UInt8], indentation: Int?) {
    switch self {
    case .null: bytes += Array("null".utf8)
    case .flag(let isTrue): bytes += Array((isTrue ? "true" : "false").utf8)
    case .number(let text): bytes += Array(text.utf8)
    case .text(let text): JSONValue.append(quoted: text, to: &bytes)
    case .list(let values):
      let isShort = values.allSatisfy(\.isSingle)
      JSONValue.enclosed("[", "]", in: &bytes, indentation: isShort ? nil : indentation, values) {
        value, bytes, indentation in value.append(to: &bytes, indentation: indentation)
      }
    case .object(let members):
      let isShort = members.count <= 4 && members.allSatisfy(\.value.isSingle)
      JSONValue.enclosed("{", "}", in: &bytes, indentation: isShort ? nil : indentation, members) {
        member, bytes, indentation in
        JSONValue.append(quoted: member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if indentation != nil { bytes.append(UInt8(ascii: " ")) }
        member.value.append(to: &bytes, indentation: indentation)
      }
    }
  }

  private static func enclosed<Element>(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, in bytes: inout [UInt8], indentation: Int?,
    _ elements: [Element], each: (Element, inout [UInt8], Int?) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    let inner = elements.isEmpty ? nil : indentation.map { $0 + 1 }
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if let inner { newLine(inner, in: &bytes) }
      each(element, &bytes, inner)
    }
    if let inner { newLine(inner - 1, in: &bytes) }
    bytes.append(UInt8(ascii: close))
  }

  private static func newLine(_ indentation: Int, in bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\n"))
    bytes += [UInt8](repeating: 0x20, count: 2 * indentation)
  }

  private static func append(quoted text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20, 0x7F:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
