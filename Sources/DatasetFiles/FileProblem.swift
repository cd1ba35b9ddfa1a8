import DropoutEngine

/// A reason why the bytes of a file cannot be read.
public enum FileProblem: Equatable, Sendable {
  /// The system does not allow reading it; `reason` is the system's.
  case unreadable(reason: String)
  /// A directory has no bytes.
  case directory
  /// Standard input is a terminal, from which no table comes.
  case terminal
  /// Nobody wrote to a pipe for too long.
  case silentPipe(seconds: Int)
  /// The file has no bytes.
  case empty
  /// The file has more bytes than the limit.
  case tooLarge(limit: Int)
  /// A table and its examples need more memory than may be used.
  case needsMemory(bytes: Int, allowed: Int)
  /// An option is about files of the other kind, tables or images.
  case inapplicable(option: String, areImages: Bool)
  /// An option scales targets that are numbers, but they are classes.
  case classesAreNotScaled
  /// The file is of another kind.
  case foreign(ForeignFormat)
}

extension FileProblem: CustomStringConvertible {
  /// The value found, and the remedy.
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .directory: "is a directory; a .csv file or an IDX file is needed"
    case .terminal:
      "is a terminal; pipe a table into it, as in cat FILE | dropscope --data -, or name the file "
        + "with --data"
    case .silentPipe(let seconds):
      "nobody wrote to this pipe for \(seconds) s; start its writer first"
    case .empty: "is empty; a .csv file or an IDX file is needed"
    case .tooLarge(let limit): "there is more than \(limit >> 20) MiB; use a smaller file"
    case .needsMemory(let bytes, let allowed):
      "this table needs about \(ConfigurationError.size(bytes)) of memory, and "
        + "\(ConfigurationError.size(allowed)) may be used: take fewer rows with --limit, or a "
        + "smaller file"
    case .inapplicable(let option, let areImages):
      (areImages
        ? "holds images, and --\(option) is about tables"
        : "is a table, and --\(option) is about images")
        + ": leave the option out"
    case .classesAreNotScaled:
      "the targets are classes, and --normalize-target is about numbers: leave the option out"
    case .foreign(let format): format.description
    }
  }
}
