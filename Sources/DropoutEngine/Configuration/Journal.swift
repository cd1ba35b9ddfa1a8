/// The changes that a person made, each with the step at which it took effect.
///
/// Configuration and journal decide every bit of an experiment.
public struct Journal: Equatable, Sendable {
  /// One change.
  public struct Entry: Equatable, Sendable {
    /// The number of updates before the change.
    public var step: Int
    /// The change.
    public var change: ExperimentChange

    /// Creates an entry.
    public init(step: Int, change: ExperimentChange) {
      self.step = step
      self.change = change
    }
  }

  /// The changes in the order in which they were made.
  public private(set) var entries: [Entry] = []

  /// Creates an empty journal.
  public init() {}

  /// Adds a change.
  ///
  /// - Precondition: no earlier entry has a later step.
  public mutating func append(_ entry: Entry) {
    precondition(
      entries.last.map { $0.step <= entry.step } ?? true,
      "a journal goes forward: step \(entry.step) after \(entries.last?.step ?? 0)")
    entries.append(entry)
  }
}
