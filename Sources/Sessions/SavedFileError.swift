import DropoutEngine

/// A saved session, an autosave, a share string or the preferences that cannot be used: the file,
/// the place, the fault and the remedy.
public struct SavedFileError: Error, Equatable, Sendable {
  /// The name of the file, or of what else was read.
  public var name: String
  /// The line, counted from 1; nil where the fault is of the whole file.
  public var line: Int?
  /// The field with its place, as `branches[0].changes[3].step`; empty where the fault is of the
  /// whole file.
  public var field: String
  /// The fault.
  public var problem: SavedFileProblem

  /// Creates an error.
  public init(name: String, line: Int? = nil, field: String = "", problem: SavedFileProblem) {
    (self.name, self.line, self.field, self.problem) = (name, line, field, problem)
  }
}

extension SavedFileError: CustomStringConvertible {
  /// One line for the person.
  public var description: String { fault + "; " + problem.remedy }

  /// The place and the fault, without the remedy.
  public var fault: String {
    var place = ForeignText.path(name) + ": "
    if let line { place += "line \(line)" + (field.isEmpty ? " " : ": ") }
    if !field.isEmpty { place += ForeignText.shown(field, limit: 160) + " " }
    return place + ForeignText.shown(problem.fault, limit: 600)
  }
}

/// The fault of a saved file.
public enum SavedFileProblem: Error, Equatable, Sendable {
  /// The system refuses to read it.
  case unreadable(reason: String, isMissing: Bool)
  /// It is a folder, or a pipe or a device.
  case notRegular(isFolder: Bool)
  /// The system refuses to write it.
  case unwritable(reason: String)
  /// A file of that name exists already.
  case exists
  /// A folder has that name.
  case isFolder
  /// It is larger than anything that the program writes; both in bytes.
  case tooLarge(bytes: Int, limit: Int)
  /// It has more values than anything that the program writes.
  case tooManyValues(limit: Int)
  /// Its values are nested too deeply.
  case tooDeep(limit: Int)
  /// A byte is not the expected one.
  case broken(column: Int, expected: String, found: String)
  /// It ends in the middle.
  case truncated(expected: String)
  /// Its text is not UTF-8.
  case notUTF8
  /// A name stands twice in one object.
  case namedTwice(String)
  /// It is JSON, but of something else.
  case notASession
  /// It was written by a later version of the program.
  case future(version: Int, known: Int)
  /// A field is missing.
  case missing
  /// A field is not known.
  case unknown(nearest: String?)
  /// A value is of another kind.
  case wrongKind(expected: String, found: String)
  /// A value is out of its range.
  case outOfRange(value: String, range: String)
  /// A value contradicts another one, or the parameter table refuses it.
  case refused(String)
  /// A share string was changed, or a piece of it is missing.
  case damagedShare(String)
  /// A session does not fit into a share string.
  case notShareable(String)
}

extension SavedFileProblem {
  /// The fault, in words.
  public var fault: String {
    switch self {
    case .unreadable(let reason, _): "cannot be read: \(reason)"
    case .notRegular(let isFolder): isFolder ? "is a folder" : "is a pipe or a device"
    case .unwritable(let reason): "cannot be written: \(reason)"
    case .exists: "exists already"
    case .isFolder: "is a folder"
    case .tooLarge(let bytes, let limit):
      "has \(bytes) bytes, and no session has more than \(limit)"
    case .tooManyValues(let limit): "has more than \(limit) values, as no session does"
    case .tooDeep(let limit): "is nested more than \(limit) deep, as no session is"
    case .broken(let column, let expected, let found):
      "has \(found) at byte \(column) of the line, where \(expected) is expected"
    case .truncated(let expected): "ends too early, where \(expected) is expected"
    case .notUTF8: "is not UTF-8"
    case .namedTwice(let name): "has '\(name)' twice"
    case .notASession: "is no session: it does not begin with dropscopeSession"
    case .future(let version, let known):
      "is of version \(version), and this program knows versions up to \(known)"
    case .missing: "is missing"
    case .unknown(let nearest):
      "is not known" + (nearest.map { ", did you mean '\($0)'?" } ?? "")
    case .wrongKind(let expected, let found): "is \(found), where \(expected) is expected"
    case .outOfRange(let value, let range): "is \(value), out of its range \(range)"
    case .refused(let reason): reason
    case .damagedShare(let reason), .notShareable(let reason): reason
    }
  }

  /// The remedy, in words.
  public var remedy: String {
    switch self {
    case .unreadable(_, let isMissing):
      isMissing ? "dropscope sessions lists what was saved by itself" : "check its permissions"
    case .notRegular: "name a regular file"
    case .unwritable: "name a file in another folder"
    case .exists: "name another file, or remove this one first"
    case .isFolder: "name a file in it, as in folder/name.json"
    case .tooLarge, .tooManyValues, .tooDeep, .notUTF8, .notASession, .broken:
      "name a session that dropscope wrote, or see docs/session.md"
    case .truncated: "take an undamaged copy; dropscope sessions lists what was saved by itself"
    case .namedTwice: "leave one of them out"
    case .future: "take the version of dropscope that wrote it, or a later one"
    case .missing, .unknown, .wrongKind, .outOfRange, .refused:
      "correct it as docs/session.md says, or take an undamaged copy"
    case .notShareable: "save the session as a file, and share that"
    case .damagedShare: "copy it again, all of it, from where it was printed"
    }
  }
}
