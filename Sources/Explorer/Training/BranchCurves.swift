import DropoutEngine

/// The curve of a branch that training is not on.
public struct BranchCurve: Sendable, Equatable {
  /// The number of the branch.
  public var branch: Int
  /// Its points, few of them.
  public var points: [CurvePoint]
}

/// The curves of all branches of a run.
struct BranchCurves: Sendable {
  private var recorders: [Int: CurveRecorder]

  /// The curves of a run of which the points of some branches are known.
  init(_ points: [Int: [CurvePoint]] = [:]) {
    recorders = points.filter { !$0.value.isEmpty }.mapValues { CurveRecorder(points: $0) }
  }

  /// The curves that measurements show.
  init(_ shown: SnapshotMeasurements) {
    self.init(shown.pointsByBranch)
  }

  /// The most points of a curve that training is not on.
  static let fewPoints = 200

  /// Notes a point of the branch that training is on.
  ///
  /// A branch starts with the points that it shares with the one that it left.
  mutating func append(_ point: CurvePoint, of run: TimelineOutline) {
    let branch = run.branch
    var recorder = recorders[branch.number] ?? CurveRecorder()
    if recorders[branch.number] == nil,
      let parent = run.branches.first(where: { $0.number == branch.parent }),
      let known = recorders[parent.number]
    {
      let shared = zip(parent.journal.entries, branch.journal.entries).prefix { $0 == $1 }.count
      recorder = known.through(branch.origin, changes: shared)
    }
    // The past has its points already. Between two changes at one step the loss is another one.
    if !run.isInPast || point.step > recorder.points.last?.step ?? -1 {
      recorder.append(point, lastChange: run.lastChange)
    }
    recorders[branch.number] = recorder
    let numbers = Set(run.branches.map(\.number))
    recorders = recorders.filter { numbers.contains($0.key) }
  }

  /// The points of a branch.
  func points(of branch: Int) -> [CurvePoint] { recorders[branch]?.points ?? [] }

  /// The curves of the other branches, thinned out, in the order of their numbers.
  func others(than branch: Int) -> [BranchCurve] {
    recorders.filter { $0.key != branch }.sorted { $0.key < $1.key }.map {
      BranchCurve(branch: $0.key, points: $0.value.thinned(to: BranchCurves.fewPoints))
    }
  }
}

extension TimelineOutline {
  /// The step of the last change in force; nil where nothing was changed.
  var lastChange: Int? {
    position.changes > 0 ? branch.journal.entries[position.changes - 1].step : nil
  }
}
