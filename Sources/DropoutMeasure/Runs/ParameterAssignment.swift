/// A parameter with a value, as text in the form of the parameter table.
public struct ParameterAssignment: Equatable, Hashable, Sendable {
  /// The name, as in `learning-rate`.
  public var name: String
  /// The value as text.
  public var value: String

  /// Creates an assignment.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
