/// The verdict on several laws.
public struct LawVerdict: Equatable, Sendable {
  /// The outcomes, in the order of checking.
  public let outcomes: [LawOutcome]

  /// Sums up outcomes.
  public init(_ outcomes: [LawOutcome]) {
    self.outcomes = outcomes
  }

  /// The names of the laws that fail.
  public var failing: [String] { outcomes.filter { !$0.holds }.map(\.law) }

  /// One sentence: `38 laws hold`, or `2 of 38 laws fail: sums-off, all-dropped`.
  public var sentence: String {
    let count = outcomes.count
    guard !failing.isEmpty else { return count == 1 ? "1 law holds" : "\(count) laws hold" }
    let laws = count == 1 ? "law" : "laws"
    return "\(failing.count) of \(count) \(laws) \(failing.count == 1 ? "fails" : "fail"): "
      + failing.joined(separator: ", ")
  }
}
