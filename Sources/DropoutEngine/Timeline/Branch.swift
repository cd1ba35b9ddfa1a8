/// One course of a run: the changes that were made on it, and how far it got.
///
/// The initial configuration and the branch's journal decide every bit of it, from step 0 on. What
/// it shares with another branch is equal in both journals.
public struct Branch: Equatable, Sendable {
  /// Its number, counted from 1 and never given out twice.
  public let number: Int
  /// The name that a person gave it; nil where it has none.
  public var name: String?
  /// The branch that it left; nil for the first one.
  public let parent: Int?
  /// The step at which it left ``parent``; 0 for the first one.
  public let origin: Int
  /// The changes on it, from step 0 on, also those that lie ahead of where training stands.
  public internal(set) var journal: Journal
  /// The number of updates after which nobody has seen it yet.
  public internal(set) var reached: Int
  /// The step that it cannot take, since a value would not be finite; nil where none was met.
  public internal(set) var stop: NotFiniteError?

  /// The departure of the loss from its range, at which training stopped; nil where none was met.
  public internal(set) var departure: LossDeparture?

  /// Creates a branch.
  public init(
    number: Int, name: String? = nil, parent: Int? = nil, origin: Int = 0, journal: Journal,
    reached: Int
  ) {
    self.number = number
    self.name = name
    self.parent = parent
    self.origin = origin
    self.journal = journal
    self.reached = reached
  }

  /// The last step that is known to be good, where it broke; nil where nobody saw it break.
  public var goodStep: Int? { [stop?.calmStep, departure?.goodStep].compactMap(\.self).min() }

  /// The name that it is called by: its own, else its number.
  public var title: String { name ?? "branch \(number)" }
}

extension Journal {
  /// The number of changes that are in force once a number of updates is done.
  public func count(through step: Int) -> Int {
    entries.firstIndex { $0.step > step } ?? entries.count
  }

  /// The first changes alone.
  func prefix(_ count: Int) -> Journal {
    var journal = Journal()
    for entry in entries.prefix(count) { journal.append(entry) }
    return journal
  }

  /// Whether a training with these changes goes on, from a step, to one with other changes.
  func leads(from step: Int, to other: Journal) -> Bool {
    guard other.entries.starts(with: entries) else { return false }
    return other.entries.count == entries.count || other.entries[entries.count].step >= step
  }
}
