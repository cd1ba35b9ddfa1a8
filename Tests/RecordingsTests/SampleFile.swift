import Foundation
import Recordings

/// A file that disappears with its owner, and is written piece by piece.
final class SampleFile {
  let path: String
  private let handle: FileHandle

  init(_ text: String = "", name: String = "a.dropscope.jsonl") throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "dropscope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent(name).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.seekToEnd()
  }

  deinit {
    // Nothing can be done about a temporary file that cannot be removed.
    try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
  }

  func append(_ text: String) throws { try append(Data(text.utf8)) }

  func append(_ bytes: Data) throws { try handle.write(contentsOf: bytes) }

  func cut(to size: UInt64) throws { try handle.truncate(atOffset: size) }
}

extension RecordingReader {
  /// Reads a file to its current end.
  static func whole(_ text: String) throws -> RecordingReader {
    let file = try SampleFile(text)
    let reader = try RecordingReader(path: file.path)
    while try reader.advance() == .read {}
    return reader
  }

  /// The error of a file; nil where it can be read.
  static func failure(_ bytes: some Collection<UInt8>) throws -> RecordingError? {
    let file = try SampleFile()
    try file.append(Data(bytes))
    do {
      let reader = try RecordingReader(path: file.path)
      while try reader.advance() == .read {}
      for index in 0..<reader.lookCount { _ = try reader.look(at: index) }
      return nil
    } catch {
      return error
    }
  }
}
