import Foundation
import Testing

/// The expected looks of panels: text files beside the tests.
///
/// With `DROPSCOPE_RECORD_TEXTS=1` a text that differs is written again, and the test still fails:
/// a look that changes is looked at and committed.
enum ExpectedText {
  /// Compares rows with the file of a name; a file that is missing is written and fails the
  /// test, and so is one that differs where texts are recorded.
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
    if text != expected, ProcessInfo.processInfo.environment["DROPSCOPE_RECORD_TEXTS"] == "1" {
      try Data(text.utf8).write(to: file)
      Issue.record(
        "\(name).txt is written anew: look at it, then commit it", sourceLocation: sourceLocation)
      return
    }
    #expect(text == expected, "\(name).txt\n\(text)", sourceLocation: sourceLocation)
  }
}
