/// Finds repeated member names in the objects of well-formed JSON text.
enum RepeatedNames {
  /// A name that an object has twice, even with different escapes; nil where there is none.
  ///
  /// - Complexity: O(bytes); names are kept until their object ends.
  static func first(in text: ArraySlice<UInt8>) -> String? {
    // For each open object, the names so far; nil for an open array.
    var open: [Set<String>?] = []
    var index = text.startIndex
    while index < text.endIndex {
      switch text[index] {
      case UInt8(ascii: "{"): open.append([])
      case UInt8(ascii: "["): open.append(nil)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
      case UInt8(ascii: "\""):
        let start = index + 1
        index = end(ofStringAt: start, in: text)
        let isName = follows(index, in: text, UInt8(ascii: ":"))
        if isName, open.last.map({ $0 != nil }) ?? false {
          let name = unescaped(text[start..<min(index, text.endIndex)])
          let isNew = open[open.count - 1]?.insert(name).inserted ?? true
          if !isNew { return name }
        }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The place of the closing quote.
  private static func end(ofStringAt start: Int, in text: ArraySlice<UInt8>) -> Int {
    var index = start
    while index < text.endIndex, text[index] != UInt8(ascii: "\"") {
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index, text.endIndex)
  }

  private static func follows(
    _ index: Int, in text: ArraySlice<UInt8>, _ wanted: UInt8
  ) -> Bool {
    var next = index + 1
    while next < text.endIndex, [9, 10, 13, 32].contains(text[next]) { next += 1 }
    return next < text.endIndex && text[next] == wanted
  }

  /// The text of a string with all escapes resolved.
  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
    var units: [UInt16] = []
    var rest = String(decoding: bytes, as: UTF8.self).utf16[...]
    while let unit = rest.popFirst() {
      guard unit == 0x5C, let escape = rest.popFirst() else {
        units.append(unit)
        continue
      }
      switch escape {
      case 0x75:
        let digits = String(decoding: rest.prefix(4), as: UTF16.self)
        rest = rest.dropFirst(4)
        units.append(UInt16(digits, radix: 16) ?? 0xFFFD)
      case 0x6E: units.append(0x0A)
      case 0x72: units.append(0x0D)
      case 0x74: units.append(0x09)
      case 0x62: units.append(0x08)
      case 0x66: units.append(0x0C)
      default: units.append(escape)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}
