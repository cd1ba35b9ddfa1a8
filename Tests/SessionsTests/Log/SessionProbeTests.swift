import CLibrary
import DropoutEngine
import Foundation
import RepeatableRandom
import SessionSamples
import Sessions
import Testing

@Suite("Processes that save") struct SessionProbeTests {
  /// A probe that runs.
  private final class Running {
    let process = Process()
    private let output = Pipe()
    private let input = Pipe()
    private var rest = Data()

    init(_ mode: String, _ folder: String) throws {
      let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      process.executableURL = beside.appendingPathComponent("SessionProbe")
      process.arguments = [mode, folder]
      process.standardOutput = output
      process.standardInput = input
      try process.run()
    }

    /// The next line; nil at the end.
    func line() -> String? {
      while true {
        if let end = rest.firstIndex(of: 0x0A) {
          let line = String(decoding: rest[..<end], as: UTF8.self)
          rest = Data(rest[(end + 1)...])
          return line
        }
        let more = output.fileHandleForReading.availableData
        guard !more.isEmpty else { return nil }
        rest += more
      }
    }

    /// All lines to the end.
    func lines() -> [String] {
      var lines: [String] = []
      while let line = line() { lines.append(line) }
      return lines
    }

    func kill() { CLibrary.kill(process.processIdentifier, SIGKILL) }

    func closeInput() { try? input.fileHandleForWriting.close() }
  }

  /// The times that a process is killed; more where a person asks for them.
  private static let kills =
    ProcessInfo.processInfo.environment["DROPSCOPE_KILLS"].flatMap(Int.init) ?? 20

  @Test("A process that is killed while it records loses no change that was recorded")
  func killed() throws {
    var random = Generator(seed: 11)
    let folder = try TemporaryFolder()
    var most = 0
    for round in 0..<SessionProbeTests.kills {
      let place = "\(folder.path)/\(round)"
      let probe = try Running("record", place)
      let awaited = random.int(0...40)
      var last = -1
      while last < awaited, let line = probe.line() {
        last = try #require(Int(line), "\(line)")
      }
      probe.kill()
      // Lines that it wrote before it was killed count too.
      if let line = probe.lines().last { last = try #require(Int(line)) }
      probe.process.waitUntilExit()
      let entry = try #require(SessionFolder(path: place).entries.first)
      #expect(!entry.isInUse)
      let session = try SessionFile.read(entry.path).session
      // Three changes were there before the first one; the last one may be recorded and not said.
      let changes = session.branch.journal.entries.count - 4
      #expect(changes == last || changes == last + 1, "\(changes) changes, \(last) were recorded")
      most = max(most, changes)
    }
    #expect(most > 20)
  }

  @Test("Two processes in one folder do not touch each other's files")
  func two() throws {
    let folder = try TemporaryFolder()
    let probes = try (0..<2).map { _ in try Running("hold", folder.path) }
    let paths = probes.map { $0.line() ?? "" }
    let sessions = SessionFolder(path: folder.path)
    #expect(Set(paths) == Set(sessions.entries.map(\.path)) && Set(paths).count == 2)
    #expect(sessions.entries.allSatisfy { $0.isInUse })
    #expect(sessions.prune(keeping: 0).isEmpty)
    #expect(sessions.last == nil)
    probes[0].kill()
    probes[0].process.waitUntilExit()
    // The lock went with the process.
    #expect(sessions.last?.path == paths[0])
    #expect(sessions.prune(keeping: 0).count == 1)
    probes[1].closeInput()
    probes[1].process.waitUntilExit()
    #expect(try SessionFile.read(paths[1]).session == SessionSamples.session())
  }

  @Test("A disk that is full is said once; once there is room all of it is written")
  func full() throws {
    let folder = try TemporaryFolder()
    let probe = try Running("full", folder.path)
    let lines = probe.lines()
    probe.process.waitUntilExit()
    #expect(probe.process.terminationStatus == 0)
    try #require(lines.count == 5, "\(lines)")
    #expect(lines[0].contains("cannot be written: File too large"))
    #expect(lines[1] == "failing: true" && lines[2] == "recorded" && lines[3] == "failing: false")
    let session = try SessionFile.read(lines[4]).session
    #expect(session.branch.journal.entries.count == 4 + 100)
  }
}
