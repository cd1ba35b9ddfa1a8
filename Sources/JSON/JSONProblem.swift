/// A reason why bytes are not the JSON that was asked for.
///
/// Each kind of file has problems of its own beside these, so a scanner throws the type that its
/// reader throws.
package protocol JSONProblem: Error {
  /// A byte is not the expected one; the column is counted from 1 within its line.
  static func broken(column: Int, expected: String, found: String) -> Self
  /// The bytes end, where something is expected.
  static func truncated(column: Int, expected: String) -> Self
  /// The bytes of a string are no UTF-8.
  static var notUTF8: Self { get }
  /// A value is nested too deeply.
  static func tooDeep(limit: Int) -> Self
  /// A value is of another kind.
  static func wrongKind(expected: String, found: String) -> Self
  /// A whole number lies outside its range.
  static func outOfRange(value: String, range: String) -> Self
}
