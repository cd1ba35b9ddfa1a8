/// An input that broke its reader.
package struct FuzzFinding: Equatable, Sendable {
  /// The name of the target.
  package let target: String
  /// The seed.
  package let seed: UInt64
  /// The number of the input.
  package let number: Int
  /// The way in which it broke.
  package let failure: FuzzFailure
  /// The bytes of the input.
  package let size: Int
  /// The smallest input that was found to break it in the same way.
  package let reduced: [UInt8]
  /// The file with the smallest input.
  package let path: String

  /// The lines for the person: the failure, the smallest input, and how to run both again.
  package var lines: [String] {
    [
      "\(target): input \(number) of seed \(seed) \(failure)",
      "  \(size) bytes, reduced to \(reduced.count):",
    ] + FuzzFinding.shown(reduced).map { "    \($0)" } + [
      "  again: Scripts/fuzz \(target) --seed \(seed) --number \(number)",
      "  reduced: Scripts/fuzz \(target) --file \(path)",
    ]
  }

  /// Bytes as lines of text where they are text, else in hexadecimal.
  static func shown(_ bytes: [UInt8]) -> [String] {
    let most = 40
    let plain = bytes.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) }
    if plain {
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
        String(decoding: $0.prefix(400), as: UTF8.self) + ($0.count > 400 ? "…" : "")
      }
      return lines.count <= most ? lines : lines.prefix(most) + ["…"]
    }
    let rows = stride(from: 0, to: min(bytes.count, 16 * most), by: 16).map { start in
      let row = bytes[start..<min(start + 16, bytes.count)]
      let numbers = row.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      let text = row.map { (0x20..<0x7F).contains($0) ? Character(Unicode.Scalar($0)) : "." }
      return numbers.joined(separator: " ")
        + String(repeating: " ", count: 3 * (16 - row.count) + 2) + String(text)
    }
    return bytes.count <= 16 * most ? rows : rows + ["…"]
  }
}
