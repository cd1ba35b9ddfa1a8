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
    case .table: MetricsFormat.row(MetricsFormat.columns(of: metrics), \.title)
    }
  }

  /// One line, without its newline.
  public func line(_ metrics: TrainingMetrics) -> String {
    switch self {
    case .json: MetricsFormat.json(metrics)
    case .csv: MetricsFormat.columns(of: metrics).map(\.exact).joined(separator: ",")
    case .table: MetricsFormat.row(MetricsFormat.columns(of: metrics), \.short)
    }
  }

  /// Texts of columns, each at the right of its width.
  private static func row(
    _ columns: [MetricsColumn], _ text: (MetricsColumn) -> String
  ) -> String {
    var row = ""
    for (index, column) in columns.enumerated() {
      let text = text(column)
      let gap = (index == 0 ? 0 : 1) + max(0, column.width - text.utf8.count)
      for _ in 0..<gap { row.append(" ") }
      row.append(text)
    }
    return row
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
