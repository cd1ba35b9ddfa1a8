import ArgumentParser
import CLibrary
import FuzzTargets
import Fuzzing

/// Reads inputs, as the process that a run starts.
struct FuzzWorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Read inputs, as a part of a run.", shouldDisplay: false)

  @Argument(help: "The target.")
  var target: String

  @Option(help: "The folder that is shared with the run.")
  var room: String

  @Option(help: "The seed.")
  var seed: UInt64 = 0

  @Flag(help: "Read the inputs of the room in place of a seed's.")
  var candidates = false

  @Option(help: "The number of the first input.")
  var from: Int

  @Option(help: "The number behind the last input.")
  var to: Int

  @Option(help: "The seconds of computing that an input may take.")
  var limit: Int

  func run() throws {
    let room = FuzzRoom(path: room)
    let source: FuzzWorker.Source =
      candidates ? .candidates(try FuzzWorker.candidates(in: room)) : .seed(seed)
    let worker = try FuzzWorker(target: try FuzzTarget.named(target), room: room, limit: limit)
    throw ExitCode(try worker.run(source, from..<to))
  }
}

extension FuzzTarget {
  /// The target of a name.
  static func named(_ name: String) throws -> FuzzTarget {
    guard let target = FuzzTargets.named(name) else {
      throw ValidationError("There is no target '\(name)': --list names them.")
    }
    return target
  }
}
