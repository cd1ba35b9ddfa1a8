import DropoutEngine
import DropoutMeasure

/// The sides of a race: the runners that compete, the references beside them, and what may be said
/// of them so far.
///
/// In the question, unscaled, classic and inverted compete. Without any dropout, or with L2 in the
/// place of scaling, a runner is a reference.
struct RaceContest {
  /// The runners that compete.
  let contest: [Int]
  /// The others.
  let references: [Int]
  /// The runner of the contest with the least test loss; nil where none is finite.
  let leader: Int?
  /// The runner of the contest with the largest test loss; nil where none is finite.
  let last: Int?
  /// Two runners with the same weights, of which only the second one scales at test; nil where
  /// there are none.
  let sameWeights: (unscaled: Int, scaled: Int)?
  /// Why it is too early to judge; nil where it is not.
  let earliness: Earliness?

  /// A reason not to judge yet.
  enum Earliness: Equatable {
    /// Few steps were taken.
    case fewSteps
    /// The order of the contest is not the order of half the steps.
    case orderChanges
  }

  /// The steps below which nothing is judged.
  static let fewSteps = 200

  init(_ state: ExplorerState) {
    let lanes = state.lanes
    func isReference(_ lane: Int) -> Bool {
      [.none, .unscaledL2].contains(lanes[lane].configuration.variant)
    }
    let competing = lanes.indices.filter { !isReference($0) }
    let contest = competing.isEmpty ? Array(lanes.indices) : competing
    self.contest = contest
    references = lanes.indices.filter { !contest.contains($0) }
    func ranked(_ loss: (Int) -> Double) -> [Int] {
      contest.filter { loss($0).isFinite }.sorted { (loss($0), $0) < (loss($1), $1) }
    }
    let now = ranked { lanes[$0].test.loss }
    leader = now.first
    last = now.count > 1 ? now.last : nil
    sameWeights = contest.lazy.flatMap { one in contest.lazy.map { (one, $0) } }.first {
      one, other in
      Self.areTwins(lanes[one], lanes[other])
    }.map { (unscaled: $0.0, scaled: $0.1) }
    let step = state.race?.step ?? 0
    let before = ranked { lane in
      lanes[lane].points.last { 2 * $0.step <= step }?.testLoss ?? .nan
    }
    earliness = step < Self.fewSteps ? .fewSteps : before != now ? .orderChanges : nil
  }

  /// Whether two runners train alike, to the bit, and only the second one scales at test.
  private static func areTwins(_ one: LaneSnapshot, _ other: LaneSnapshot) -> Bool {
    one.configuration.dropout.scaling == .off && other.configuration.dropout.scaling == .classic
      && one.weightNorm == other.weightNorm && one.minibatchLoss == other.minibatchLoss
  }

  /// The references in plain words, from long to short: what it means where the runner without
  /// dropout has the least loss of all.
  func referenceTexts(_ lanes: [LaneSnapshot]) -> [String] {
    let finite = lanes.indices.filter { lanes[$0].test.loss.isFinite }
    let best = finite.min { lanes[$0].test.loss < lanes[$1].test.loss }
    guard let best, references.contains(best), lanes[best].configuration.variant == .none else {
      return ["beside the contest, to compare with", "to compare with"]
    }
    let far = earliness == nil ? "here" : "so far"
    return [
      "no dropout at all (none) does best \(far): on these data masks cost more than they bring",
      "no dropout does best \(far): masks cost more than they bring", "no dropout does best \(far)",
    ]
  }

  /// The loss that scaling alone makes: of the same weights, tested without it and with it.
  func lossOfScaling(_ lanes: [LaneSnapshot]) -> Double? {
    sameWeights.map { lanes[$0.unscaled].test.loss - lanes[$0.scaled].test.loss }
  }

  /// How much less loss the leader has than the last one; nil where there are no two.
  func lead(_ lanes: [LaneSnapshot]) -> Double? {
    guard let leader, let last else { return nil }
    return lanes[last].test.loss - lanes[leader].test.loss
  }
}

extension LaneSnapshot {
  /// Its name where it stands among references: `L2 0.01` for `unscaled-l2 0.01`, and `changed
  /// unscaled` for a runner that is scaled by now.
  var shortName: String {
    let plain =
      name.hasPrefix("unscaled-l2 ") ? "L2" + name.dropFirst("unscaled-l2".count) : name
    return isNamedRightly ? plain : "changed \(plain)"
  }

  /// Whether it is still the one that its name says.
  private var isNamedRightly: Bool {
    configuration.dropout == entry.configuration.dropout
      && (configuration.variant != .unscaledL2 || configuration.l2 == entry.configuration.l2)
  }
}
