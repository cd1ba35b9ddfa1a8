import DropoutEngine

/// The curves of a training, thinned out as they grow so that they never take more than a fixed
/// room.
struct CurveRecorder: Sendable {
  /// The most points that are kept.
  static let capacity = 2000
  /// The points so far, in the order of their steps.
  private(set) var points: [CurvePoint]

  /// Creates curves with points that are known.
  init(points: [CurvePoint] = []) {
    self.points = points
  }

  /// Appends a point; what lies before the last one is known.
  ///
  /// A point at the step of the last one takes its place, unless a change lies between them.
  ///
  /// Where there are too many points, every second one of the older half goes: the newest keep
  /// their density.
  mutating func append(_ point: CurvePoint, lastChange: Int?) {
    if let last = points.last, last.step > point.step { return }
    if let last = points.last, last.step == point.step {
      // A change of the test pass alone moves the test loss within one step, so both points stay.
      if lastChange == point.step, points.dropLast().last?.step != point.step {
        points.append(point)
      } else {
        points[points.count - 1] = point
      }
    } else {
      points.append(point)
    }
    guard points.count > CurveRecorder.capacity else { return }
    let half = points.count / 2
    points = points[..<half].enumerated().compactMap { $0 % 2 == 0 ? $1 : nil } + points[half...]
  }

  /// The curves up to a step.
  func through(_ step: Int) -> CurveRecorder {
    var earlier = self
    earlier.points = points.filter { $0.step <= step }
    return earlier
  }

  /// At most about that many points, the last one among them.
  func thinned(to count: Int) -> [CurvePoint] {
    let every = max(1, points.count / count)
    return points.enumerated().compactMap {
      $0 % every == 0 || $0 == points.count - 1 ? $1 : nil
    }
  }
}
