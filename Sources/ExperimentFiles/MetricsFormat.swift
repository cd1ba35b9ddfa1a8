public import DropoutCore

/// How lines of training metrics are written.
public enum MetricsFormat: String, CaseIterable, Sendable {
  /// Columns for a person.
  case table
  /// Comma-separated values with a header line.
  case csv
  /// One JSON object a line.
  case json

  /// The line above all others; nil where there is none.
  public func header(for metrics: TrainingMetrics) -> String? {
    switch self {
    case .json: nil
    case .csv: MetricsFormat.columns(of: metrics).map(\.name).joined(separator: ",")
    case .table:
      MetricsFormat.columns(of: metrics).map { column in
        MetricsFormat.padded(column.title, to: column.width)
      }.joined(separator: " ")
    }
  }

  /// One line, without its newline.
  public func line(_ metrics: TrainingMetrics) -> String {
    switch self {
    case .json: MetricsFormat.json(metrics)
    case .csv:
      MetricsFormat.columns(of: metrics).map(\.exact).joined(separator: ",")
    case .table:
      MetricsFormat.columns(of: metrics).map { column in
        MetricsFormat.padded(column.short, to: column.width)
      }.joined(separator: " ")
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func json(_ metrics: TrainingMetrics) -> String {
    var line = JSONLine()
    line.object { line in
      line.member("step", metrics.step)
      line.member("epoch", metrics.epoch)
      line.member("trainLoss", metrics.training.loss)
      line.member("testLoss", metrics.test?.loss ?? .nan)
      line.member("minibatchLoss", metrics.minibatchLoss ?? .nan)
      if let accuracy = metrics.training.accuracy {
        line.member("trainAccuracy", accuracy)
        line.member("testAccuracy", metrics.test?.accuracy ?? .nan)
      } else {
        line.member("trainR2", metrics.training.r2 ?? .nan)
        line.member("testR2", metrics.test?.r2 ?? .nan)
      }
      if !metrics.divergence.isEmpty { divergence(metrics.divergence, to: &line) }
      line.member("keepProbability", metrics.keepProbability)
      line.member("learningRate", metrics.learningRate)
    }
    return line.text
  }

  private static func divergence(_ layers: [LayerDivergence], to line: inout JSONLine) {
    line.member("divergence", layers.map(\.expected))
    line.member("ratio", layers.map(\.ratio))
    line.key("divergenceMethod")
    line.array { line in
      for layer in layers { line.value(layer.method.name) }
    }
    line.member("divergenceDrawn", layers.map(\.drawn))
  }
}
