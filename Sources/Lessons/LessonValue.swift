/// The value of a quantity of the network that is on the screen.
public enum LessonValue: Equatable, Sendable {
  /// A number.
  case number(Double)
  /// A word, such as `classic`.
  case word(String)
  /// It is being measured.
  case waiting
  /// There is no such value here, such as the ratio of sums into a layer without masks.
  case absent
}

extension LessonValue {
  /// The kind of a quantity's values.
  public enum Kind: Equatable, Sendable {
    /// Numbers, which can be computed with and compared.
    case number
    /// Words, which can be the same or not.
    case word
  }

  /// The number of a measurement; absent where it is not a number.
  public static func measured(_ number: Double?) -> LessonValue {
    guard let number, !number.isNaN else { return .absent }
    return .number(number)
  }
}
