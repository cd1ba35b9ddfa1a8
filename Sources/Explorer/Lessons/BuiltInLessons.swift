public import Lessons

/// The lessons that come with the program.
public enum BuiltInLessons {
  /// All of them, in their order.
  public static let all: [Lesson] = {
    do throws(LessonError) {
      return try LessonShelf.lessons(.explorer)
    } catch {
      preconditionFailure("a lesson of the program cannot be read: \(error)")
    }
  }()
}
