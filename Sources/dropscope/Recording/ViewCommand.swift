import ArgumentParser
import DropoutEngine
import Explorer

/// `dropscope view`: the screen of a training of one's own that is recorded.
struct ViewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view",
    abstract: "Watch the dropout of your own training, as its recording grows.",
    discussion: """
      A recording is made by the Python package: scope = dropscope.watch(model, batch), and \
      scope.step(loss=loss) after each step. Without FILE the newest recording in \
      $XDG_STATE_HOME/dropscope/runs (or ~/.local/state/dropscope/runs) is shown; - reads the \
      standard input, and keys then come from the terminal. It is followed while it grows; comma \
      and point, Home and End go through the looks, ? shows all keys.

      With --plain, and where the output is no terminal, it prints lines: what is wrong first, \
      each new look, and the verdicts where they change. It ends when the training has ended, \
      and with status 65 where a file has no look and no training writes it.

      --picture 100x30 writes the screen of the newest look as an svg to the standard output, and \
      ends.
      """)

  @Argument(
    help: ArgumentHelp("The recording; - is the standard input.", valueName: "FILE"),
    completion: .file(extensions: ["jsonl"]))
  var file: String?

  @Option(
    help: ArgumentHelp(
      "Write a picture of these columns and rows, \(PictureSize.rangeText), and end.",
      valueName: "COLUMNSxROWS"))
  var picture: PictureSize?

  @OptionGroup(title: "Display") var display: ParameterOptions<RecordedDisplayScope>

  func run() throws {
    try picture?.check("--picture")
    let preferences = try PreferencesInForce(ThisProcess.environment)
    let settings = try Experiment.settings(
      preferences.assignments(without: RecordedDisplayScope.without) + display.assignments)
    let path = try file ?? RecordingFolder.newest(ThisProcess.environment)
    var recording = try FollowedRecording(path)
    if let picture {
      preferences.complain()
      try recording.writePicture(picture, settings.display, keys: preferences.keys.recording)
      return
    }
    if settings.display.plain || !OutputStream.isTerminal {
      preferences.complain()
      var plain = PlainRecording(
        recording, readsKeys: path != "-", keys: preferences.keys.recording)
      try plain.run()
      return
    }
    try recording.catchUp()
    if path == "-" {
      try StandardDescriptors.takeKeysFromTerminal(instead: "dropscope view --plain prints lines")
    }
    try LiveRecording(recording, display: settings.display, preferences).run()
  }
}

/// The rows about the display that a recording takes: it has no speed.
enum RecordedDisplayScope: ParameterScope {
  static let group = ParameterDefinition.Group.display
  static let without: Set = ["speed"]
}
