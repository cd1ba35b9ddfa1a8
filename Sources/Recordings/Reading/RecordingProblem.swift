/// A reason why a recording cannot be used, with what was found and what would be right.
public enum RecordingProblem: Error, Equatable, Sendable {
  /// There is no such file, or it may not be read; the system's reason.
  case unreadable(reason: String)
  /// It is a folder.
  case folder
  /// Nothing came for some seconds.
  case silent(seconds: Int)
  /// The bytes of a pipe cannot be kept in a file.
  case notKept(reason: String)
  /// There is not one whole line; the bytes that are there.
  case empty(bytes: Int)
  /// The first line is no header of a recording.
  case notARecording
  /// The format has a number that this program does not know.
  case otherFormat(Int)
  /// The recording is larger than one may be.
  case tooLarge(limit: Int)
  /// The line is longer than one may be.
  case lineTooLong(limit: Int)
  /// The file has become shorter than what was read of it.
  case shrunk(read: Int, size: Int)
  /// The line is no JSON: the column, counted from 1, what is expected there and what is found.
  case broken(column: Int, expected: String, found: String)
  /// The bytes of a string are no UTF-8.
  case notUTF8
  /// A value is nested too deeply.
  case tooDeep(limit: Int)
  /// A field that must be there is missing.
  case missing
  /// A field is there twice.
  case twice
  /// A value is of another kind.
  case wrongKind(expected: String, found: String)
  /// A whole number lies outside its range.
  case outOfRange(value: String, range: String)
  /// A list has another number of elements; `found` is nil where it has more than expected.
  case wrongCount(expected: Int, found: Int?)
  /// A list has more elements than any may have.
  case tooMany(limit: Int)
  /// A word is none of those that are known.
  case unknownWord(String, known: [String])
  /// The numbers of a list do not ascend.
  case notAscending(Int, after: Int)
  /// A look has a number or a step that does not lie behind the one before.
  case goesBack(Int, after: Int)
  /// A line follows the one that closed the recording.
  case behindTheEnd
  /// No look has judged the gaps.
  case notJudged
}

extension RecordingProblem {
  /// The fault, to follow the place.
  var fault: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .folder: "is a folder, not a recording"
    case .silent(let seconds): "sent nothing for \(seconds) s"
    case .notKept(let reason): "cannot be kept in a temporary file: \(reason)"
    case .empty(0): "is empty"
    case .empty(1): "has 1 byte, and no whole line"
    case .empty(let bytes): "has \(bytes) bytes, and no whole line"
    case .notARecording: "is no header of a recording, which begins with {\"recording\": 1"
    case .otherFormat(let number):
      "is of format \(number), and this program reads format \(RecordingHeader.format)"
    case .tooLarge(let limit): "is larger than any recording, \(limit >> 20) MB"
    case .lineTooLong(let limit): "is longer than any line of a recording, \(limit >> 20) MB"
    case .shrunk(let read, let size):
      "has \(size) bytes, and \(read) of it were read before: it was cut or begun again"
    case .broken(let column, let expected, let found):
      "is no JSON: column \(column) has \(found), and \(expected) is expected"
    case .notUTF8: "is no text in UTF-8"
    case .tooDeep(let limit): "is nested deeper than \(limit) levels"
    case .missing: "is missing"
    case .twice: "is there twice"
    case .wrongKind(let expected, let found): "is \(found), and not \(expected)"
    case .outOfRange(let value, let range): "is \(value), and takes \(range)"
    case .wrongCount(let expected, let found?):
      "has \(found) elements, and not the \(expected) that the header asks for"
    case .wrongCount(let expected, nil):
      "has more elements than the \(expected) that the header asks for"
    case .tooMany(let limit): "has more than \(limit) elements"
    case .unknownWord(let word, let known):
      "is '\(word)', and not " + (known.count > 4 ? "a known word" : known.joined(separator: ", "))
    case .notAscending(let value, let before): "has \(value) behind \(before): it must ascend"
    case .goesBack(let value, let before): "is \(value), and was \(before) a line before"
    case .behindTheEnd: "follows the line that closed the recording"
    case .notJudged: "has no verdict yet: no look has judged the gaps"
    }
  }

  /// The remedy.
  var remedy: String {
    switch self {
    case .unreadable, .folder:
      "start the training that writes it first, or name a file that dropscope.watch wrote, "
        + "NAME.dropscope.jsonl"
    case .notKept: "name another folder for temporary files in TMPDIR"
    case .silent: "start the training that writes into it first"
    case .empty: "a training writes it with its first look: start one, or name another"
    case .otherFormat, .unknownWord: "use the dropscope of the package that wrote it"
    case .notJudged: "train until a look has counted enough draws"
    case .tooLarge, .notARecording, .lineTooLong: "name a file that dropscope.watch wrote"
    default: "the file is damaged: record again"
    }
  }

  /// Whether there is no file to read, rather than a broken one.
  public var isNoInput: Bool {
    switch self {
    case .unreadable, .silent: true
    default: false
    }
  }
}
