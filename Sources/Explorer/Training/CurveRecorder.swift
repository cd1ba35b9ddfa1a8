import DropoutEngine
import Sessions

/// The curves of a training, thinned out as they grow so that they never take more than a fixed
/// room.
struct CurveRecorder: Sendable {
  /// The most points that are kept.
  static let capacity = CurveMoment.most
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
        points[points.count - 1] = point.keepingMinibatches(of: last)
      }
    } else {
      points.append(point)
    }
    guard points.count > CurveRecorder.capacity else { return }
    let half = points.count / 2
    points = points[..<half].enumerated().compactMap { $0 % 2 == 0 ? $1 : nil } + points[half...]
  }

  /// The curves up to a step, with at most a number of changes.
  func through(_ step: Int, changes: Int) -> CurveRecorder {
    var earlier = self
    earlier.points = points.filter { $0.step <= step && $0.changes <= changes }
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

extension CurvePoint {
  /// The point with the minibatches of another one at the same step, where it has none of its own.
  ///
  /// A point that is measured again at one step has the same minibatches before it.
  fileprivate func keepingMinibatches(of other: CurvePoint) -> CurvePoint {
    guard minibatches == 0 else { return self }
    var point = self
    (point.minibatches, point.minibatchLoss) = (other.minibatches, other.minibatchLoss)
    return point
  }
}
