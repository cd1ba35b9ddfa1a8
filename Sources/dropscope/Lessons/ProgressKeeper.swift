import DropoutEngine
import Explorer
import Lessons
import Sessions

/// Keeps how far a person is with the lessons, in a file.
struct ProgressKeeper {
  /// A fault of the file, and what became of it.
  struct Complaint {
    /// The whole of it, with the place of the fault.
    var description: String
    /// One line for the screen, with what matters most first.
    var notice: String
  }

  /// The file; nil where there is no folder for it, or it must be left as it is.
  private let file: LessonProgressFile?
  /// The progress as it was read.
  let progress: LessonProgress
  /// The fault of a file that cannot be read; nil where it can, or there is none.
  let complaint: Complaint?

  /// Reads the file of this person.
  ///
  /// One that is broken is set aside. One that a later version wrote, or that the system does not
  /// let us read, is left as it is.
  init() {
    let own = LessonProgressFile(ThisProcess.environment)
    do throws(SavedFileError) {
      (file, progress, complaint) = (own, try own?.read() ?? LessonProgress(), nil)
    } catch {
      progress = LessonProgress()
      let name = ProgressKeeper.lastName(of: error.name)
      let fault = "how far you were with the lessons is not known: \(error.fault)"
      let left: String?
      switch error.problem {
      case .future(let version, _):
        left = "\(name) is of version \(version), and is left as it is: progress is not kept"
      case .unreadable, .notRegular: left = "\(name) \(error.problem.fault): progress is not kept"
      default: left = nil
      }
      if let left {
        file = nil
        complaint = Complaint(
          description: fault + "; it is left as it is, and nothing is kept", notice: left)
      } else if let kept = own?.setAside() {
        file = own
        complaint = Complaint(
          description: fault + "; it is kept as \(ForeignText.path(kept))",
          notice: "lessons begin anew: \(name) was broken, it is "
            + "\(ProgressKeeper.lastName(of: kept)) now")
      } else {
        file = nil
        complaint = Complaint(
          description: fault + "; it cannot be set aside, and nothing is kept",
          notice: "\(name) is broken and cannot be set aside: progress is not kept")
      }
    }
  }

  /// The name of a file without its folder.
  private static func lastName(of path: String) -> String {
    ForeignText.path(path.split(separator: "/").last.map(String.init) ?? path)
  }

  /// Writes it, beside what another terminal wrote; not where it was said at the start that nothing
  /// is kept.
  ///
  /// - Returns: one sentence where it cannot be written; nil where it was.
  func keep(_ progress: LessonProgress) -> String? {
    guard let file else {
      return complaint == nil
        ? "lessons are not kept: neither XDG_STATE_HOME nor HOME is set" : nil
    }
    do throws(SavedFileError) {
      try file.keep(progress)
      return nil
    } catch {
      return "lessons are not kept: \(error.description)"
    }
  }
}
