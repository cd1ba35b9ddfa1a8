/// A person's decision about one unit's mask.
public enum UnitIntervention: String, NamedChoice {
  /// Always masked, in training only.
  case kill
  /// Never masked.
  case pin
  /// Masked or kept as the mask decides.
  case release
}

/// The address of a unit in a hidden layer.
public struct UnitAddress: Equatable, Hashable, Sendable {
  /// The hidden layer, counted from 0.
  public var layer: Int
  /// The unit, counted from 0.
  public var unit: Int

  /// Creates an address.
  public init(layer: Int, unit: Int) {
    self.layer = layer
    self.unit = unit
  }
}

/// A change that a person made while the experiment ran.
public enum ExperimentChange: Equatable, Sendable {
  /// The parameter `name` of the parameter table was set to `value`, as it is written there.
  case parameter(name: String, value: String)
  /// A unit was killed, pinned or released.
  case unit(UnitAddress, UnitIntervention)
}

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
