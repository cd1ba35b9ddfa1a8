import DropoutMeasure

/// One column of the lines of a training.
struct MetricsColumn: Sendable {
  /// The content of a column.
  enum Value {
    case count(Int)
    case number(Double)
    /// A value that a person has set.
    case setting(Double)
    case word(String)
    /// A value that was not measured for this line.
    case absent

    /// The value in every digit.
    var exact: String {
      switch self {
      case .count(let count): "\(count)"
      case .number(let number), .setting(let number): MetricsFormat.exact(number)
      case .word(let word): word
      case .absent: ""
      }
    }

    /// The value for a person.
    var short: String {
      switch self {
      case .count(let count): "\(count)"
      case .number(let number): MetricsFormat.short(number)
      case .setting(let number): MetricsFormat.setting(number)
      case .word(let word): word
      case .absent: "-"
      }
    }
  }

  /// The name in a csv file: the field of the JSON form, followed by the layer's number.
  let name: String
  /// The heading in the table.
  let title: String
  /// The width in the table.
  let width: Int
  /// The content.
  let value: @Sendable (TrainingMetrics) -> Value

  init(
    _ name: String, _ title: String, minimumWidth: Int = 8,
    _ value: @escaping @Sendable (TrainingMetrics) -> Value
  ) {
    self.name = name
    self.title = title
    self.value = value
    width = max(minimumWidth, title.utf8.count)
  }

  /// A column of numbers, NaN where there is none.
  private init(
    number name: String, _ title: String, _ value: @escaping @Sendable (TrainingMetrics) -> Double?
  ) {
    self.init(name, title) { .number(value($0) ?? .nan) }
  }
}

// The columns, in the order of the JSON form.
extension MetricsColumn {
  /// The progress and the quality of the training.
  static func losses(isClassification: Bool) -> [MetricsColumn] {
    let (name, title) = isClassification ? ("Accuracy", "acc") : ("R2", "R2")
    return [
      MetricsColumn("step", "step") { .count($0.step) },
      MetricsColumn("epoch", "epoch", minimumWidth: 6) { .count($0.epoch) },
      MetricsColumn(number: "trainLoss", "train loss") { $0.training.loss },
      MetricsColumn(number: "testLoss", "test loss") { $0.test?.loss },
      MetricsColumn(number: "minibatchLoss", "masked loss") { $0.minibatchLoss },
      MetricsColumn(number: "train\(name)", "train \(title)") {
        isClassification ? $0.training.accuracy : $0.training.r2
      },
      MetricsColumn(number: "test\(name)", "test \(title)") {
        isClassification ? $0.test?.accuracy : $0.test?.r2
      },
    ]
  }

  /// The divergence and the ratio of a layer; layer `hiddenLayers` is the output layer.
  static func divergence(_ layer: Int, of hiddenLayers: Int) -> [MetricsColumn] {
    let place = layer == hiddenLayers ? "out" : "h\(layer + 1)"
    func column(
      _ name: String, _ title: String, minimumWidth: Int = 8,
      _ value: @escaping @Sendable (LayerDivergence) -> Value
    ) -> MetricsColumn {
      MetricsColumn("\(name)\(layer + 1)", title, minimumWidth: minimumWidth) { metrics in
        metrics.divergence.isEmpty ? .absent : value(metrics.divergence[layer])
      }
    }
    return [
      column("divergence", "div \(place)") { .number($0.expected) },
      column("ratio", "ratio \(place)") { .number($0.ratio) },
      column("divergenceMethod", "by", minimumWidth: 6) { .word($0.method.name) },
      column("divergenceDrawn", "drawn \(place)") { .number($0.drawn) },
    ]
  }

  /// The settings in force.
  static func settings(hiddenLayers: Int) -> [MetricsColumn] {
    (0..<hiddenLayers).map { layer in
      MetricsColumn("keepProbability\(layer + 1)", "keep h\(layer + 1)") {
        .setting($0.keepProbability[layer])
      }
    } + [MetricsColumn("learningRate", "rate") { .setting($0.learningRate) }]
  }
}
