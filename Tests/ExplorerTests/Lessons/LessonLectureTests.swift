import Explorer
import Lessons
import TerminalCells
import Testing

@Suite("A lesson before a class") struct LessonLectureTests {
  @Test(
    "Before a class there is one line at a time, and Enter alone steps on",
    arguments: [(80, 24, GlyphSet.unicode), (80, 24, .ascii), (120, 24, .unicode)])
  func lecture(_ columns: Int, _ rows: Int, _ glyphs: GlyphSet) throws {
    var pupil = try Pupil(columns: columns, rows: rows, glyphs: glyphs)
    pupil.begin(try SmallLesson.read(), isLecture: true)
    var screens: [[String]] = []
    while pupil.state.isInLesson, screens.count < 40 {
      let rows = Screen.draw(pupil.state).plainRows
      #expect(!rows.contains { $0.contains("Enter") })
      screens.append(rows)
      pupil.press(.enter)
    }
    let lines = screens.map { $0[23].trimmed }
    #expect(lines[0...1] == ["Step 20.", "How much?"])
    func shows(_ screen: Int) -> [Bool] {
      ["How much?", "1) same", "2) twice", "Why 2): Twofold."].map { word in
        screens[screen].contains { $0.contains(" \(word)") }
      }
    }
    #expect(shows(2) == [true, true, true, false])
    #expect(shows(3) == [true, false, true, false])
    #expect(shows(4) == [true, false, false, true])
    #expect(lines[2...4] == ["", "", ""])
    #expect(lines.contains("From 2.00 to 1.00.") && lines.last == "Nothing more.")
  }

  @Test("Before a class a wrong answer stands beside the right one, and the reason names it")
  func lectureReply() throws {
    func screens(_ answer: Key) throws -> [String] {
      var pupil = try Pupil()
      let text = SmallLesson.document.replacing(
        #""right": "abs(ratio - 1) < 0.1"}"#,
        with: #""right": "abs(ratio - 1) < 0.1", "reply": "Tempting."}"#)
      pupil.begin(
        try SmallLesson.read(text), at: 1,
        isLecture: true)
      pupil.press(.enter, answer)
      let result = Screen.draw(pupil.state).plainRows.joined(separator: "\n")
      pupil.press(.enter)
      return [result, Screen.draw(pupil.state).plainRows.joined(separator: "\n")]
    }
    let wrong = try screens("1")
    #expect(wrong[0].contains("1) same (wrong)") && wrong[0].contains("2) twice (right)"))
    #expect(wrong[1].contains("Why not 1): Tempting."))
    let right = try screens("2")
    #expect(!right[0].contains("1) same") && right[0].contains("2) twice (right)"))
    #expect(right[1].contains("Why 2): Twofold."))
  }

  @Test(
    "On a large terminal each line of a lecture is large, below all that it speaks of",
    arguments: BuiltInLessons.all.map(\.name), [(120, 40), (200, 60)])
  func large(_ name: String, _ size: (columns: Int, rows: Int)) throws {
    var pupil = try Pupil(columns: size.columns, rows: size.rows)
    pupil.begin(try #require(BuiltInLessons.all.first { $0.name == name }), isLecture: true)
    while pupil.state.isInLesson {
      let rows = Screen.draw(pupil.state).plainRows
      let rule = size.rows - 17
      let lines = rows[(rule + 1)...]
      #expect(lines.contains { $0.contains("\u{2588}") }, "\(lines)")
      let words = lines.contains { row in row.contains { $0.isLetter } }
      #expect(!words, "each line is large: \(lines)")
      #expect(rows[rule].hasPrefix("\u{2500}\u{2500}"))
      #expect(pupil.state.missingLessonPlaces == [])
      pupil.press(.enter)
    }
  }

  @Test("Short answers of a lecture are large below their question") func largeAnswers() throws {
    var pupil = try Pupil(columns: 120, rows: 40)
    pupil.begin(try SmallLesson.read(), at: 1, isLecture: true)
    pupil.press(.enter)
    let rows = Screen.draw(pupil.state).plainRows
    #expect(rows[23].contains("How much?") && rows[24...].joined().contains("\u{2588}"))
    #expect(!rows[24...].contains { $0.contains("same") })
  }

  @Test("In large letters a long answer is wrapped, and a long reason goes on in the next line")
  func largePages() throws {
    let reason = "Because of this, " + String(repeating: "and of that, ", count: 15) + "it is so."
    let text = SmallLesson.document
      .replacing("Twofold.", with: reason)
      .replacing(#""text": "same""#, with: #""text": "the same again, and nothing but the same""#)
    var pupil = try Pupil(columns: 120, rows: 40)
    pupil.begin(
      try SmallLesson.read(text), at: 1, isLecture: true)
    var screens = 0
    while pupil.state.lesson?.place == 1 {
      let rows = Screen.draw(pupil.state).plainRows
      #expect(rows[24...].contains { $0.contains("\u{2588}") })
      #expect(!rows[24...].contains { row in row.contains { $0.isLetter } }, "\(rows[24...])")
      #expect(rows[23].contains("How much?") == (screens > 0), "\(rows[23])")
      screens += 1
      pupil.press(.enter)
    }
    #expect(screens > 4, "question, answers, the right one, and more than one of the reason")
  }

  @Test("A question without few words keeps all of them in a lecture") func wholeQuestion() throws {
    let text = SmallLesson.document.replacing(
      #""text": "How much?""#, with: #""text": "Something changes. How much?""#)
    var pupil = try Pupil()
    pupil.begin(
      try SmallLesson.read(text), at: 1, isLecture: true)
    #expect(Screen.draw(pupil.state).plainRows[23].trimmed == "Something changes. How much?")
  }

  @Test("The lesson that is chosen behind the end of a lecture is a lecture, too")
  func lectureGoesOn() throws {
    for isLecture in [true, false] {
      var pupil = try Pupil()
      pupil.begin(BuiltInLessons.all[0], at: 11, isLecture: isLecture)
      while pupil.state.isInLesson { pupil.press(.enter) }
      #expect(pupil.state.overlay == .lessons(line: 1))
      pupil.press(.enter)
      #expect(pupil.state.lesson?.lesson.name == "two-sums")
      #expect(pupil.state.lesson?.isLecture == isLecture)
      pupil.press(.escape, "t", "1")
      #expect(pupil.state.lesson?.isLecture == false, "a lecture ends where it is left")
    }
  }

  @Test("A line of a lecture that is wider than the screen goes on in the next one") func wide()
    throws
  {
    let words = "This line is wider than any screen of sixty columns, and nothing of it is lost."
    let text = SmallLesson.document.replacing("Nothing more.", with: words)
    var pupil = try Pupil(columns: 60, rows: 20, glyphs: .ascii)
    pupil.begin(
      try SmallLesson.read(text), at: 6, isLecture: true)
    var lines: [String] = []
    while pupil.state.isInLesson {
      lines.append(Screen.draw(pupil.state).plainRows[19].trimmed)
      pupil.press(.enter)
    }
    #expect(lines.count == 2 && lines.joined(separator: " ") == words)
  }
}
