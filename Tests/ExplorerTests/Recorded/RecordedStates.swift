import Explorer
import Foundation
import RecordingSamples
import Recordings
import TerminalCells

/// States of the screen of a recording, out of recordings that were written and read.
enum RecordedStates {
  /// The newest look of a sample.
  static func state(
    _ sample: RecordingSample = RecordingSample(), looks: Int = 12,
    size: ScreenSize = ScreenSize(columns: 80, rows: 24), glyphs: GlyphSet = .ascii,
    activity: RecordingActivity = .running(silent: 0)
  ) throws -> RecordedState {
    try state(reader(sample.text(looks: looks)), size: size, glyphs: glyphs, activity: activity)
  }

  /// The newest look of a recording.
  static func state(
    _ reader: RecordingReader, size: ScreenSize = ScreenSize(columns: 80, rows: 24),
    glyphs: GlyphSet = .ascii, activity: RecordingActivity = .running(silent: 0)
  ) throws -> RecordedState {
    guard let header = reader.header, let history = reader.history else {
      preconditionFailure("the sample has no header")
    }
    return RecordedState(
      header: header, shown: try reader.look(at: reader.lookCount - 1),
      lookCount: reader.lookCount, history: history, activity: activity, size: size,
      glyphs: glyphs)
  }

  /// A text read as a recording.
  static func reader(_ text: String) throws -> RecordingReader {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "dropscope-\(UUID().uuidString).jsonl")
    try Data(text.utf8).write(to: file)
    defer {
      // Nothing can be done about a temporary file that cannot be removed.
      try? FileManager.default.removeItem(at: file)
    }
    let reader = try RecordingReader(path: file.path)
    while try reader.advance() == .read {}
    return reader
  }
}

extension RecordedState {
  /// Presses keys one after the other, and reads the looks that they ask for.
  mutating func press(_ keys: Key..., from reader: RecordingReader? = nil) throws {
    for key in keys {
      for case .show(let index) in update(.keyPressed(key)) {
        if let reader { _ = update(.lookArrived(try reader.look(at: index))) }
      }
    }
  }

  /// The rows of the screen.
  var rows: [String] { RecordedScreen.draw(self).plainRows }
  /// The whole screen.
  var text: String { rows.joined(separator: "\n") }
}
