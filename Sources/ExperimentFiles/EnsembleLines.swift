public import DropoutEngine
public import DropoutMeasure

/// The format of examples' ensembles, one on each line.
public struct EnsembleLines: Sendable {
  private let format: MetricsFormat
  private let dataset: Dataset
  private var outputNames: [String] { dataset.outputNames }

  /// Creates lines for the ensembles of a dataset.
  public init(format: MetricsFormat, dataset: Dataset) {
    self.format = format
    self.dataset = dataset
  }

  /// The lines before all others.
  public func header(for ensemble: SubnetworkEnsemble) -> [String] {
    switch format {
    case .json: []
    case .csv: [EnsembleLines.fields(of: ensemble).map(\.name).joined(separator: ",")]
    case .table: tableHeader(for: ensemble)
    }
  }

  /// One line, without its newline.
  ///
  /// Targets and outputs that are numbers are in the target's own units, losses in those of the
  /// training.
  public func line(_ ensemble: SubnetworkEnsemble) -> String {
    let ensemble = ensemble.inOwnUnits(of: dataset)
    return switch format {
    case .json: EnsembleLines.json(ensemble)
    case .csv: EnsembleLines.fields(of: ensemble).map(\.value).joined(separator: ",")
    case .table: tableLine(ensemble)
    }
  }

  /// The lines after all others.
  public func closing(_ summary: EnsembleSummary) -> [String] {
    guard format == .table, summary.count > 0 else { return [] }
    let losses = summary.losses
    let examples = summary.count == 1 ? "1 example" : "\(summary.count) examples"
    let text =
      "Mean loss over \(examples): subnetworks \(short(losses.subnetworks)), their mean "
      + "\(short(losses.mean)), weight scaling \(short(losses.weightScaling)), test pass "
      + "\(short(losses.test)). Gap: subnetworks - weight scaling = "
      + "\(short(losses.subnetworks - losses.weightScaling)). \(summary.sentence ?? "")"
      + (dataset.targetScalings.isEmpty
        ? ""
        : " Outputs are in the target's own units, losses in units of its standard deviation "
          + "squared.")
    return [""] + Prose.lines(text, width: 79)
  }

  // MARK: The table

  private func tableHeader(for ensemble: SubnetworkEnsemble) -> [String] {
    let what = ensemble.hasProbabilities ? "probability of the target" : "first output"
    return [
      "                 | \(padded(what, to: 31, before: false)) | loss",
      "example   target |  arithm geometr  scaled    test |   mean scaled     gap by",
    ]
  }

  private func tableLine(_ ensemble: SubnetworkEnsemble) -> String {
    let output = ensemble.hasProbabilities ? targetClass(of: ensemble) : 0
    let target =
      ensemble.isClassification
      ? String(outputNames[targetClass(of: ensemble)].prefix(8)) : short(ensemble.target[0])
    return [
      padded("\(ensemble.example)", to: 7), padded(target, to: 8), "|",
      padded(short(ensemble.arithmeticMean[output]), to: 7),
      padded(ensemble.geometricMean.map { short($0[output]) } ?? "n/a", to: 7),
      padded(short(ensemble.weightScaling[output]), to: 7),
      padded(short(ensemble.testNetwork[output]), to: 7), "|",
      padded(short(ensemble.loss.meanOfSubnetworks), to: 6),
      padded(short(ensemble.loss.weightScaling), to: 6), padded(short(ensemble.loss.gap), to: 7),
      EnsembleLines.method(ensemble),
    ].joined(separator: " ")
  }

  private static func method(_ ensemble: SubnetworkEnsemble) -> String {
    switch ensemble.method {
    case .exact: ensemble.maskedUnits == 0 ? "1 net" : "2^\(ensemble.maskedUnits)"
    case .monteCarlo(let samples) where samples >= 1_000_000: "mc\(samples / 1_000_000)M"
    case .monteCarlo(let samples) where samples >= 10_000: "mc\(samples / 1_000)k"
    case .monteCarlo(let samples): "mc\(samples)"
    }
  }

  private func targetClass(of ensemble: SubnetworkEnsemble) -> Int {
    EnsembleLines.targetClass(of: ensemble)
  }

  static func targetClass(of ensemble: SubnetworkEnsemble) -> Int {
    ensemble.target.firstIndex(of: 1) ?? 0
  }

  private func padded(_ text: String, to width: Int, before: Bool = true) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return before ? blanks + text : text + blanks
  }

  private func short(_ value: Double) -> String { MetricsFormat.short(value) }
}
