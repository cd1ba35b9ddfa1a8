import DatasetFiles
import DropoutEngine
import Foundation

/// A folder of files for one test, which disappears with its owner.
final class Folder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "dropscope-data-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // Nothing can be done about a temporary folder that cannot be removed.
    try? FileManager.default.removeItem(at: url)
  }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file and returns its path.
  func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    try Data(Array(bytes)).write(to: url.appendingPathComponent(name))
    return path(name)
  }

  /// Loads a table of the given text.
  func load(
    _ text: String, within memory: Int? = nil,
    _ change: (inout ExperimentConfiguration) -> Void = { _ in }
  ) throws -> Dataset {
    try load(path: file("table.csv", Array(text.utf8)), within: memory, change)
  }

  /// Loads a file.
  func load(
    path: String, within memory: Int? = nil,
    _ change: (inout ExperimentConfiguration) -> Void = { _ in }
  ) throws -> Dataset {
    var configuration = ExperimentConfiguration()
    configuration.data = path
    change(&configuration)
    return try DatasetFiles.load(configuration, within: memory)
  }

  /// The error of loading a table of the given text.
  func error(
    _ text: String, _ change: (inout ExperimentConfiguration) -> Void = { _ in }
  ) throws -> DatasetFileError? {
    try error(path: file("table.csv", Array(text.utf8)), change)
  }

  /// The error of loading a file; nil where it loads.
  func error(
    path: String, _ change: (inout ExperimentConfiguration) -> Void = { _ in }
  ) throws -> DatasetFileError? {
    do {
      _ = try load(path: path, change)
      return nil
    } catch let error as DatasetFileError {
      return error
    }
  }
}
