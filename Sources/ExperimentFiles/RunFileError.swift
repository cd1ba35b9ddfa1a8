import DropoutEngine

/// A file of runs that cannot be used, with the line, counted from 1.
public enum RunFileError: Error, Equatable, Sendable {
  /// The first line is no plan.
  case notRuns
  /// A line in the middle, or a whole last line, is not valid.
  case broken(line: Int, reason: String)
  /// The file belongs to another comparison.
  case otherExperiment(line: Int, difference: String)
  /// A parameter decided the run, and no parameter of that name does in this version.
  case unknownParameter(line: Int, name: String, value: String)
  /// The line does not name a parameter, so its run had the default, and another value is planned.
  case parameterNotNamed(line: Int, name: String, standard: String, planned: String)
  /// A run is there twice.
  case twice(line: Int, first: Int, variant: String, seed: UInt64)
}

extension RunFileError: CustomStringConvertible {
  /// One sentence with the place and the remedy, to follow the name of the file.
  public var description: String {
    switch self {
    case .notRuns:
      "line 1 does not say what was compared: this is no file of runs, and it is left as it is; "
        + "name a new file"
    case .broken(let line, let reason):
      "line \(line) \(reason); the file is left as it is"
    case .otherExperiment(let line, let difference):
      "line \(line) is of another experiment: \(difference); the file is left as it is"
    case .unknownParameter(let line, let name, let value):
      "line \(line) has --\(ForeignText.shown(name)) \(ForeignText.shown(value)), and in this "
        + "version no parameter of that name decides a run; the file is left as it is: go on with "
        + "the version that wrote it, or name a new file"
    case .parameterNotNamed(let line, let name, let standard, let planned):
      "line \(line) does not name --\(name), so its run had the default, "
        + "\(ForeignText.shown(standard)), and this one has \(ForeignText.shown(planned)); the "
        + "file is left as it is; name a new file"
    case .twice(let line, let first, let variant, let seed):
      "line \(line) has the run of line \(first) again: variant \(variant), seed \(seed)"
    }
  }
}
