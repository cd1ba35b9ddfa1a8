import Explorer
import Lessons

/// The lessons of a person's own, and the lesson that the explorer starts in.
struct ChosenLesson: Sendable {
  /// The lessons of a person's own.
  var own: [Lesson] = []
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
        let read = try Lesson.read(file, .explorer)
        (own, lesson) = ([read], read)
      }
      guard let name else { return }
      if lesson?.name == name { return }
      guard LessonShelf.names.contains(name) else {
        throw LessonError(
          name: name, problem: .noLesson(names: own.map(\.name) + LessonShelf.names))
      }
      lesson = try LessonShelf.lesson(named: name, .explorer)
    } catch {
      throw CommandFailure(error)
    }
  }

  private init() {}
}

extension Lesson {
  /// Reads the data and weights of all experiments that it sets up, so that a fault is told before
  /// it begins.
  ///
  /// - Throws: the failure of the first one that cannot be read.
  func checkData() throws(CommandFailure) {
    for experiment in experiments {
      do throws(ExperimentLoadError) {
        _ = try Experiment.loader(experiment)
      } catch {
        switch error {
        case .configuration(let error): throw CommandFailure(error)
        case .notFinite(let error): throw CommandFailure(error)
        case .unreadable(let error as CommandFailure): throw error
        case .unreadable(let error): throw .badData(error.description)
        }
      }
    }
  }
}
