import ArgumentParser
import DropoutEngine
import ExperimentFiles
import Explorer
import Recordings

/// `dropscope diagnose`: the verdicts on a recorded training, for tests and scripts.
struct DiagnoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract:
      "Say whether the dropout of a training is right: by its recording, or by its weights.",
    discussion: """
      FILE is a recording, as dropscope.watch of the Python package makes it; - is the standard \
      input. It prints a row for each gap between two layers where something is dropped, with what \
      is wrong and its cure. It ends with status 1 where something is wrong (a bug; warnings and \
      remarks are not), and with 65 where the recording is broken or has no verdict yet.

      With --weights and --data instead of FILE it tests the weights under each convention: \
      activations as they are, times the keep probability, and divided by it. It prints loss and \
      accuracy with their 95 % intervals (bootstrap over all examples) and which convention the \
      weights want, if the examples can tell. --keep, or --drop, says with which probability units \
      were kept. Inputs are taken as they are unless --normalize scales them.
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

  @OptionGroup(title: "Data") var data: ParameterOptions<DataScope>
  @OptionGroup(title: "Network") var network: ParameterOptions<NetworkScope>
  @OptionGroup(title: "Dropout") var dropout: ParameterOptions<DropoutScope>
  @OptionGroup(title: "Seeds") var seeds: ParameterOptions<SeedScope>

  func run() throws {
    let given =
      data.assignments + network.assignments + dropout.assignments + seeds.assignments
    if let path = given.last(where: { $0.name == "weights" && $0.value != "none" })?.value {
      return try diagnose(weights: path, given)
    }
    guard let file else {
      throw CommandFailure.usage(
        "diagnose needs a recording: dropscope diagnose NAME.dropscope.jsonl, or - for a pipe; "
          + "or weights and data: --weights NET.safetensors --data TABLE.csv --keep 0.5")
    }
    if let other = given.first {
      throw CommandFailure.usage(
        "--\(other.name) is about weights, and \(ForeignText.path(file)) is a recording: give one "
          + "of them")
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

  private func diagnose(
    weights path: String, _ given: [(name: String, value: String)]
  ) throws {
    if let file {
      throw CommandFailure.usage(
        "\(ForeignText.path(file)) is a recording, and --weights names weights: give one of them")
    }
    guard given.contains(where: { $0.name == "data" }) else {
      throw CommandFailure.usage("weights are told apart by examples: name some with --data")
    }
    let activity = ActivityLine()
    defer { activity.end() }
    let diagnosis = try WeightDiagnosis(given, path: path, saying: activity.begin)
    activity.end()
    var output = OutputStream.standardOutput()
    switch format {
    case .table: for line in diagnosis.table { try output.writeLine(line) }
    case .json: try output.writeLine(diagnosis.json)
    }
    try output.flush()
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
