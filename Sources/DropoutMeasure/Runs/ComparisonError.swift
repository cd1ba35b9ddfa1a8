public import DropoutEngine

/// A comparison that makes no sense, with the evidence; ``description`` names the remedy.
public enum ComparisonError: Error, Equatable, Sendable {
  /// One of its configurations makes no sense; the place names it.
  case configuration(ConfigurationError, place: String)
  /// There is no variant, or nothing between two commas.
  case emptyVariants
  /// The text of a sweep is not NAME=VALUE,VALUE.
  case malformedSweep(String)
  /// A sweep has no value, or nothing between two commas.
  case emptySweep(parameter: String)
  /// The parameter cannot be swept.
  case cannotBeSwept(parameter: String, reason: String)
  /// A value is twice in a list.
  case duplicate(value: String, list: String)
  /// A parameter is both swept and given, or swept twice.
  case sweptTwice(parameter: String)
  /// The number of seeds is not in the range.
  case seeds(count: Int, first: UInt64)
  /// There are more runs than the limit; the count is text, since it may be beyond 64 bits.
  case tooManyRuns(count: String, limit: Int)
  /// The text of a shard is not I/N with 1 <= I <= N.
  case shard(String)
}

extension ComparisonError: CustomStringConvertible {
  /// One sentence with the place, the value and the remedy.
  public var description: String {
    switch self {
    case .configuration(let error, let place):
      "\(ForeignText.shown(place, limit: ForeignText.pathLimit)): \(error.description)"
    case .emptyVariants:
      "--variants names variants between commas, as in classic,inverted; one of them is empty"
    case .malformedSweep(let text):
      "--sweep cannot be '\(ForeignText.shown(text))': it takes NAME=VALUE,VALUE,…, as in "
        + "keep=0.3,0.5,0.8"
    case .emptySweep(let parameter):
      "--sweep \(parameter): a value is missing; it takes values between commas, as in "
        + "\(parameter)=VALUE,VALUE"
    case .cannotBeSwept(let parameter, let reason):
      "--sweep cannot vary \(parameter): \(reason)"
    case .duplicate(let value, let list):
      "\(ForeignText.shown(list)): '\(ForeignText.shown(value))' stands there twice; each run is "
        + "computed once"
    case .sweptTwice(let parameter):
      "\(parameter) is swept and given a second time: name it once"
    case .seeds(let count, let first):
      "--seeds \(count) from seed \(first) on: it takes a count of at least 1, and the last seed "
        + "may be 9007199254740991"
    case .tooManyRuns(let count, let limit):
      "these are \(count) runs (variants x seeds x values of each sweep), and the limit is "
        + "\(limit): take fewer values, or several comparisons"
    case .shard(let text):
      "--shard cannot be '\(ForeignText.shown(text))': it takes I/N, part I of N, with I from 1 to "
        + "N, as in 3/16"
    }
  }
}
