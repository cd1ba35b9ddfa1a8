import Foundation

/// The fuzzer, run as a program in a folder of its own.
struct FuzzerProgram {
  /// The end of a run.
  struct Ending {
    let status: Int32
    let output: [UInt8]
    var lines: [String] {
      String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
  }

  /// The folder for inputs that break a reader.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "dropscope-fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Removes the folder.
  func remove() {
    // Nothing can be done about a temporary folder that cannot be removed.
    try? FileManager.default.removeItem(at: folder)
  }

  /// Runs it to its end.
  func run(_ arguments: String...) throws -> Ending { try run(arguments) }

  /// Runs it to its end.
  func run(_ arguments: [String]) throws -> Ending {
    let process = Process()
    let output = Pipe()
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    process.executableURL = beside.appendingPathComponent("Fuzz")
    process.arguments = arguments + ["--findings", folder.path]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = Array(try output.fileHandleForReading.readToEnd() ?? Data())
    process.waitUntilExit()
    return Ending(status: process.terminationStatus, output: bytes)
  }

  /// The numbers of the inputs that were found, and the smallest inputs, in the order of numbers.
  func found(_ target: String, seed: Int) throws -> [(number: Int, input: String)] {
    let prefix = "\(target)-\(seed)-"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try names.filter { $0.hasPrefix(prefix) }.map { name in
      let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
      return (Int(name.dropFirst(prefix.count)) ?? -1, String(decoding: bytes, as: UTF8.self))
    }.sorted { $0.number < $1.number }
  }
}
