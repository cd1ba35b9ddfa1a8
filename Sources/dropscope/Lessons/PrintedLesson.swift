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

  static func write(_ lesson: Lesson, _ start: StartingPoint) throws {
    let activity = ActivityLine()
    let experiment = try start.load(saying: activity.begin)
    activity.end()
    var explorer = try SteppedExplorer(
      start, experiment, kernels: try KernelPath.chosen(ThisProcess.environment), size: size)
    explorer.begin(lesson, at: 0)
    var output = OutputStream.standardOutput()
    try output.writeLine("\(lesson.title): \(lesson.about)")
    while let run = explorer.state.lesson {
      while explorer.state.lessonIsOpen { explorer.press([.enter]) }
      try output.writeLine("")
      for line in PlainText.lessonLines(explorer.state).flatMap({ wrap($0, width: width) }) {
        try output.writeLine(line)
      }
      let place = run.place
      // A long text has pages, which Enter turns.
      while let run = explorer.state.lesson, run.place == place { explorer.press([.enter]) }
    }
    try output.flush()
  }
}
