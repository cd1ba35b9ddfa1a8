public import DropoutEngine

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

  /// A reason, with the value found.
  public enum Problem: Equatable, Sendable {
    /// Its bytes cannot be read.
    case file(FileProblem)
    /// It is compressed, and cannot be inflated.
    case gzip(GzipProblem)
    /// It is an IDX file, of images or labels.
    case array(ArrayProblem)
    /// It is a table.
    case table(TableProblem)
    /// It was read, but cannot be trained on.
    case dataset(DatasetError)
  }

  /// The given path.
  public var path: String
  /// The place in the file.
  public var place: Place
  /// A reason, with the value found.
  public var problem: Problem
  /// Options by which the file can be read, each of them tried; empty where none was found.
  public internal(set) var advice: [String] = []

  init(_ path: String, _ problem: Problem) { self.init(path, .file, problem) }

  init(_ path: String, _ place: Place, _ problem: Problem) {
    self.path = path
    self.place = place
    self.problem = problem
  }

  /// Whether a file could not be read at all, rather than having bad contents.
  public var isMissing: Bool {
    switch problem {
    case .file(.unreadable), .file(.directory), .file(.terminal), .file(.silentPipe),
      .array(.noLabels):
      true
    case .file(.empty), .file(.tooLarge), .file(.needsMemory), .file(.foreign),
      .file(.inapplicable), .file(.classesAreNotScaled), .gzip, .array, .table, .dataset:
      false
    }
  }
}

extension DatasetFileError: CustomStringConvertible {
  /// One line: file, place, value, remedy and advice.
  public var description: String {
    let place =
      switch self.place {
      case .file: ""
      case .cell(let line, let column, let name):
        ", line \(line), column \(column)"
          + (name.map { " (\(ForeignText.shown($0, limit: 40)))" } ?? "")
      case .line(let line): ", line \(line)"
      case .byte(let byte): ", byte \(byte)"
      }
    return "\(DatasetFiles.shown(path))\(place): \(problem)" + advice.map { "; \($0)" }.joined()
  }
}

extension DatasetFileError.Problem: CustomStringConvertible {
  /// The value found, and the remedy.
  public var description: String {
    switch self {
    case .file(let problem): problem.description
    case .gzip(let problem): problem.description
    case .array(let problem): problem.description
    case .table(let problem): problem.description
    case .dataset(let error): error.description
    }
  }
}
