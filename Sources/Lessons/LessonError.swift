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
  /// Whatever is measured, not exactly one answer is right; the number of those that are.
  case answers(right: Int)
  /// Two answers are right under the same condition; their numbers, from 1.
  case sameCondition(Int, Int)
  /// Two runners of a race have the same name for texts and conditions.
  case runnerTwice(String)
  /// An act has too few or too many words; the form of it, as in `run 300`.
  case act(String, form: String)
  /// A command leaves the lesson, or opens something that waits for more keys.
  case leaves(String)
  /// A panel has no part of the name; the names of its parts.
  case noPart(String, of: String, [String])
  /// The view of the step has no such panel; the views that have it.
  case notInView(String, view: String, [String])
  /// There are no such data.
  case noData(String)
}

extension LessonError: CustomStringConvertible {
  /// One line for the person.
  public var description: String {
    var place = name.isEmpty ? "an empty name " : ForeignText.path(name) + ": "
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
        + LessonProblem.choices(choices, insteadOf: word)
    case .length(let length, let range):
      "has \(length) characters, and \(range.lowerBound) to \(range.upperBound) fit there"
    case .character(let scalar):
      "has the character U+\(String(scalar, radix: 16, uppercase: true)), which shows nothing"
    case .count(let count, let range):
      "has \(count) \(count == 1 ? "value" : "values"), and \(range.lowerBound) to "
        + "\(range.upperBound) are possible"
    case .notOfKind(let kind): "has no meaning in a step of the kind \(kind)"
    case .noName(let name):
      "is '\(ForeignText.shown(name, limit: 60))', and a name has lower case letters, digits and "
        + "hyphens only"
    case .noLesson: "is no lesson"
    case .answers(right: 0): "has no right answer, whatever is measured"
    case .answers(let count): "has \(count) right answers, whatever is measured"
    case .sameCondition(let first, let second):
      "has the same condition for the answers \(first) and \(second), so both are right or neither"
    case .runnerTwice(let name):
      "has two runners that texts would call '\(ForeignText.shown(name, limit: 60))'"
    case .act(let text, _): "is '\(ForeignText.shown(text, limit: 60))'"
    case .leaves(let name): "is '\(name)', which leaves the lesson or waits for more keys"
    case .noPart(let name, let panel, []):
      "is '\(ForeignText.shown(name, limit: 60))', and \(panel) has no parts"
    case .noPart(let name, let panel, let parts):
      "is '\(ForeignText.shown(name, limit: 60))', and \(panel) has no such part"
        + LessonProblem.choices(parts, insteadOf: name)
    case .notInView(let name, let view, let views):
      "is of \(name), which stands in view \(views.joined(separator: ", ")) and not in \(view)"
    case .noData(let name):
      "is '\(ForeignText.shown(name, limit: 60))', which is neither a built-in dataset nor a file"
        + LessonProblem.choices(BuiltInDataset.allCases.map(\.rawValue), insteadOf: name)
    }
  }

  /// The words that can stand in place of one that cannot, the nearest one first.
  private static func choices(_ choices: [String], insteadOf word: String) -> String {
    (NameDistance.nearest(to: word, in: choices).map { ", did you mean '\($0)'?" } ?? "")
      + " (there are \(choices.joined(separator: ", ")))"
  }

  /// The remedy, in words.
  public var remedy: String {
    switch self {
    case .file(.unreadable(_, isMissing: true)): "name the file of a lesson"
    case .file(.unreadable): "check its permissions"
    case .file(.notRegular): "name the file of a lesson"
    case .file(.namedTwice): "leave one of them out"
    case .text(_, let problem): problem.remedy
    case .character: "leave it out; a text is one line, and is wrapped as it is shown"
    case .noLesson(let names): "there are \(names.joined(separator: ", "))"
    case .notOfKind: "leave it out, or make it a step of another kind"
    case .answers, .sameCondition: "let exactly one answer be right"
    case .runnerTwice: "give one of them another name"
    case .act(_, let form): "write it as in \(form)"
    case .notInView: "leave it out, or give the step that view"
    case .leaves: "let acts train, turn, select or show a view"
    case .file, .refused, .noChoice, .length, .count, .noName, .noPart, .noData:
      "correct it as docs/lesson-format.md says"
    }
  }
}
