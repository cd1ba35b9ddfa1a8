import ArgumentParser
import CMemory
import DropoutEngine

/// The program with its subcommands.
///
/// Only here a failure becomes a message and a status.
@main
struct Dropscope: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "dropscope",
    abstract: """
      An oscilloscope for dropout: watch a small network train, and see the effect of dropout on \
      its sums.
      """,
    discussion: """
      Without a subcommand the explorer starts.

      Exit status: \(ExitStatus.sentence)
      """,
    version: "dropscope \(version)",
    subcommands: [
      ExploreCommand.self, LessonCommand.self, TrainCommand.self, TraceCommand.self,
      SnapshotCommand.self, EnsembleCommand.self, CompareCommand.self, ExportCommand.self,
      VerifyCommand.self, ViewCommand.self, DiagnoseCommand.self, SessionsCommand.self,
      ConfigCommand.self, TranslateCommand.self, ManualCommand.self,
    ], defaultSubcommand: ExploreCommand.self)

  static func main() {
    memory_share_heap()
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
      // A usage message has several lines; quoted text has no line breaks.
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) where !text.isEmpty
      {
        let line = String(line)
        StandardError.writeLine(OptionNames.message(instead: line, arguments: arguments) ?? line)
      }
      exit(withError: status)
    }
  }

  /// Writes help, the version or completions.
  ///
  /// A failed write is an error, since the question has no answer then.
  private static func answer(_ text: String) throws(CommandFailure) {
    var output = OutputStream.standardOutput()
    try output.writeLine(text)
    try output.flush()
  }

  /// The command that the arguments name.
  ///
  /// A named subcommand is parsed on its own. Parsed from the root, the options of the default
  /// subcommand and of the named one would be built several times, which takes longer than
  /// everything else before the first step. The root handles arguments that the subcommand alone
  /// rejects (an error, `--help`, `--version`), since its messages name the whole command.
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

  /// Suggests the nearest subcommand for an unknown word: the explorer takes only options.
  private static func checkSubcommand(_ word: String?) throws {
    let names = configuration.subcommands.map { $0.configuration.commandName ?? "" } + ["help"]
    guard let word, !word.hasPrefix("-"), !names.contains(word) else { return }
    let nearest = NameDistance.nearest(to: word, in: names).map { "; did you mean '\($0)'?" }
    throw CommandFailure.usage(
      "there is no command '\(ForeignText.shown(word))'"
        + (nearest ?? ": there are " + names.joined(separator: ", ")))
  }
}
