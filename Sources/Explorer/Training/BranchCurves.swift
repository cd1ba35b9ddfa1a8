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

  /// The curves of a run of which some points are known.
  init(_ points: [CurvePoint] = [], of branch: Int = 1) {
    recorders = points.isEmpty ? [:] : [branch: CurveRecorder(points: points)]
  }

  /// The most points of a curve that training is not on.
  static let fewPoints = 200

  /// Notes a point of the branch that training is on.
  ///
  /// A branch starts with the points that it shares with the one that it left.
  mutating func append(_ point: CurvePoint, of run: TimelineOutline) {
    let branch = run.branch
    var recorder = recorders[branch.number] ?? CurveRecorder()
    if recorders[branch.number] == nil, let parent = branch.parent.flatMap({ recorders[$0] }) {
      recorder = parent.through(branch.origin)
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
