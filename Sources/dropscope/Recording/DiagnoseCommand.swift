import ArgumentParser
import DropoutEngine
import ExperimentFiles
import Explorer
import Recordings

/// `dropscope diagnose`: the verdicts on a recorded training, for tests and scripts.
struct DiagnoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Print the verdicts on the dropout of a recorded training.",
    discussion: """
      FILE is a recording, as dropscope.watch of the Python package makes it; - is the standard \
      input. It prints a row for each gap between two layers where something is dropped, with what \
      is wrong and its cure. It ends with status 1 where something is wrong (a bug; warnings and \
      remarks are not), and with 65 where the recording is broken or has no verdict yet.
      """)

  /// The format of the verdicts.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json
  }

  @Argument(
    help: ArgumentHelp("The recording; - is the standard input.", valueName: "FILE"),
    completion: .file(extensions: ["jsonl"]))
  var file: String?

  @Option(help: "The format of the verdicts: table, or json (one object).")
  var format = Format.table

  func run() throws {
    guard let file else {
      throw CommandFailure.usage(
        "diagnose needs a recording: dropscope diagnose NAME.dropscope.jsonl, or - for a pipe")
    }
    let (header, shown) = try lastLook(of: file)
    let diagnosis = Diagnosis(shown, of: header)
    var output = OutputStream.standardOutput()
    switch format {
    case .table:
      for line in DiagnosisFormat.table(diagnosis, judgedAt: shown.judgedAt) {
        try output.writeLine(line)
      }
    case .json: try output.writeLine(DiagnosisFormat.json(diagnosis, shown, of: header))
    }
    try output.flush()
    let bugs = diagnosis.rows.count { $0.severity == .bug }
    if bugs > 0 { throw CommandFailure.dropoutIsWrong(bugs) }
  }

  /// The last look of a recording, with the verdicts that hold.
  private func lastLook(of file: String) throws(CommandFailure) -> (RecordingHeader, ShownLook) {
    var recording = try FollowedRecording(file)
    let reader = recording.reader
    while true {
      try recording.catchUp()
      if reader.isFile || recording.activity == .pipeEnded || reader.end != nil { break }
      guard reader.wait(milliseconds: 1000 * DiagnoseCommand.patience) else {
        throw CommandFailure(
          RecordingError(
            name: reader.name, problem: .silent(seconds: DiagnoseCommand.patience)))
      }
    }
    guard let header = reader.header else { throw CommandFailure(reader.emptyError) }
    if reader.unfinishedBytes > 0 {
      StandardError.writeLine(
        "dropscope: \(ForeignText.path(reader.name)): the last line is torn and left out")
    }
    let unjudged = CommandFailure(RecordingError(name: reader.name, problem: .notJudged))
    guard reader.lookCount > 0 else { throw unjudged }
    do {
      let shown = try reader.look(at: reader.lookCount - 1)
      guard shown.gaps != nil || shown.findings != nil else { throw unjudged }
      return (header, shown)
    } catch let error as RecordingError {
      throw CommandFailure(error)
    } catch {
      throw unjudged
    }
  }

  /// The seconds that a pipe may be silent.
  private static let patience = 10
}
