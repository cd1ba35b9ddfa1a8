import Foundation
import Testing

/// What panels are expected to look like: text files beside the tests.
enum ExpectedText {
  /// Compares rows with the file of a name; a file that is missing is written and fails the test.
  static func check(
    _ rows: [String], named name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Expected")
    let file = folder.appendingPathComponent(name + ".txt")
    let text = rows.joined(separator: "\n") + "\n"
    guard FileManager.default.fileExists(atPath: file.path) else {
      try Data(text.utf8).write(to: file)
      Issue.record(
        "\(name).txt was missing and is written now: look at it, then commit it",
        sourceLocation: sourceLocation)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, "\(name).txt\n\(text)", sourceLocation: sourceLocation)
  }
}
