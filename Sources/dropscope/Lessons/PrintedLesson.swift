import DropoutEngine
import Explorer
import Lessons
import TerminalCells

/// A lesson as text: it is played with the right answers, and each step is printed with the numbers
/// of its network.
enum PrintedLesson {
  /// The screen that it is played on: places and answers are those of the smallest usual one.
  private static let size = PictureSize(columns: 80, rows: 24)

  /// The columns of its lines.
  private static let width = 80

  /// Prints a lesson.
  ///
  /// - Parameters:
  ///   - lesson: the lesson.
  ///   - name: its name or the path of its file, for messages.
  ///   - start: the experiment below it, which gives way to that of the lesson.
  /// - Throws: bad data where the lesson cannot begin, or one of its steps comes to what a lesson
  ///   must not come to.
  static func write(_ lesson: Lesson, named name: String, _ start: StartingPoint) throws {
    let activity = ActivityLine()
    let experiment = try start.load(saying: activity.begin)
    activity.end()
    var explorer = try SteppedExplorer(
      start, experiment, kernels: try KernelPath.chosen(ThisProcess.environment), size: size)
    try explorer.begin(lesson, at: 0)
    var output = OutputStream.standardOutput()
    try output.writeLine("\(lesson.title): \(lesson.about)")
    var faults: [String] = []
    while let run = explorer.state.lesson {
      // Beside the question and its answer a step has different numbers.
      var found = explorer.state.lessonFaults(isPlayed: false)
      let asked = PlainText.lessonLines(explorer.state)
      while explorer.state.lessonIsOpen { explorer.press([.enter]) }
      found += explorer.state.lessonFaults(isPlayed: true).filter { !found.contains($0) }
      let place = run.step == nil ? "limits" : "steps[\(run.place)]"
      faults += found.map { "\(place): \($0)" }
      try output.writeLine("")
      let played = PlainText.lessonLines(explorer.state)
      // A task reads as it is before it is done: its own act may change what it names.
      let text = if case .act? = run.step?.task { asked } else { played }
      let lines = text + found.map { "FAULT: \($0)." }
      for line in lines.flatMap({ wrap($0, width: width) }) { try output.writeLine(line) }
      // A long text has pages, which Enter turns.
      while let now = explorer.state.lesson, now.place == run.place { explorer.press([.enter]) }
    }
    try output.flush()
    guard let first = faults.first else { return }
    throw CommandFailure.badData(
      "\(ForeignText.path(name)): \(first)"
        + (faults.count > 1 ? " (and \(faults.count - 1) more, marked FAULT above)" : "")
        + "; correct it as docs/lesson-format.md says")
  }
}
