import Explorer
import Lessons

/// The lessons that can be chosen, and the one that the explorer starts in.
struct ChosenLesson: Sendable {
  /// The lessons: those of the program, and maybe one of a person's own.
  var lessons = BuiltInLessons.all
  /// The one to start in; nil starts in none.
  var lesson: Lesson?
  /// Whether it is shown to a class.
  var isLecture = false

  /// No lesson in particular.
  static let none = ChosenLesson()

  /// Chooses one.
  ///
  /// - Parameters:
  ///   - name: the name of a lesson of the program, or nil.
  ///   - file: the path of a lesson of one's own, or nil.
  ///   - isLecture: whether it is shown to a class.
  /// - Throws: bad data where the file has a fault, a fault of usage where no lesson has the name.
  init(
    named name: String? = nil, file: String? = nil, isLecture: Bool = false
  ) throws(CommandFailure) {
    self.isLecture = isLecture
    do throws(LessonError) {
      if let file {
        let own = try Lesson.read(file, .explorer)
        lessons = [own] + lessons.filter { $0.name != own.name }
        lesson = own
      }
      guard let name else { return }
      guard let found = lessons.first(where: { $0.name == name }) else {
        throw LessonError(name: name, problem: .noLesson(names: lessons.map(\.name)))
      }
      lesson = found
    } catch {
      throw CommandFailure(error)
    }
  }

  private init() {}
}
