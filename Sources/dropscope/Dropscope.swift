import ArgumentParser
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
      Without a subcommand the explorer starts. Exit status: 0 done, 64 wrong usage, 65 bad data, 66 no such \
      input file, 70 internal, 73 cannot write, 74 input or output failed, 130 and 143 interrupted.
      """,
    version: "dropscope \(version)",
    subcommands: [TrainCommand.self, TraceCommand.self, ExportCommand.self])

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments == ["-V"] {
      print("dropscope \(version)")
      return
    }
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let failure as CommandFailure {
      StandardError.write("dropscope: \(failure.message)\n")
      Foundation.exit(failure.status)
    } catch {
      exit(withError: error)
    }
  }
}
