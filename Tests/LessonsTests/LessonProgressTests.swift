import Foundation
import Lessons
import Sessions
import Testing

@Suite("Progress with lessons") struct LessonProgressTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("dropscope-lessons-\(UInt32.random(in: 0 ... .max))").path

  private func file(_ text: String? = nil) throws -> LessonProgressFile {
    let file = LessonProgressFile(path: folder + "/lessons.json")
    if let text {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: file.path))
    }
    return file
  }

  @Test("A place is gone on with; an end is remembered, and begins again") func places() throws {
    let lesson = try LessonSamples.read(LessonSamples.document())
    var progress = LessonProgress()
    #expect(progress.place(in: lesson) == 0 && !progress.isDone(lesson))
    progress.note(lesson, at: 3)
    #expect(progress.place(in: lesson) == 3 && !progress.isDone(lesson))
    progress.note(lesson, at: 5)
    #expect(progress.place(in: lesson) == 0 && progress.isDone(lesson))
    progress.note(lesson, at: 2)
    #expect(progress.place(in: lesson) == 2 && progress.isDone(lesson))
    progress.entries[0].place = 99
    #expect(progress.place(in: lesson) == 0, "a shorter lesson begins again")
  }

  @Test("Progress is written and read as it was; without a file nothing was begun") func written()
    throws
  {
    let file = try file()
    #expect(try file.read() == LessonProgress())
    var progress = LessonProgress()
    progress.note(try LessonSamples.read(LessonSamples.document()), at: 4)
    try file.write(progress)
    #expect(try file.read() == progress)
    progress.entries += (0..<200).map {
      LessonProgress.Entry(name: "l\($0)", place: 0, isDone: true)
    }
    try file.write(progress)
    #expect(try file.read().entries.count == 100)
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test("Two terminals keep each other's progress: done stays done, the last place is the writer's")
  func twoTerminals() throws {
    func lesson(_ name: String) throws -> Lesson {
      var lesson = try LessonSamples.read(LessonSamples.document())
      lesson.name = name
      return lesson
    }
    func written(_ file: LessonProgressFile) throws -> [String] {
      try file.read().entries.map { "\($0.name) \($0.place) \($0.isDone)" }
    }
    let (one, other) = (try lesson("one"), try lesson("other"))
    let file = try file()
    var first = LessonProgress()
    first.note(one, at: 1)
    try file.keep(first)
    var second = try file.read()
    // The first terminal ends its lesson, and begins it anew.
    first.note(one, at: one.steps.count)
    try file.keep(first)
    first.note(one, at: 2)
    try file.keep(first)
    second.note(other, at: 3)
    try file.keep(second)
    #expect(try written(file) == ["one 2 true", "other 3 false"])
    // The second one goes back in the lesson that the first one ended: that stays done.
    second.note(one, at: 1)
    try file.keep(second)
    #expect(try written(file) == ["other 3 false", "one 1 true"])
    // A place that could not be written before is written with the next one.
    try FileManager.default.removeItem(atPath: file.path)
    first.note(other, at: 4)
    try file.keep(first)
    #expect(try written(file) == ["one 2 true", "other 4 false"])
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test("A file that became unreadable meanwhile is left as it is") func unreadableMeanwhile()
    throws
  {
    let text = #"{"dropscopeLessons": 3, "lessons": []}"#
    let file = try file(text)
    var progress = LessonProgress()
    progress.note(try LessonSamples.read(LessonSamples.document()), at: 1)
    #expect(throws: SavedFileError.self) { try file.keep(progress) }
    #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test(
    "A broken file is told with its place, and set aside whole",
    arguments: [
      "", "{", "[]", #"{"dropscopeLessons": 0, "lessons": []}"#,
      #"{"dropscopeLessons": 1, "lessons": [{"name": "a", "place": -1, "done": true}]}"#,
      #"{"dropscopeLessons": 1, "lessons": [{"name": "a", "place": 1}]}"#,
    ]) func broken(_ text: String) throws
  {
    let file = try file(text)
    #expect(throws: SavedFileError.self) { try file.read() }
    let kept = try #require(file.setAside())
    #expect(try String(contentsOfFile: kept, encoding: .utf8) == text)
    #expect(try file.read() == LessonProgress())
    // A second one does not take the place of the first one.
    _ = try self.file("second")
    let other = try #require(file.setAside())
    #expect(try other != kept && String(contentsOfFile: kept, encoding: .utf8) == text)
    #expect(try String(contentsOfFile: other, encoding: .utf8) == "second")
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test("A file of a later version is told from a broken one, whatever is in it") func future()
    throws
  {
    let file = try file(#"{"dropscopeLessons": 3, "more": {}, "lessons": {}}"#)
    let error = try #require(throws: SavedFileError.self) { try file.read() }
    #expect(error.problem == .future(version: 3, known: 1))
    try FileManager.default.removeItem(atPath: folder)
  }
}
