import ArgumentParser
import Charts
import DropoutEngine
import Explorer
import Lessons
import TerminalCells

/// `dropscope snapshot`: draws a view after some steps, without a terminal.
struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Draw any view of the explorer after some steps, without a terminal.",
    discussion: """
      --keys presses keys of the explorer before the picture is taken, one character each: \
      --keys s draws the screen after s. Keys that begin with a colon are one line of the palette: \
      --keys ':keep 0.8'.

      --frames draws several screens of one training, with --every steps between two of them: an \
      svg moves, and plays in browsers and on web pages; screens as text or ansi are parted by \
      form feeds. --keys are pressed at the first frame, frame 0; --then 12:s presses s before \
      frame 12 is drawn. Where motion is not wanted (a setting of the system that browsers know) \
      the first frame stands still. Each frame is the screen that one picture at its step shows, \
      but what is selected at the first frame stays selected, and where the last frame is beyond \
      step 199 the curves may be measured at other steps.
      """)

  /// The format of a screen.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, ansi, svg
  }

  @Option(help: "The view.")
  var view = ViewDefinition.live

  @Option(help: "The format of the screen: text, ansi (with colours), or svg.")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Columns and rows, \(PictureSize.rangeText).", valueName: "COLUMNSxROWS"))
  var size = PictureSize(columns: 80, rows: 24)

  @Option(help: ArgumentHelp("Keys to press before the picture is taken.", valueName: "KEYS"))
  var keys = ""

  @Option(
    help: ArgumentHelp("Draw a step of a lesson, with its own experiment.", valueName: "NAME"))
  var lesson: String?

  @Option(help: ArgumentHelp("A lesson of one's own.", valueName: "FILE"))
  var lessonFile: String?

  @Option(
    help: ArgumentHelp("The step of the lesson, from 1. Default: 1.", valueName: "NUMBER"))
  var lessonStep: Int?

  @OptionGroup(title: "Several frames") var frames: FrameOptions

  @OptionGroup var options: SnapshotOptions

  func run() throws {
    try frames.check(format: format)
    try size.check("--size")
    let chosen = try chosenLesson()
    let start = try chosen == nil ? options.start() : options.startOfLesson()
    let activity = ActivityLine()
    let experiment = try start.load(saying: activity.begin)
    activity.end()
    let kernels = try KernelPath.chosen(ThisProcess.environment)
    if chosen == nil { experiment.announce("snapshot", from: start.resumed, options.given) }
    var explorer = try SteppedExplorer(start, experiment, kernels: kernels, size: size)
    for sentence in try start.sentences(experiment, explorer.start) {
      StandardError.writeLine(sentence)
    }
    if let chosen { try explorer.begin(chosen, at: (lessonStep ?? 1) - 1) }
    if (start.resumed == nil && chosen == nil) || view != .live { explorer.show(view) }
    explorer.press(PlainText.keys(of: keys))
    var output = OutputStream.standardOutput()
    try write(&explorer, to: &output)
    try output.flush()
  }

  /// The lesson that is drawn; nil where none is.
  private func chosenLesson() throws(CommandFailure) -> Lesson? {
    let lesson = try ChosenLesson(named: lesson, file: lessonFile).lesson
    guard let lesson else {
      guard lessonStep == nil else {
        throw .usage("--lesson-step is a step of a lesson: add --lesson NAME")
      }
      return nil
    }
    // The place behind the last step is the end.
    let last = lesson.steps.count
    if let lessonStep, !(1...last + 1).contains(lessonStep) {
      throw .usage(
        "--lesson-step cannot be \(lessonStep): lesson \(lesson.name) has steps 1 to \(last), and "
          + "\(last + 1) is its end, where it says what it does not show")
    }
    try lesson.checkData()
    return lesson
  }

  private func write(
    _ explorer: inout SteppedExplorer, to output: inout OutputStream
  ) throws(CommandFailure) {
    if format == .text { explorer.drawWithoutColors() }
    let first = explorer.state.snapshot.step
    let last = first + (frames.frames - 1) * (frames.every ?? 0)
    var picture = MovingPicture(theme: explorer.state.theme)
    for frame in 0..<frames.frames {
      if frame > 0, let every = frames.every { explorer.train(steps: every, last: last) }
      for press in frames.then where press.frame == frame {
        explorer.press(PlainText.keys(of: press.keys))
      }
      let screen = explorer.screen
      switch format {
      case .text:
        if frame > 0 { try output.write("\u{C}".utf8) }
        for row in screen.plainRows { try output.writeLine(row) }
      case .ansi:
        if frame > 0 { try output.write("\u{C}".utf8) }
        try output.write(screen.ansi(theme: explorer.state.theme).utf8)
      case .svg where frames.frames == 1:
        try output.write(
          ScreenPicture.svg(
            of: screen, theme: explorer.state.theme,
            title: title(explorer, "step \(explorer.state.snapshot.step)")
          ).utf8)
      case .svg: picture.append(screen)
      }
    }
    guard format == .svg, frames.frames > 1 else { return }
    let steps = "steps \(first) to \(explorer.state.snapshot.step)"
    try output.write(picture.svg(title: title(explorer, steps), timing: frames.timing).utf8)
  }

  private func title(_ explorer: SteppedExplorer, _ moment: String) -> String {
    "dropscope, \(explorer.state.snapshot.dataset.name), \(moment)"
  }
}

/// The rows about the length of a run that a picture takes: the steps between frames are an option
/// of its own.
enum SnapshotRunScope: ParameterScope {
  static let group = ParameterDefinition.Group.run
  static let without: Set = ["every"]
}

/// The options that decide the experiment, how long it runs and how it is shown.
struct SnapshotOptions: ParsableArguments {
  @OptionGroup(title: "Display") var display: ParameterOptions<DisplayScope>
  @OptionGroup(title: "Run") var length: ParameterOptions<SnapshotRunScope>
  @OptionGroup(title: "Sessions") var sessions: ResumeOptions
  @OptionGroup var experiment: ExperimentOptions

  /// The options that stand beside a session's.
  var given: [(name: String, value: String)] {
    experiment.assignments + length.assignments
  }

  /// The start below a lesson, which has an experiment of its own.
  func startOfLesson() throws(CommandFailure) -> StartingPoint {
    try StartingPoint(ofLesson: given, display: display.assignments, sessions)
  }

  /// The start of the training that is drawn.
  func start() throws(CommandFailure) -> StartingPoint {
    try StartingPoint(
      experiment.assignments, run: length.assignments, display: display.assignments, sessions)
  }
}
