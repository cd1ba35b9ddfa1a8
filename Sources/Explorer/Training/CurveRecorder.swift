import DropoutEngine

/// The curves of a training, thinned out as they grow so that they never take more than a fixed
/// room.
struct CurveRecorder: Sendable {
  /// The most points that are kept.
  static let capacity = 2000
  /// The points so far.
  private(set) var points: [CurvePoint] = []
  /// Where a parameter was changed.
  private(set) var marks: [CurveMark] = []

  /// Appends a point; one at the step of the last point takes its place, unless a mark lies between
  /// them.
  ///
  /// Where there are too many points, every second one of the older half goes: the newest keep
  /// their density.
  mutating func append(_ point: CurvePoint) {
    if let last = points.last, last.step == point.step {
      // A change of the test pass alone moves the test loss within one step, so both points stay.
      if marks.last?.step == point.step, points.dropLast().last?.step != point.step {
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

  /// Notes a change; changes of one thing at one step are one mark.
  mutating func mark(_ mark: CurveMark) {
    if let last = marks.last, last.step == mark.step { marks.removeLast() }
    marks.append(mark)
    if marks.count > CurveRecorder.capacity { marks.removeFirst() }
  }
}
