import ArgumentParser
import DropoutEngine
import Explorer
import Lessons

/// `dropscope lesson`: the explorer in a lesson, or the list of lessons.
struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson",
    abstract: "Be taught by the explorer, step by step; without a name, list the lessons.",
    discussion: """
      A lesson sets up an experiment of its own and goes through short steps: look here, predict, \
      do, see, because. Enter goes on, Backspace back, Esc leaves it; then t is the way back.

      --lecture shows one line at a time for a class, in large letters where there is room: Enter \
      steps on, does what a step asks for, and shows the right answer and the reason.

      --print plays the lesson without a terminal, with the right answers, and prints the text of \
      each step with its numbers.

      The options of data, network and training are for your own experiment, which waits behind \
      the lesson; --print has none, and takes none of them.
      """)

  @Argument(help: "The name of a lesson.")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "A lesson of one's own; docs/lesson-format.md says how to write one.", valueName: "FILE"))
  var lessonFile: String?

  @Flag(help: "Show one line at a time, for a class.")
  var lecture = false

  @Flag(name: .customLong("print"), help: "Print the text of each step with its numbers.")
  var prints = false

  @Flag(help: "Print the quantities that lessons can speak of, as a table in Markdown.")
  var quantities = false

  @Flag(help: "Print the places of the screen that lessons can mark and hide, as a table.")
  var places = false

  @OptionGroup var options: ScreenOptions

  func run() throws {
    if quantities { return try printQuantities() }
    if places { return try printPlaces() }
    let chosen = try ChosenLesson(named: name, file: lessonFile, isLecture: lecture)
    guard let lesson = chosen.lesson else { return try list() }
    let printed = prints ? try startOfPrint() : nil
    try lesson.checkData()
    guard let printed else { return try ExploreCommand.run(options, lesson: chosen) }
    try PrintedLesson.write(lesson, named: lessonFile ?? lesson.name, printed)
  }

  /// The start below a lesson that is printed: it has an experiment of its own.
  private func startOfPrint() throws(CommandFailure) -> StartingPoint {
    try StartingPoint(
      ofLesson: options.experiment.assignments + options.length.assignments,
      display: options.display.assignments, options.sessions)
  }

  private func printQuantities() throws {
    var output = OutputStream.standardOutput()
    try output.writeLine("| quantity | meaning |")
    try output.writeLine("|---|---|")
    for quantity in Quantity.all {
      try output.writeLine("| `\(quantity.name)` | \(quantity.help) |")
    }
    try output.flush()
  }

  private func printPlaces() throws {
    var output = OutputStream.standardOutput()
    try output.writeLine("| view | place | parts |")
    try output.writeLine("|---|---|---|")
    for place in LessonVocabulary.explorer.places {
      let parts = place.parts.map { $0.map { "`\($0)`" }.joined(separator: ", ") }
      let views = place.views?.joined(separator: ", ") ?? "every view"
      try output.writeLine("| \(views) | `\(place.name)` | \(parts ?? "by what it shows") |")
    }
    try output.flush()
  }

  private func list() throws {
    guard !lecture, !prints else {
      throw CommandFailure.usage(
        "name a lesson, as in: dropscope lesson \(LessonShelf.names[0]) --"
          + (lecture ? "lecture" : "print"))
    }
    var output = OutputStream.standardOutput()
    let lessons = BuiltInLessons.all
    let width = lessons.map(\.name.count).max() ?? 0
    for lesson in lessons {
      let name = lesson.name + String(repeating: " ", count: width - lesson.name.count)
      try output.writeLine("\(name)  \(lesson.title): \(lesson.about) (\(lesson.minutes) min)")
    }
    try output.writeLine("")
    try output.writeLine("dropscope lesson NAME begins one; t in the explorer lists them, too.")
    try output.flush()
  }
}
