import DropoutCore

/// One column of the metrics of a line.
struct MetricsColumn {
  /// What stands in a column.
  enum Value {
    case count(Int)
    case number(Double)
    case word(String)
  }

  /// The name in a csv file: the field of the JSON form, with the layer's number behind it.
  var name: String
  /// The name above the table.
  var title: String
  /// The least width in the table.
  var minimumWidth = 8
  var value: Value

  /// The width in the table.
  var width: Int { max(minimumWidth, title.utf8.count) }

  /// The value in every digit.
  var exact: String {
    switch value {
    case .count(let count): "\(count)"
    case .number(let number): MetricsFormat.exact(number)
    case .word(let word): word
    }
  }

  /// The value for a person.
  var short: String {
    switch value {
    case .count(let count): "\(count)"
    case .number(let number): MetricsFormat.short(number)
    case .word(let word): word
    }
  }
}

extension MetricsFormat {
  /// The columns of a line, in the order of the JSON form.
  static func columns(of metrics: TrainingMetrics) -> [MetricsColumn] {
    var columns: [MetricsColumn] = []
    columns.reserveCapacity(
      8 + 4 * metrics.divergence.count + metrics.keepProbability.count)
    func number(_ name: String, _ title: String, _ value: Double?) {
      columns.append(MetricsColumn(name: name, title: title, value: .number(value ?? .nan)))
    }
    columns.append(MetricsColumn(name: "step", title: "step", value: .count(metrics.step)))
    columns.append(
      MetricsColumn(name: "epoch", title: "epoch", minimumWidth: 6, value: .count(metrics.epoch)))
    number("trainLoss", "train loss", metrics.training.loss)
    number("testLoss", "test loss", metrics.test?.loss)
    number("minibatchLoss", "masked loss", metrics.minibatchLoss)
    if metrics.training.accuracy != nil {
      number("trainAccuracy", "train acc", metrics.training.accuracy)
      number("testAccuracy", "test acc", metrics.test?.accuracy)
    } else {
      number("trainR2", "train R2", metrics.training.r2)
      number("testR2", "test R2", metrics.test?.r2)
    }
    for (index, layer) in metrics.divergence.enumerated() {
      let place = index == metrics.divergence.count - 1 ? "out" : "h\(index + 1)"
      number("divergence\(index + 1)", "div \(place)", layer.expected)
      number("ratio\(index + 1)", "ratio \(place)", layer.ratio)
      columns.append(
        MetricsColumn(
          name: "divergenceMethod\(index + 1)", title: "by", minimumWidth: 6,
          value: .word(layer.method.name)))
      number("divergenceDrawn\(index + 1)", "drawn \(place)", layer.drawn)
    }
    for (index, keep) in metrics.keepProbability.enumerated() {
      number("keepProbability\(index + 1)", "keep h\(index + 1)", keep)
    }
    number("learningRate", "rate", metrics.learningRate)
    return columns
  }

  /// The value in every digit.
  static func exact(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return "\(value)"
  }

  /// Four decimals; more digits than that are in the other formats.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "n/a" : exact(value) }
    guard abs(value) < 1e9 else { return "\(Float(value))" }
    let scaled = Int((abs(value) * 10_000).rounded())
    let fraction = String(scaled % 10_000)
    let sign = value < 0 && scaled != 0 ? "-" : ""
    return "\(sign)\(scaled / 10_000)." + String(repeating: "0", count: 4 - fraction.count)
      + fraction
  }
}
