/// A reason why bytes are not the JSON that was asked for.
package enum JSONProblem: Error, Equatable, Sendable {
  /// A byte is not the expected one; the column is counted from 1 within its line.
  case broken(column: Int, expected: String, found: String)
  /// The bytes end, where something is expected.
  case truncated(column: Int, expected: String)
  /// The bytes of a string are no UTF-8.
  case notUTF8
  /// A value is nested too deeply.
  case tooDeep(limit: Int)
  /// There are more values than may be.
  case tooManyValues(limit: Int)
  /// An object has a name twice.
  case namedTwice(String)
  /// A value is of another kind.
  case wrongKind(expected: String, found: String)
  /// A whole number lies outside its range.
  case outOfRange(value: String, range: String)
}
