public import DropoutEngine
public import Sessions

/// A lesson that cannot be used: the file, the place, the fault and the remedy.
public struct LessonError: Error, Equatable, Sendable {
  /// The name of the file.
  public var name: String
  /// The line, counted from 1; nil where the fault is of the whole file.
  public var line: Int?
  /// The field, as `steps[2].until`; empty where the fault is of the whole file.
  public var field: String
  /// The fault.
  public var problem: LessonProblem

  /// Creates an error.
  public init(name: String, line: Int? = nil, field: String = "", problem: LessonProblem) {
    (self.name, self.line, self.field, self.problem) = (name, line, field, problem)
  }

  /// Creates the error of a file that cannot be read, or of its JSON.
  init(_ error: SavedFileError) {
    self.init(
      name: error.name, line: error.line, field: error.field, problem: .file(error.problem))
  }
}

/// The fault of a lesson.
public enum LessonProblem: Error, Equatable, Sendable {
  /// The file cannot be read, is no JSON, or has a member or a kind of value that it cannot have.
  case file(SavedFileProblem)
  /// A text or a condition has a fault, at a column of it.
  case text(column: Int, TextProblem)
  /// The parameter table refuses a value.
  case refused(ConfigurationError)
  /// A word is none of those that can stand there.
  case noChoice(String, of: [String])
  /// A text is longer than fits, or empty.
  case length(Int, range: ClosedRange<Int>)
  /// A text has a character that shows nothing of itself, such as a control character.
  case character(UInt32)
  /// A list has too few or too many values.
  case count(Int, range: ClosedRange<Int>)
  /// A member has no meaning in a step of this kind.
  case notOfKind(String)
  /// A name is not of lower case letters, digits and hyphens.
  case noName(String)
  /// No built-in lesson has the name.
  case noLesson(names: [String])
}

extension LessonError: CustomStringConvertible {
  /// One line for the person.
  public var description: String {
    var place = ForeignText.path(name) + ": "
    if let line { place += "line \(line)" + (field.isEmpty ? " " : ": ") }
    if !field.isEmpty { place += ForeignText.shown(field, limit: 80) + " " }
    return place + ForeignText.shown(problem.fault, limit: 400) + "; " + problem.remedy
  }
}

extension LessonProblem {
  /// The fault, in words.
  public var fault: String {
    switch self {
    case .file(.tooLarge(let bytes, let limit)):
      "has \(bytes) bytes, and a lesson has at most \(limit)"
    case .file(.tooManyValues(let limit)): "has more than \(limit) values"
    case .file(.tooDeep(let limit)): "is nested more than \(limit) deep, as no lesson is"
    case .file(let problem): problem.fault
    case .text(let column, let problem): "at column \(column): \(problem.fault)"
    case .refused(let error): "is refused: \(error.description)"
    case .noChoice(let word, let choices):
      "cannot be '\(ForeignText.shown(word, limit: 60))'"
        + (NameDistance.nearest(to: word, in: choices).map { ", did you mean '\($0)'?" } ?? "")
        + " (there are \(choices.joined(separator: ", ")))"
    case .length(let length, let range):
      "has \(length) characters, and \(range.lowerBound) to \(range.upperBound) fit there"
    case .character(let scalar):
      "has the character U+\(String(scalar, radix: 16, uppercase: true)), which shows nothing"
    case .count(let count, let range):
      "has \(count) values, and there are \(range.lowerBound) to \(range.upperBound)"
    case .notOfKind(let kind): "has no meaning in a step of the kind \(kind)"
    case .noName(let name):
      "is '\(ForeignText.shown(name, limit: 60))', and a name has lower case letters, digits and "
        + "hyphens only"
    case .noLesson: "is no lesson"
    }
  }

  /// The remedy, in words.
  public var remedy: String {
    switch self {
    case .file(.unreadable(_, isMissing: true)): "name the file of a lesson"
    case .file(.unreadable): "check its permissions"
    case .file(.namedTwice): "leave one of them out"
    case .text(_, let problem): problem.remedy
    case .character: "leave it out; a text is one line, and is wrapped as it is shown"
    case .noLesson(let names): "there are \(names.joined(separator: ", "))"
    case .notOfKind: "leave it out, or make it a step of another kind"
    case .file, .refused, .noChoice, .length, .count, .noName:
      "correct it as docs/lesson-format.md says"
    }
  }
}
