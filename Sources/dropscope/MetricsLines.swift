import DropoutEngine
import DropoutMeasure
import ExperimentFiles
import Threads

/// Measures a training on its own threads, and writes a line of metrics for each moment, in order.
///
/// Training continues meanwhile.
final class MetricsLines: Sendable {
  private struct Line: Sendable {
    var metrics: TrainingMetrics
    var text: String
  }

  private struct Order: Sendable {
    var moment: TrainingMoment
    var measuresDivergence: Bool
  }

  private let pipeline: OrderedPipeline<Order, Line>
  private let newestMetrics: Newest
  private let measured: MeasuredShare

  /// The bytes of copied weights that may wait to be measured, besides the one copy that always
  /// exists.
  private static let waitingBytes = 4 << 20
  /// The number of moments that may wait, however small: more than a fast training makes while a
  /// thread sleeps.
  private static let waitingMoments = 64

  /// Starts the threads.
  init(
    of group: LearnerGroup, scope: MetricsScope, format: MetricsFormat, threads: Int,
    activity: ActivityLine
  ) {
    let layout = MetricsLayout(
      format: format, hiddenLayers: group.shape.hidden.count,
      isClassification: group.dataset.isClassification, hasDivergence: scope != .losses)
    let writer = Writer(header: layout.header, activity: activity)
    let measured = MeasuredShare(
      passesOfMoment: group.dataset.count * group.learners.count, activity: activity)
    self.measured = measured
    let newest = Newest()
    newestMetrics = newest
    let (dataset, kernels) = (group.dataset, group.kernels)
    pipeline = OrderedPipeline(
      threads: threads,
      capacity: max(
        1,
        min(
          MetricsLines.waitingMoments, MetricsLines.waitingBytes / max(1, group.momentByteCount)))
    ) {
      let measurer = Measurer(dataset: dataset, kernels: kernels)
      if activity.isShown { measurer.passed = { measured.add($0) } }
      return { order in
        let metrics = TrainingMetrics(
          of: order.moment, measurer: measurer, measuresDivergence: order.measuresDivergence)
        return Line(metrics: metrics, text: layout.line(metrics))
      }
    } deliver: { line, isNewest in
      try writer.write(line.text, isNewest: isNewest)
      newest.metrics.withLock { $0 = line.metrics }
    }
  }

  /// Hands a moment over; waits where many are already waiting.
  func write(_ moment: TrainingMoment, measuresDivergence: Bool) throws {
    measured.expectMoment()
    let order = Order(moment: moment, measuresDivergence: measuresDivergence)
    try measured.whileWaiting { try pipeline.handOver(order) }
  }

  /// The metrics of the last moment; waits until its line is written.
  func newest() throws -> TrainingMetrics? {
    try measured.whileWaiting { try pipeline.drain() }
    return newestMetrics.metrics.withLock { $0 }
  }

  /// Waits until all lines are written.
  func finish() throws { try measured.whileWaiting { try pipeline.finish() } }

  /// The metrics written last.
  private final class Newest: Sendable {
    let metrics = Guarded<TrainingMetrics?>(nil)
  }

  /// The standard output, with the header before the first line.
  private final class Writer: Sendable {
    private let output: Guarded<Output>
    private let activity: ActivityLine

    private struct Output: ~Copyable {
      var stream = OutputStream.standardOutput()
      /// The header, until it is written above the first line.
      var header: String?
    }

    init(header: String?, activity: ActivityLine) {
      output = Guarded(Output(header: header))
      self.activity = activity
    }

    func write(_ line: String, isNewest: Bool) throws(CommandFailure) {
      try output.withLock { output throws(CommandFailure) in
        if let header = output.header.take() { try output.stream.writeLine(header) }
        try output.stream.writeLine(line)
        // A reader sees each line at once; many lines together are written at once.
        guard isNewest else { return }
        activity.away()
        try output.stream.flush()
      }
    }
  }
}
