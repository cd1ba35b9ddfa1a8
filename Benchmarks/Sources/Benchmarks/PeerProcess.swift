import Foundation

/// A peer as a process that lives for all tasks.
///
/// It gets questions line by line, and answers each with a line.
final class PeerProcess {
  /// The answer of a peer; its fields depend on the question.
  struct Answer: Decodable {
    var chunk: Int?
    var version: String?
    var note: String?
    var seconds: Double?
    var accuracy: Double?
  }

  /// Its name in Benchmarks/peers.
  let name: String
  private let process = Process()
  private let questions = Pipe()
  private let answers = Pipe()
  private var unread = Data()

  /// Starts a peer.
  ///
  /// - Parameters:
  ///   - name: its name in Benchmarks/peers.
  ///   - python: the interpreter of the environment.
  ///   - folder: the folder of the benchmarks.
  ///   - compiles: whether it may take a minute to compile.
  /// - Throws: an error of Foundation where it cannot be started.
  init(_ name: String, python: String, folder: URL, compiles: Bool) throws {
    self.name = name
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-m", "peers", name] + (compiles ? [] : ["--no-compile"])
    process.currentDirectoryURL = folder
    // Compiled code is kept for the next time, beside the installed packages.
    process.environment = ProcessInfo.processInfo.environment.merging([
      "TORCHINDUCTOR_CACHE_DIR": folder.appendingPathComponent(".venv/compiled").path,
      "PYTHONDONTWRITEBYTECODE": "1",
    ]) { _, new in new }
    process.standardInput = questions
    process.standardOutput = answers
    try process.run()
  }

  /// Asks, and waits for the answer.
  func ask(_ question: String) throws -> Answer {
    try questions.fileHandleForWriting.write(contentsOf: Data((question + "\n").utf8))
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Data(unread[..<end])
        unread = Data(unread[(end + 1)...])
        return try JSONDecoder().decode(Answer.self, from: line)
      }
      let more = answers.fileHandleForReading.availableData
      guard !more.isEmpty else {
        process.waitUntilExit()
        throw BenchmarkFailure(
          "the peer \(name) ended with status \(process.terminationStatus) when asked to "
            + "'\(question)'; what it wrote stands above")
      }
      unread += more
    }
  }

  /// Ends the process.
  func stop() {
    try? questions.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// A peer in the middle of training one task.
final class PeerTraining: Participant {
  let name: String
  let note: String
  let chunk: Int
  /// The version of its framework.
  let version: String
  private let process: PeerProcess

  /// Starts a task in a peer.
  init(_ process: PeerProcess, title: String, task folder: URL) throws {
    self.process = process
    name = title
    let answer = try process.ask("load \(folder.path)")
    guard let chunk = answer.chunk, let version = answer.version else {
      throw BenchmarkFailure("the peer \(process.name) did not say its chunk and version")
    }
    self.chunk = chunk
    self.version = version
    note = answer.note ?? ""
  }

  func advance(steps: Int) throws -> Double {
    guard let seconds = try process.ask("run \(steps)").seconds else {
      throw BenchmarkFailure("the peer \(process.name) did not say how long \(steps) steps took")
    }
    return seconds
  }

  func accuracy() throws -> Double {
    guard let accuracy = try process.ask("test").accuracy else {
      throw BenchmarkFailure("the peer \(process.name) did not say how much it gets right")
    }
    return accuracy
  }
}
