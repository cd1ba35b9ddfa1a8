import DropoutEngine

/// A recording that cannot be used: the file, the line, the field, the fault and the remedy.
public struct RecordingError: Error, Equatable, Sendable {
  /// The name of the file.
  public var name: String
  /// The line, counted from 1; nil where the fault is of the whole file.
  public var line: Int?
  /// The field with its place, as `layers[3].name`; empty where the fault is of the whole line.
  public var field: String
  /// The fault.
  public var problem: RecordingProblem

  /// Creates an error.
  public init(name: String, line: Int? = nil, field: String = "", problem: RecordingProblem) {
    (self.name, self.line, self.field, self.problem) = (name, line, field, problem)
  }
}

extension RecordingError: CustomStringConvertible {
  /// One line for the person.
  public var description: String {
    var place = ForeignText.path(name) + ": "
    if let line { place += "line \(line)" + (field.isEmpty ? " " : ": ") }
    if !field.isEmpty { place += ForeignText.shown(field) + " " }
    return place + ForeignText.shown(problem.fault, limit: 400) + "; " + problem.remedy
  }
}
