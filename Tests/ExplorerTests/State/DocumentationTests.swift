import Explorer
import Foundation
import Testing

@Suite("The documentation says what the tables say") struct DocumentationTests {
  @Test("The README lists every key as the table does") func keys() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../..").standardizedFileURL
    let text = try String(
      contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    for row in KeyTable.rows {
      #expect(text.contains("| `\(row.keys)` | \(row.help) |"), "\(row.keys)")
    }
  }
}
