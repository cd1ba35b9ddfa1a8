import Findings
import Foundation

/// The program whose findings are written.
struct Dropscope {
  /// A command that did not end well.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let path: String

  /// The summary of a comparison.
  func compare(_ options: [String]) throws -> ComparisonTable {
    let csv = try output(["compare"] + options + ["--format", "csv"])
    return try ComparisonTable(csv: String(decoding: csv, as: UTF8.self))
  }

  /// The picture of a comparison, in SVG.
  func picture(_ options: [String]) throws -> Data {
    try output(["compare"] + options + ["--format", "svg"])
  }

  /// The status of a check of some laws.
  func verify(_ laws: String) throws -> Int32 {
    try run(["verify", "--law", laws, "--format", "csv"]).status
  }

  private func output(_ arguments: [String]) throws -> Data {
    let result = try run(arguments)
    guard result.status == 0 else {
      throw Failure(
        description: "dropscope \(arguments.joined(separator: " ")): status \(result.status)\n"
          + String(decoding: result.errors, as: UTF8.self))
    }
    return result.output
  }

  private func run(_ arguments: [String]) throws -> (status: Int32, output: Data, errors: Data) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("findings-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String) throws -> FileHandle {
      let path = folder.appendingPathComponent(name).path
      guard FileManager.default.createFile(atPath: path, contents: nil),
        let handle = FileHandle(forWritingAtPath: path)
      else { throw Failure(description: "\(path) cannot be written") }
      return handle
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try file("output")
    process.standardError = try file("errors")
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, try Data(contentsOf: folder.appendingPathComponent("output")),
      try Data(contentsOf: folder.appendingPathComponent("errors"))
    )
  }
}
