import DropoutEngine
import Explorer
import Lessons
import TerminalCells
import Testing

@Suite("What a lesson shows and hides") struct LessonShowingTests {
  @Test("What a question hides stays hidden under a box, from i, and in plain lines")
  func hides() throws {
    var pupil = try Pupil([], steps: 5)
    pupil.begin(try SmallLesson.read())
    let sentence = "TESTING"
    #expect(Screen.draw(pupil.state).plainRows[1...3].contains { $0.contains(sentence) })
    pupil.press(.enter)
    for key in ["i", "?", "v"] as [Key] {
      pupil.press(key)
      let rows = Screen.draw(pupil.state).plainRows[1...3]
      #expect(!rows.contains { $0.contains("TRAINING") || $0.contains("TESTING") }, "\(key)")
      #expect(pupil.state.overlay == .none || key != "i")
      #expect(!PlainText.lines(pupil.state).contains { $0.contains("TESTING") })
      // Where no box is open, the key leaves the lesson.
      if pupil.state.overlay != .none { pupil.press(.escape) }
    }
    pupil.press("1")
    #expect(Screen.draw(pupil.state).plainRows[1...3].contains { $0.contains(sentence) })
  }

  @Test("All but what it speaks of recedes, and hidden numbers are shown after the answer")
  func curtain() throws {
    var pupil = try Pupil()
    pupil.begin(try SmallLesson.read())
    var screen = Screen.draw(pupil.state)
    #expect(screen[1, 0].style == Style(.dim), "the title recedes")
    let box = try #require(pupil.state.lessonBox)
    #expect(!box.covers && screen.plainRows.contains { $0.contains("LOOK") })
    let heading = try #require(screen.plainRows.firstIndex { $0.contains("ratio") })
    #expect(screen[78, heading].style != Style(.dim))
    pupil.press(.enter)
    screen = Screen.draw(pupil.state)
    #expect(!screen.plainRows[1].contains("TRAINING"), "\(screen.plainRows[1])")
    pupil.press("2")
    #expect(Screen.draw(pupil.state).plainRows[1].contains("TRAINING"))
  }

  @Test("While the person types or chooses, the text of the task stays in sight")
  func task() throws {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
      for key in [":", "v"] as [Key] {
        var pupil = try Pupil(columns: columns, rows: rows)
        pupil.begin(try SmallLesson.read(), at: 2)
        pupil.press(key)
        let screen = Screen.draw(pupil.state).plainRows
        let text = screen.joined(separator: "\n")
        #expect(screen[rows - 2].contains("Press s.") && text.contains("Enter: "), "\(text)")
      }
    }
  }

  @Test("A notice is told once the lesson is there, beside its box and over what is hidden")
  func notice() throws {
    for lesson in [try SmallLesson.read(), BuiltInLessons.all[1]] {
      var pupil = try Pupil()
      pupil.perform(pupil.begun(lesson, notice: "progress is not kept"))
      #expect(Screen.draw(pupil.state).plainRows[22] == " progress is not kept")
    }
  }

  @Test("Each hidden panel says so in whole words") func hiddenWords() throws {
    var pupil = try Pupil(columns: 120, rows: 40)
    pupil.begin(BuiltInLessons.all[1], isLecture: true)
    let text = Screen.draw(pupil.state).plainRows.joined(separator: "\n")
    let words = "hidden for now"
    let found = text.ranges(of: words).count
    #expect(found >= 3 && text.ranges(of: "or now").count == found, "\(text)")
  }

  @Test("A lesson can name every place that a screen shows", arguments: ViewDefinition.all)
  func places(_ view: ViewDefinition) throws {
    let known = LessonVocabulary.explorer.places
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
      for data in ["circle", "plane", "glyphs"] {
        var pupil = try Pupil([("data", data)], steps: 3, columns: columns, rows: rows)
        pupil.press(.character(Unicode.Scalar(UInt8(ascii: "0") + UInt8(view.number))))
        for keys in [[], ["p"], [.right]] as [[Key]] {
          for key in keys { pupil.press(key) }
          for (place, _) in Screen.hitMap(pupil.state).places
          where !"\(place)".hasPrefix("parameter ") && !"\(place)".hasPrefix("sentence/") {
            // Those can be asked about, and are no places to point at.
            let found = known.first { $0.name == place.panel?.name ?? place.name }
            #expect(found?.views?.contains(view.name) ?? true, "\(place) in view \(view.name)")
            guard place.panel != nil, !place.name.isEmpty, let parts = found?.parts else {
              #expect(found != nil, "\(place)")
              continue
            }
            #expect(parts.contains(place.name), "\(place)")
          }
        }
      }
    }
  }
}
