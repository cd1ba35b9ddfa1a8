public import DropoutEngine

/// A file of preferences that cannot be used: the place, the fault and the remedy.
public struct PreferencesError: Error, Equatable, Sendable {
  /// The path of the file.
  public var name: String
  /// The line, counted from 1; nil where the fault is of the whole file.
  public var line: Int?
  /// The field, as `keys.restart`; empty where the fault is of the whole file.
  public var field: String
  /// The fault.
  public var problem: PreferencesProblem

  /// Creates an error.
  public init(name: String, line: Int? = nil, field: String = "", problem: PreferencesProblem) {
    (self.name, self.line, self.field, self.problem) = (name, line, field, problem)
  }

  /// Creates the error of a file that cannot be read, or of its JSON.
  init(_ error: SavedFileError) {
    self.init(
      name: error.name, line: error.line, field: error.field, problem: .file(error.problem))
  }
}

/// The fault of a file of preferences.
public enum PreferencesProblem: Error, Equatable, Sendable {
  /// The file cannot be read, is no JSON, or has a member or a kind of value that it cannot have.
  case file(SavedFileProblem)
  /// The parameter table refuses a value.
  case refused(ConfigurationError)
  /// No action has the name.
  case unknownAction(nearest: String?)
  /// No key has the name.
  case unknownKey(String, nearest: String?)
  /// An action is left without a key.
  case noKey
  /// The same key stands twice in a list.
  case keyTwice(String)
  /// A key has a fixed meaning.
  case reserved(key: String, meaning: String)
  /// A key has another action already where both can be asked for; `otherLine` is nil where that is
  /// its own key, and `place` is empty where it is everywhere.
  case clash(key: String, other: String, otherLine: Int?, place: String)
}

extension PreferencesError: CustomStringConvertible {
  /// The place and the fault, without the path.
  public var fault: String {
    var text = line.map { "line \($0)" + (field.isEmpty ? " " : ": ") } ?? ""
    if !field.isEmpty { text += ForeignText.shown(field, limit: 80) + " " }
    return text + ForeignText.shown(problem.fault, limit: 300)
  }

  /// One line for the person.
  public var description: String {
    "\(ForeignText.path(name)): \(fault); \(problem.remedy). The whole file is ignored"
  }

  /// One line for the screen, with what matters most first.
  public var notice: String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    return "\(ForeignText.shown(file)) is ignored: \(fault); dropscope config says more"
  }
}

extension PreferencesProblem {
  /// The fault, in words.
  public var fault: String {
    switch self {
    case .file(.tooLarge(let bytes, let limit)):
      "has \(bytes) bytes, and preferences have at most \(limit)"
    case .file(.tooManyValues(let limit)): "has more than \(limit) values"
    case .file(.tooDeep(let limit)): "is nested more than \(limit) deep"
    case .file(.unknown(let nearest)):
      "is not known" + (nearest.map { ", did you mean '\($0)'?" } ?? "")
        + " (there are \(Preferences.memberNames.joined(separator: ", ")))"
    case .file(let problem): problem.fault
    case .refused(.wrongValue(_, let value, let expected, let nearest)):
      "cannot be '\(ForeignText.shown(value))': it takes \(expected)"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .refused(let error): "is refused: \(error.description)"
    case .unknownAction(let nearest):
      "is no action" + (nearest.map { ", did you mean '\($0)'?" } ?? "")
    case .unknownKey(let key, let nearest):
      "is '\(ForeignText.shown(key))', which names no key"
        + (nearest.map { ", did you mean '\($0)'?" } ?? "")
    case .noKey: "has no key, and every action has one"
    case .keyTwice(let key): "has '\(key)' twice"
    case .reserved(let key, let meaning): "is '\(key)', which \(meaning)"
    case .clash(let key, let other, let otherLine, let place):
      "is '\(key)', the key of \(other)"
        + (otherLine.map { " (line \($0))" } ?? "") + (place.isEmpty ? "" : " \(place)")
    }
  }

  /// The remedy, in words.
  public var remedy: String {
    switch self {
    case .file(.unreadable): "check its permissions"
    case .file(.notRegular): "put a regular file in its place"
    case .file(.namedTwice): "leave one of them out"
    case .unknownAction: "dropscope config lists the actions"
    case .noKey: "name a key, or leave the action out"
    case .keyTwice: "leave one of them out"
    case .reserved: "name another key"
    case .clash: "name another key for one of the two"
    case .file, .refused, .unknownKey: "correct it as docs/preferences.md says"
    }
  }
}
