import CLibrary
import DropoutEngine
import DropoutLaws
import Lessons
import Sessions

/// A failure that ends a subcommand early: a message and an exit status.
enum CommandFailure: Error, Equatable {
  /// A law fails.
  case lawsFail(LawVerdict)
  /// The dropout of a recorded training is wrong in a number of places.
  case dropoutIsWrong(Int)
  /// The options make no sense.
  case usage(String)
  /// The data, or the weights, cannot be used.
  case badData(String)
  /// A file to read does not exist, or may not be read.
  case noInput(String)
  /// A value is not finite.
  case notFinite(String)
  /// The system refuses something that is needed to run.
  case noResources(String)
  /// A file cannot be written.
  case cannotCreate(String)
  /// Reading or writing failed midway.
  case inputOutput(String)
  /// A signal ended it.
  case interrupted(signal: Int32)

  /// The exit status of the process.
  var status: Int32 {
    switch self {
    case .lawsFail, .dropoutIsWrong: ExitStatus.wrong.rawValue
    case .usage: ExitStatus.usage.rawValue
    case .badData: ExitStatus.badData.rawValue
    case .noInput: ExitStatus.noInput.rawValue
    case .notFinite: ExitStatus.notFinite.rawValue
    case .noResources: ExitStatus.noResources.rawValue
    case .cannotCreate: ExitStatus.cannotCreate.rawValue
    case .inputOutput: ExitStatus.inputOutput.rawValue
    case .interrupted(let signal): 128 + signal
    }
  }

  /// One line for the person.
  var message: String {
    switch self {
    case .lawsFail(let verdict): verdict.sentence
    case .dropoutIsWrong(let places):
      "the dropout is wrong in " + (places == 1 ? "1 place" : "\(places) places")
    case .usage(let text), .badData(let text), .noInput(let text), .notFinite(let text),
      .noResources(let text),
      .cannotCreate(let text), .inputOutput(let text):
      text
    case .interrupted(let signal):
      signal == SIGINT ? "interrupted" : "ended by signal \(signal)"
    }
  }
}

extension CommandFailure {
  /// A configuration that makes no sense is wrong usage; weights that do not fit are bad data.
  init(_ error: ConfigurationError) {
    switch error {
    case .weightsDoNotFit, .learnersDoNotFit: self = .badData(error.description)
    default: self = .usage(error.description)
    }
  }

  /// A lesson: a name that is none is wrong usage, a file with a fault bad data.
  init(_ error: LessonError) {
    switch error.problem {
    case .noLesson: self = .usage(error.description)
    case .file(.unreadable), .file(.notRegular): self = .noInput(error.description)
    default: self = .badData(error.description)
    }
  }

  /// A step that is not finite.
  init(_ error: NotFiniteError) {
    self = .notFinite(error.description)
  }
}

extension CommandFailure: CustomStringConvertible {
  var description: String { message }
}
