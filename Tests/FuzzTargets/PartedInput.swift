/// An input that is more than one file: settings on lines that begin with `%`, then the files, with
/// a line of `%%` between two of them.
struct PartedInput {
  /// The settings, in their order.
  var settings: [(name: String, value: String)] = []
  /// The files; at least one.
  var parts: [[UInt8]]

  private static let mark = UInt8(ascii: "%")
  private static let newline = UInt8(ascii: "\n")
  private static let separator = Array("\n%%\n".utf8)

  init(settings: [(name: String, value: String)] = [], parts: [[UInt8]]) {
    (self.settings, self.parts) = (settings, parts)
  }

  /// Reads an input; every input is one.
  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while rest.first == Self.mark, rest.dropFirst().first != Self.mark,
      let end = rest.firstIndex(of: Self.newline)
    {
      let words = rest[..<end].dropFirst().split(
        separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
      settings.append(
        (
          String(decoding: words[0], as: UTF8.self),
          words.count > 1 ? String(decoding: words[1], as: UTF8.self) : ""
        ))
      rest = rest[(end + 1)...]
    }
    parts = []
    var start = rest.startIndex
    for index in rest.indices
    where rest[index] == Self.newline && index >= start
      && rest[index...].starts(with: Self.separator)
    {
      parts.append(Array(rest[start..<index]))
      start = index + Self.separator.count
    }
    parts.append(Array(rest[min(start, rest.endIndex)...]))
  }

  /// The input as bytes.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for (name, value) in settings { bytes += Array("%\(name) \(value)\n".utf8) }
    for (index, part) in parts.enumerated() { bytes += (index == 0 ? [] : Self.separator) + part }
    return bytes
  }

  /// The last value of a setting; nil where it has none.
  func value(_ name: String) -> String? { settings.last { $0.name == name }?.value }
}
