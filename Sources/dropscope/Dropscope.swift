import ArgumentParser
import DropoutCore
import Foundation

/// The program: its subcommands, and the one place where a failure becomes a message and a status.
@main
struct Dropscope: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "dropscope",
    abstract:
      "An oscilloscope for dropout: watch a small network train, and what dropout does to its sums.",
    discussion: """
      Without a subcommand the explorer starts. Exit status: 0 done, 1 a law fails, 64 wrong usage, 65 bad data, 66 no such \
      input file, 70 internal, 73 cannot write, 74 input or output failed, 130 and 143 interrupted.
      """,
    version: "dropscope \(version)",
    subcommands: [
      ExploreCommand.self, TrainCommand.self, TraceCommand.self, SnapshotCommand.self,
      EnsembleCommand.self, CompareCommand.self, ExportCommand.self, VerifyCommand.self,
      ManualCommand.self,
    ], defaultSubcommand: ExploreCommand.self)

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments == ["-V"] {
      print("dropscope \(version)")
      return
    }
    do {
      try checkSubcommand(arguments.first)
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let failure as CommandFailure {
      StandardError.write("dropscope: \(failure.message)\n")
      Foundation.exit(failure.status)
    } catch {
      exit(withError: error)
    }
  }

  /// Suggests the nearest subcommand for a word that is none: the explorer takes options only.
  private static func checkSubcommand(_ word: String?) throws {
    let names = configuration.subcommands.map { $0.configuration.commandName ?? "" } + ["help"]
    guard let word, !word.hasPrefix("-"), !names.contains(word) else { return }
    let nearest = NameDistance.nearest(to: word, in: names).map { "; did you mean '\($0)'?" }
    throw CommandFailure.usage(
      "there is no command '\(word)'" + (nearest ?? ": there are " + names.joined(separator: ", ")))
  }
}
