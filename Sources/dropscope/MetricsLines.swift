import DropoutCore
import ExperimentFiles
import Synchronization
import Threads

/// Measures a training on threads of its own, and writes a line of metrics for each moment that it is handed, in their
/// order: the training goes on meanwhile.
final class MetricsLines: Sendable {
  private struct Line: Sendable {
    var metrics: TrainingMetrics
    var text: String
  }

  private let pipeline: OrderedPipeline<TrainingMoment, Line>
  private let newestMetrics: Newest

  /// The bytes of copied weights that may wait to be measured, beyond the one copy that there always is.
  private static let waitingBytes = 16 << 20
  /// The moments that may wait, however small they are: what a fast training makes while a thread naps, and more.
  private static let waitingMoments = 64

  /// Starts the threads.
  init(of group: LearnerGroup, scope: MetricsScope, format: MetricsFormat, threads: Int) {
    let writer = Writer(format: format)
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
      return { moment in
        let metrics = TrainingMetrics(of: moment, measurer: measurer, scope: scope)
        return Line(metrics: metrics, text: format.line(metrics))
      }
    } deliver: { line, isNewest in
      try writer.write(line.text, of: line.metrics, isNewest: isNewest)
      newest.metrics.withLock { $0 = line.metrics }
    }
  }

  /// Hands a moment over; waits where many are waiting already.
  func write(_ moment: TrainingMoment) throws { try pipeline.handOver(moment) }

  /// The metrics of the moment that was handed over last; waits until its line is written.
  func newest() throws -> TrainingMetrics? {
    try pipeline.drain()
    return newestMetrics.metrics.withLock { $0 }
  }

  /// Waits until all lines are written.
  func finish() throws { try pipeline.finish() }

  /// The metrics that were written last.
  private final class Newest: Sendable {
    let metrics = Mutex<TrainingMetrics?>(nil)
  }

  /// The standard output, with the header before the first line.
  private final class Writer: Sendable {
    private let format: MetricsFormat
    private let output = Mutex(Output())

    private struct Output: ~Copyable {
      var stream = OutputStream.standardOutput()
      var hasBegun = false
    }

    init(format: MetricsFormat) { self.format = format }

    func write(_ line: String, of metrics: TrainingMetrics, isNewest: Bool) throws(CommandFailure) {
      try output.withLock { output throws(CommandFailure) in
        if !output.hasBegun, let header = format.header(for: metrics) {
          try output.stream.writeLine(header)
        }
        output.hasBegun = true
        try output.stream.writeLine(line)
        // Who reads along sees each line as soon as there is one; where many come at once they go out together.
        if isNewest { try output.stream.flush() }
      }
    }
  }
}
