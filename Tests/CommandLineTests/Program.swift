import Foundation
import Testing

/// The program itself, run as a person would.
struct Program {
  /// The result of a run.
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The path of the tested program: DROPSCOPE_BINARY, else the one beside the tests.
  static func path(variable: String = "DROPSCOPE_BINARY") throws -> String {
    if let path = ProcessInfo.processInfo.environment[variable] { return path }
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let path = folder.appendingPathComponent("dropscope").path
    try #require(
      FileManager.default.isExecutableFile(atPath: path),
      "no dropscope beside the tests (\(path)): build it, or set \(variable)")
    return path
  }

  /// Runs a shell line in which $DROPSCOPE is the program.
  static func shell(_ line: String, environment: [String: String] = [:]) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    var variables = ProcessInfo.processInfo.environment
    variables["DROPSCOPE"] = try path()
    // The preferences of the person who runs the tests are none of theirs.
    variables["XDG_CONFIG_HOME"] = "/no/such/folder"
    variables.merge(environment) { $1 }
    process.environment = variables
    let output = try TemporaryFile()
    let errors = try TemporaryFile()
    process.standardOutput = try output.writing()
    process.standardError = try errors.writing()
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try output.text(), errors: try errors.text())
  }

  /// Runs the program with arguments.
  static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Result {
    try run(arguments, environment: environment)
  }

  /// Runs it with a list of arguments, which may be empty.
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
    let quoted = arguments.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }
    return try shell(
      "exec \"$DROPSCOPE\" " + quoted.joined(separator: " "), environment: environment)
  }
}

/// A file that disappears with its owner.
final class TemporaryFile {
  let path: String

  init(_ contents: [UInt8] = [], name: String = "file") throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "dropscope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent(name).path
    try Data(contents).write(to: URL(fileURLWithPath: path))
  }

  deinit {
    // Nothing can be done about a temporary file that cannot be removed.
    try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
  }

  func writing() throws -> FileHandle {
    try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  func text() throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }
}
