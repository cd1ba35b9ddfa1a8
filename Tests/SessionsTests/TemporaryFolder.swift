import CLibrary
import Foundation

/// A folder that disappears with its owner.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "dropscope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    // Nothing can be done about a temporary folder that cannot be removed.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The names in it, sorted.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The bytes of a file in it.
  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  /// Writes a file in it, and returns its path.
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  /// Makes a file of a size that takes no room on the disk, and returns its path.
  func sparse(_ size: Int, _ name: String) throws -> String {
    let path = try write([], name)
    truncate(path, off_t(size))
    return path
  }

  /// Sets the time of a file's last change, in seconds since 1970.
  func setTime(_ seconds: Int, of name: String) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: TimeInterval(seconds))],
      ofItemAtPath: "\(path)/\(name)")
  }
}
