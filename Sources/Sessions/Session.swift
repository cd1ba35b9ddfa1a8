public import DropoutEngine

/// All that a person made: an experiment, each change of it on each of its branches, and where
/// they are and what they look at.
///
/// It holds no weights that can be computed again: configuration and journal decide them. The
/// fingerprints tell whether they did.
public struct Session: Equatable, Sendable {
  /// The version of the schema that this program writes, and the latest that it reads.
  public static let schema = 1

  /// The version of the program that made it.
  public internal(set) var program: String
  /// The folder in which that program ran: relative paths of data are meant from there; nil where
  /// it is not known.
  public internal(set) var folder: String?
  /// The experiment at step 0, its length and its display.
  public internal(set) var settings: Settings
  /// The weights at step 0 of each learner, where they are neither drawn nor read from the file
  /// that the configuration names; else nil.
  public internal(set) var initial: [NetworkParameters]?
  /// The branches, in the order in which they were begun; at least one.
  public internal(set) var branches: [Branch]
  /// The moments at which the curve of each branch was measured, by its number, in the order of
  /// their steps; a branch whose moments are not known has none.
  public internal(set) var curves: [Int: [CurveMoment]]
  /// Where the training stands.
  public internal(set) var position: TimelinePosition
  /// The fingerprint of the data (``DropoutEngine/Dataset/fingerprint``).
  public internal(set) var data: Fingerprint
  /// The fingerprint of the weights at ``position``
  /// (``DropoutEngine/LearnerGroup/fingerprint``).
  public internal(set) var weights: Fingerprint
  /// The view and what is selected in it, by names that the explorer gives; a name that it does
  /// not know is left alone.
  public internal(set) var view: [String: ViewValue]

  /// The race that was started last on these data; nil where there is none.
  public internal(set) var race: SavedRace?

  /// Creates a session.
  ///
  /// A branch whose parent was removed has none here, and the step that a branch cannot take is
  /// left out, since going there finds it again.
  ///
  /// - Parameters:
  ///   - program: the version of the program.
  ///   - folder: the folder in which the program runs.
  ///   - settings: the experiment at step 0, its length and its display.
  ///   - initial: the weights at step 0, where they are neither drawn nor read from a file.
  ///   - branches: the branches; at least one.
  ///   - curves: the moments at which the curve of each branch was measured, by its number; those
  ///     that the branch does not have are left out.
  ///   - position: where the training stands.
  ///   - data: the fingerprint of the data.
  ///   - weights: the fingerprint of the weights at the position.
  ///   - view: what is looked at.
  ///   - race: the race that was started last.
  public init(
    program: String, folder: String? = nil, settings: Settings,
    initial: [NetworkParameters]? = nil, branches: [Branch],
    curves: [Int: [CurveMoment]] = [:], position: TimelinePosition,
    data: Fingerprint, weights: Fingerprint, view: [String: ViewValue] = [:],
    race: SavedRace? = nil
  ) {
    self.program = program
    self.folder = folder
    self.settings = settings
    self.initial = initial
    let numbers = Set(branches.map(\.number))
    self.branches = branches.map { branch in
      Branch(
        number: branch.number, name: branch.name,
        parent: branch.parent.flatMap { numbers.contains($0) ? $0 : nil }, origin: branch.origin,
        journal: branch.journal, reached: branch.reached)
    }
    self.curves = [:]
    for branch in branches {
      let moments = CurveMoment.kept(curves[branch.number] ?? [], of: branch)
      if !moments.isEmpty { self.curves[branch.number] = moments }
    }
    self.position = position
    self.data = data
    self.weights = weights
    self.view = view
    self.race = race
  }

  /// The branch that training is on.
  ///
  /// - Precondition: the position is on one of the branches, as it is in a session that was read.
  public var branch: Branch {
    guard let branch = branches.first(where: { $0.number == position.branch }) else {
      preconditionFailure("there is no branch \(position.branch)")
    }
    return branch
  }

  /// Whether a person made something: a change, a branch, its name, or a change in a race.
  ///
  /// A run that was only trained is made again by its command.
  public var isMade: Bool {
    branches.count > 1 || branches.contains { $0.name != nil || !$0.journal.entries.isEmpty }
      || race?.isMade ?? false
  }
}

/// A value of what is looked at: a name or a whole number.
public enum ViewValue: Equatable, Sendable {
  /// A name.
  case text(String)
  /// A whole number.
  case number(Int)

  /// The name; nil for a number.
  public var text: String? {
    if case .text(let text) = self { return text }
    return nil
  }

  /// The number; nil for a name.
  public var number: Int? {
    if case .number(let number) = self { return number }
    return nil
  }
}

extension ViewValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// A name.
  public init(stringLiteral text: String) { self = .text(text) }
  /// A number.
  public init(integerLiteral number: Int) { self = .number(number) }
}
