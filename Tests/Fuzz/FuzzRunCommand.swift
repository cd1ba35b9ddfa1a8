import ArgumentParser
import CLibrary
import Dispatch
import FuzzTargets
import Fuzzing
import Synchronization
import Threads

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Fuzzes targets, one after the other.
struct FuzzRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Fuzz targets.", shouldDisplay: false)

  @Argument(help: "The targets.")
  var targets: [String] = []

  @Flag(help: "Fuzz all targets.")
  var all = false

  @Flag(help: "List the targets.")
  var list = false

  @Option(help: "The seconds for each target, without those that reduce an input.")
  var seconds: Double?

  @Option(help: "The most inputs for each target; for the explorer, the most events.")
  var inputs: Int?

  @Option(help: "The seed that all inputs follow from.")
  var seed: UInt64 = 1

  @Option(help: "Read the input of this number alone, here: a trap shows itself.")
  var number: Int?

  @Option(help: "Read this file as the input, here: a trap shows itself.")
  var file: String?

  @Flag(help: "With --number or --file, write the input to the standard output and do not read it.")
  var show = false

  @Option(help: "Write inputs of one target into this folder, for other fuzzers to begin with.")
  var samples: String?

  @Option(help: "The seconds of computing that one input may take.")
  var limit = 20

  @Option(help: "The seconds that go into making one input smaller.")
  var reducing = 60.0

  @Option(help: "The targets that are fuzzed at the same time.")
  var jobs = 1

  @Option(help: "The folder for inputs that break a reader.")
  var findings = ".build/fuzz"

  @Flag(help: "Write what came out into docs/reliability.md.")
  var writeDocs = false

  @Option(help: .hidden)
  var root = "."

  func validate() throws {
    guard list || all || !targets.isEmpty else {
      throw ValidationError("Name targets, or --all; --list names them.")
    }
    guard !(all && !targets.isEmpty) else {
      throw ValidationError("--all and names of targets exclude each other.")
    }
    guard number == nil || file == nil else {
      throw ValidationError("--number and --file exclude each other.")
    }
    guard !show || number != nil || file != nil else {
      throw ValidationError("--show takes --number or --file.")
    }
    guard (1...3600).contains(limit), (1...64).contains(jobs), (inputs ?? 0) >= 0,
      (seconds ?? 0) >= 0, (number ?? 0) >= 0
    else { throw ValidationError("A number is out of its range.") }
    guard !writeDocs || (all && number == nil && file == nil) else {
      throw ValidationError("--write-docs takes --all: the page has all targets.")
    }
  }

  func run() throws {
    if list {
      let width = FuzzTargets.all.map(\.name.count).max() ?? 0
      for target in FuzzTargets.all {
        print(
          target.name + String(repeating: " ", count: width + 2 - target.name.count)
            + target.about)
      }
      return
    }
    let chosen = all ? FuzzTargets.all : try targets.map(FuzzTarget.named)
    if number != nil || file != nil {
      guard chosen.count == 1 else {
        throw ValidationError("--number and --file take one target.")
      }
      return try readHere(chosen[0])
    }
    if let samples {
      guard chosen.count == 1 else { throw ValidationError("--samples takes one target.") }
      return try write(chosen[0], to: samples)
    }
    let summaries = try fuzz(chosen)
    if writeDocs {
      try ReliabilityPage(path: "\(root)/docs/reliability.md").write(
        zip(chosen, summaries).map { (about: $0.about, summary: $1) },
        command: ReliabilityPage.command(seconds: seconds, inputs: inputs, seed: seed))
    }
    guard summaries.allSatisfy({ $0.findings == 0 }) else { throw ExitCode(1) }
  }

  /// Reads one input in this process.
  private func readHere(_ target: FuzzTarget) throws {
    let room = try FuzzRoom.make()
    defer { room.remove() }
    let reader = try target.prepare(room)
    let input =
      if let file { try FuzzRoom.contents(of: file) } else {
        reader.input(seed: seed, target: target.name, number: number ?? 0)
      }
    if show {
      try FuzzRoom.write(input, to: "/dev/stdout", appending: true)
      return
    }
    do {
      switch try reader.read(input) {
      case .accepted(let events):
        print("accepted" + (events > 0 ? ", \(events) events" : ""))
      case .refused(let line):
        print("refused: \(line)")
        try RefusalLine.check(line)
      }
    } catch let fault as FuzzFault {
      print("\(target.name) \(FuzzFailure.fault(fault))")
      throw ExitCode(1)
    }
  }

  /// Writes the samples of a target, and some inputs that were made of them.
  private func write(_ target: FuzzTarget, to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let room = try FuzzRoom.make()
    defer { room.remove() }
    let reader = try target.prepare(room)
    let made = (0..<100).map { reader.input(seed: seed, target: target.name, number: $0) }
    for (index, input) in (reader.samples + made).enumerated() {
      try FuzzRoom.write(input, to: "\(folder)/\(index)")
    }
  }

  private func fuzz(_ chosen: [FuzzTarget]) throws -> [FuzzSummary] {
    try FileManager.default.createDirectory(
      atPath: findings, withIntermediateDirectories: true)
    let runs = chosen.map { target in
      FuzzRun(
        target: target,
        extent: FuzzRun.Extent(
          seed: seed, inputs: inputs, seconds: seconds ?? (inputs == nil ? 10 : nil),
          limit: limit, reducing: reducing),
        program: CommandLine.arguments[0], environment: ProcessInfo.processInfo.environment,
        folder: findings)
    }
    let results = Guarded([Result<FuzzSummary, FuzzError>?](repeating: nil, count: runs.count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(jobs, runs.count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < runs.count else { return }
        let result = Result { () throws(FuzzError) in
          try runs[index].run { finding in
            results.withLock { _ in say(finding.lines.joined(separator: "\n")) }
          }
        }
        results.withLock { results in
          results[index] = result
          if case .success(let summary) = result { say(summary.line) }
        }
      }
    }
    return try results.withLock { $0 }.compactMap { $0 }.map { try $0.get() }
  }

  private func say(_ text: String) {
    print(text)
    fflush(nil)
  }
}

extension FuzzSummary {
  /// The counts, in a line.
  var line: String {
    var words = ["\(target): \(FuzzSummary.grouped(inputs)) inputs"]
    if events > 0 { words.append("\(FuzzSummary.grouped(events)) events") }
    words += ["\(FuzzSummary.grouped(accepted)) accepted", "\(findings) findings"]
    return words.joined(separator: ", ") + ", \(Int(seconds.rounded())) s"
  }

  /// A count with commas between thousands.
  static func grouped(_ count: Int) -> String {
    var text = ""
    for (index, digit) in "\(count)".reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}
