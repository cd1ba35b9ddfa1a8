import Explorer
import Lessons
import TerminalCells

/// The screen of a lesson as somebody sees it who reads the box and all beside it.
struct SeenScreen {
  private let state: ExplorerState
  private let box: Rect
  private let rows: [String]

  init(_ state: ExplorerState, _ box: Rect) {
    (self.state, self.box) = (state, box)
    rows = Screen.draw(state).plainRows
  }

  /// The faults of what stands beside the box.
  var faults: [String] { sentenceFaults + subjectFaults + curtainFaults }

  /// Whether the question of the step is not answered yet.
  private var isAsking: Bool {
    guard let run = state.lesson, case .predict? = run.step?.task else { return false }
    return run.replies[run.place] == nil
  }

  /// The rows of hero and sentence.
  private var top: ArraySlice<String> { rows[1...3] }

  /// The sentence of the live view speaks of both passes, wherever it is shown.
  private var sentenceFaults: [String] {
    guard state.view == .live, top.contains(where: { $0.contains("So unit ") }) else { return [] }
    return ["TRAINING", "TESTING"].filter { word in !top.contains { $0.contains(word) } }
      .map { "the sentence loses \($0)" }
  }

  /// A step without marks leaves what was marked last in sight, where its box finds another place.
  private var subjectFaults: [String] {
    let subject = state.lastLessonAreas
    func isFree(_ area: Rect) -> Bool { subject.allSatisfy { $0.intersection(area).isEmpty } }
    guard !isFree(box) else { return [] }
    let ys = 1...max(1, state.size.rows - 1 - box.height)
    let isElsewhere = ys.contains {
      isFree(Rect(x: box.x, y: $0, width: box.width, height: box.height))
    }
    return isElsewhere ? ["the box covers what the lesson speaks of"] : []
  }

  /// No question leaves the large number in sight unless it points at it.
  private var curtainFaults: [String] {
    guard let step = state.lesson?.step else { return [] }
    let isHidden = rows.contains { $0.contains("hidden for now") }
    let isPointedAt = step.marks.contains { ["hero", "sentence"].contains($0) }
    let isTopShown = top.contains { row in row.contains { $0 != " " && $0 != "│" } }
    return isAsking && !isPointedAt && isTopShown && !isHidden
      ? ["a question leaves the sentence in sight"] : []
  }
}

/// The numbers in sight while a question is asked, on a screen of some size: in the large number,
/// in the sentence, and where the next sentence of the lesson points at them.
struct AskedScreen {
  private let size: String
  private let inSight: Set<String>
  private let inQuestion: Set<String>

  /// The screens of a question that is asked, in the sizes that lessons are made for.
  static func all(_ pupil: inout Pupil) -> [AskedScreen] {
    let screens = [(80, 24), (120, 40)].map { columns, rows in
      pupil.resize(columns, rows)
      return AskedScreen(pupil.state, "\(columns)x\(rows)")
    }
    pupil.resize(80, 24)
    return screens
  }

  private init(_ state: ExplorerState, _ size: String) {
    self.size = size
    let steps = state.lesson.map { $0.lesson.steps[$0.place...] } ?? []
    let marks = steps.first { $0.task.word == "see" }?.marks ?? []
    let areas = state.lessonAreas(of: ["hero", "sentence"] + marks)
    let box = state.lessonBox?.area ?? Rect(x: 0, y: 0, width: 0, height: 0)
    let rows = Screen.draw(state).plainRows.enumerated().map { y, row in
      let cells: [Character] = row.enumerated().map { x, character in
        let isSeen = areas.contains { $0.contains(x: x, y: y) } && !box.contains(x: x, y: y)
        return isSeen ? character : " "
      }
      return String(cells)
    }
    inSight = AskedScreen.numbers(in: rows)
    // The answers are numbered; the question stands before the first one.
    inQuestion = AskedScreen.numbers(
      in: PlainText.lessonLines(state).prefix { !$0.hasPrefix("1 ") })
  }

  /// The numbers with a point in the right answer that this screen showed, in words; those that the
  /// question names are known.
  func givenAway(_ state: ExplorerState) -> [String] {
    let right = PlainText.lessonLines(state).filter { $0.contains("(right)") }
    return AskedScreen.numbers(in: right).subtracting(inQuestion).intersection(inSight).sorted()
      .map { "\(size): the answer \($0) was in sight" }
  }

  private static func numbers(in lines: some Sequence<String>) -> Set<String> {
    var numbers: Set<String> = []
    for line in lines {
      let words: [Substring] = line.split { (character: Character) -> Bool in
        !(character.isNumber || character == "." || character == "-")
      }
      for word in words {
        // A full stop behind a number is none of it.
        let number = word.last == "." ? word.dropLast() : word
        if number.contains("."), number.count > 3 { numbers.insert(String(number)) }
      }
    }
    return numbers
  }
}
