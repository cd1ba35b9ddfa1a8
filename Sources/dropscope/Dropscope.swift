import ArgumentParser
import DropoutEngine

/// The program: its subcommands, and the one place where a failure becomes a message and a status.
@main
struct Dropscope: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "dropscope",
    abstract:
      "An oscilloscope for dropout: watch a small network train, and what dropout does to its sums.",
    discussion: """
      Without a subcommand the explorer starts.

      Exit status: \(ExitStatus.sentence)
      """,
    version: "dropscope \(version)",
    subcommands: [
      ExploreCommand.self, TrainCommand.self, TraceCommand.self, SnapshotCommand.self,
      EnsembleCommand.self, CompareCommand.self, ExportCommand.self, VerifyCommand.self,
      ManualCommand.self,
    ], defaultSubcommand: ExploreCommand.self)

  static func main() {
    StandardDescriptors.prepare()
    CrashReport.watch()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try run(arguments)
    } catch {
      StandardError.writeLine("dropscope: \(error.message)")
      exit(withError: ExitCode(error.status))
    }
  }

  private static func run(_ arguments: [String]) throws(CommandFailure) {
    if arguments == ["-V"] { return try answer("dropscope \(version)") }
    do {
      try checkSubcommand(arguments.first)
      var command = try parse(arguments)
      try command.run()
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      let text = fullMessage(for: error)
      let status = exitCode(for: error)
      if status == .success { return try answer(text) }
      // Usage has several lines; what it quotes has none.
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) where !text.isEmpty
      {
        StandardError.writeLine(String(line))
      }
      exit(withError: status)
    }
  }

  /// Writes help, the version or completions: what cannot be written was not answered.
  private static func answer(_ text: String) throws(CommandFailure) {
    var output = OutputStream.standardOutput()
    try output.writeLine(text)
    try output.flush()
  }

  /// The command that the arguments ask for.
  ///
  /// A subcommand that is named is parsed by itself: as the root, this command builds its default subcommand's options,
  /// and those of the one that is named, several times over, which takes longer than all else before the first step.
  /// What a subcommand alone does not accept (an error, `--help`, `--version`) is left to the root, whose messages name
  /// the whole command.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let name = arguments.first,
      let subcommand = configuration.subcommands.first(where: {
        $0.configuration.commandName == name
      }),
      let command = try? subcommand.parseAsRoot(Array(arguments.dropFirst())),
      type(of: command) == subcommand
    {
      return command
    }
    return try parseAsRoot(arguments)
  }

  /// Suggests the nearest subcommand for a word that is none: the explorer takes options only.
  private static func checkSubcommand(_ word: String?) throws {
    let names = configuration.subcommands.map { $0.configuration.commandName ?? "" } + ["help"]
    guard let word, !word.hasPrefix("-"), !names.contains(word) else { return }
    let nearest = NameDistance.nearest(to: word, in: names).map { "; did you mean '\($0)'?" }
    throw CommandFailure.usage(
      "there is no command '\(ForeignText.shown(word))'"
        + (nearest ?? ": there are " + names.joined(separator: ", ")))
  }
}
