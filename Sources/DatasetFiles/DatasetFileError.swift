import DropoutEngine

/// A file that cannot be read as a dataset: the place, the fault and the remedy.
public struct DatasetFileError: Error, Equatable, Sendable {
  /// The place in the file.
  public enum Place: Equatable, Sendable {
    /// The file as a whole.
    case file
    /// A line and a column of cells, both counted from 1; the column may have a name.
    case cell(line: Int, column: Int, name: String?)
    /// A line, counted from 1.
    case line(Int)
    /// A byte, counted from 0.
    case byte(Int)
  }

  /// The given path.
  public var path: String
  /// The place in the file.
  public var place: Place
  /// The fault and the remedy.
  public var problem: String
  /// Whether the file could not be read at all, rather than having bad contents.
  public var isMissing: Bool

  init(_ path: String, _ problem: String, isMissing: Bool = false) {
    self.init(path, .file, problem, isMissing: isMissing)
  }

  init(_ path: String, _ place: Place, _ problem: String, isMissing: Bool = false) {
    self.path = path
    self.place = place
    self.problem = problem
    self.isMissing = isMissing
  }

  /// The exit status for a program: 66 for a file that cannot be read, 65 for bad data.
  public var exitStatus: Int32 { isMissing ? 66 : 65 }
}

extension DatasetFileError: CustomStringConvertible {
  /// One line: file, place, value and remedy.
  public var description: String {
    let place =
      switch self.place {
      case .file: ""
      case .cell(let line, let column, let name):
        ", line \(line), column \(column)" + (name.map { " (\(DatasetFileError.shown($0)))" } ?? "")
      case .line(let line): ", line \(line)"
      case .byte(let byte): ", byte \(byte)"
      }
    return "\(ForeignText.path(path))\(place): \(problem)"
  }

  /// Text from a file, made safe to show.
  static func shown(_ text: String, limit: Int = 40) -> String {
    ForeignText.shown(text, limit: limit)
  }
}
