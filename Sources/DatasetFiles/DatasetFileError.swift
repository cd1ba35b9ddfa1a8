import DropoutEngine

/// A file that cannot be read into a dataset: where, what stands there, and what would be right.
public struct DatasetFileError: Error, Equatable, Sendable {
  /// Where in the file.
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

  /// The path, as it was given.
  public var path: String
  /// Where in the file.
  public var place: Place
  /// What stands there, and what would be right.
  public var problem: String
  /// Whether the file could not be read at all, rather than holding bad data.
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

  /// The status that a program should end with: 66 for a file that cannot be read, 65 for bad data.
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

  /// Text from a file as it may be shown.
  static func shown(_ text: String, limit: Int = 40) -> String {
    ForeignText.shown(text, limit: limit)
  }
}
