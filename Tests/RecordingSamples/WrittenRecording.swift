import Foundation

/// A recording that the Python package wrote.
///
/// A small classifier drops units by hand and scales nothing; its training was killed.
package enum WrittenRecording {
  /// Its path.
  package static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Written/forgotten-scale.dropscope.jsonl").path
}
