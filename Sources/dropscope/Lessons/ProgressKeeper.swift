import DropoutEngine
import Explorer
import Lessons
import Sessions

/// Keeps how far a person is with the lessons, in a file.
struct ProgressKeeper {
  private let file: LessonProgressFile?
  /// The progress as it was read.
  let progress: LessonProgress
  /// One sentence about a file that cannot be read; nil where it can, or there is none.
  let complaint: String?

  /// Reads the file of this person; one that cannot be read is set aside.
  init() {
    file = LessonProgressFile(ThisProcess.environment)
    do throws(SavedFileError) {
      progress = try file?.read() ?? LessonProgress()
      complaint = nil
    } catch {
      progress = LessonProgress()
      let place = file?.setAside().map { "; it is kept as \(ForeignText.path($0))" } ?? ""
      complaint = "how far you were with the lessons is lost: \(error.description)\(place)"
    }
  }

  /// Writes it.
  ///
  /// - Returns: one sentence where it cannot be written; nil where it was.
  func keep(_ progress: LessonProgress) -> String? {
    guard let file else { return "lessons are not kept: neither XDG_STATE_HOME nor HOME is set" }
    do throws(SavedFileError) {
      try file.write(progress)
      return nil
    } catch {
      return "lessons are not kept: \(error.description)"
    }
  }
}
