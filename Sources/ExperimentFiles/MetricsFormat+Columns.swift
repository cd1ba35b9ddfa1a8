import DropoutCore

/// One column of the metrics of a line.
struct MetricsColumn {
  /// The name in a csv file: the field of the JSON form, with the layer's number behind it.
  var name: String
  /// The name above the table.
  var title: String
  /// The width in the table.
  var width: Int
  /// The value in every digit.
  var exact: String
  /// The value for a person.
  var short: String
}

extension MetricsFormat {
  /// The columns of a line, in the order of the JSON form.
  static func columns(of metrics: TrainingMetrics) -> [MetricsColumn] {
    var columns = [
      MetricsColumn(
        name: "step", title: "step", width: 8, exact: "\(metrics.step)", short: "\(metrics.step)"),
      MetricsColumn(
        name: "epoch", title: "epoch", width: 6, exact: "\(metrics.epoch)",
        short: "\(metrics.epoch)"),
      number("trainLoss", "train loss", metrics.training.loss),
      number("testLoss", "test loss", metrics.test?.loss ?? .nan),
      number("minibatchLoss", "masked loss", metrics.minibatchLoss ?? .nan),
    ]
    if metrics.training.accuracy != nil {
      columns.append(number("trainAccuracy", "train acc", metrics.training.accuracy ?? .nan))
      columns.append(number("testAccuracy", "test acc", metrics.test?.accuracy ?? .nan))
    } else {
      columns.append(number("trainR2", "train R2", metrics.training.r2 ?? .nan))
      columns.append(number("testR2", "test R2", metrics.test?.r2 ?? .nan))
    }
    for (index, layer) in metrics.divergence.enumerated() {
      let place = index == metrics.divergence.count - 1 ? "out" : "h\(index + 1)"
      columns.append(number("divergence\(index + 1)", "div \(place)", layer.expected))
      columns.append(number("ratio\(index + 1)", "ratio \(place)", layer.ratio))
      columns.append(
        MetricsColumn(
          name: "divergenceMethod\(index + 1)", title: "by", width: 6, exact: layer.method.name,
          short: layer.method.name))
      columns.append(number("divergenceDrawn\(index + 1)", "drawn \(place)", layer.drawn))
    }
    for (index, keep) in metrics.keepProbability.enumerated() {
      columns.append(number("keepProbability\(index + 1)", "keep h\(index + 1)", keep))
    }
    columns.append(number("learningRate", "rate", metrics.learningRate))
    return columns
  }

  private static func number(_ name: String, _ title: String, _ value: Double) -> MetricsColumn {
    MetricsColumn(
      name: name, title: title, width: max(8, title.count), exact: exact(value),
      short: short(value))
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
