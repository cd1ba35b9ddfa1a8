public import DropoutMeasure

/// The layout of the lines of one training, which all have the same columns.
public struct MetricsLayout: Sendable {
  private let format: MetricsFormat
  private let columns: [MetricsColumn]

  /// The layout of a training.
  ///
  /// - Parameters:
  ///   - format: the format of its lines.
  ///   - hiddenLayers: the number of its hidden layers.
  ///   - isClassification: whether its targets are classes.
  ///   - hasDivergence: whether lines have a divergence. A line without a measured one leaves it
  ///     out in JSON, and has an empty field or a dash otherwise.
  public init(
    format: MetricsFormat, hiddenLayers: Int, isClassification: Bool, hasDivergence: Bool
  ) {
    self.format = format
    columns =
      MetricsColumn.losses(isClassification: isClassification)
      + (hasDivergence
        ? (0...hiddenLayers).flatMap { MetricsColumn.divergence($0, of: hiddenLayers) } : [])
      + MetricsColumn.settings(hiddenLayers: hiddenLayers)
  }

  /// The line before all others; nil where there is none.
  public var header: String? {
    switch format {
    case .json: nil
    case .csv: columns.map(\.name).joined(separator: ",")
    case .table: row(\.title)
    }
  }

  /// One line, without its newline.
  public func line(_ metrics: TrainingMetrics) -> String {
    switch format {
    case .json: MetricsLayout.json(metrics)
    case .csv: columns.map { $0.value(metrics).exact }.joined(separator: ",")
    case .table: row { $0.value(metrics).short }
    }
  }

  /// A text for each column, aligned right.
  private func row(_ text: (MetricsColumn) -> String) -> String {
    var row: [UInt8] = []
    row.reserveCapacity(columns.reduce(0) { $0 + $1.width + 1 })
    for (index, column) in columns.enumerated() {
      let text = text(column).utf8
      let gap = (index == 0 ? 0 : 1) + max(0, column.width - text.count)
      row.append(contentsOf: repeatElement(UInt8(ascii: " "), count: gap))
      row.append(contentsOf: text)
    }
    return String(decoding: row, as: UTF8.self)
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
