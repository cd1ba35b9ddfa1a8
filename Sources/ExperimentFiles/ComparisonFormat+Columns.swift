import DropoutEngine
import DropoutMeasure

extension ComparisonFormat {
  /// The header, then a line for each variant.
  static func csv(_ comparison: Comparison) -> [String] {
    let members = comparison.groups.flatMap(\.members)
    let isClassification = members.first { !$0.results.isEmpty }?.isClassification ?? true
    let names = metrics.map { $0.fieldName(isClassification: isClassification) }
    var header = comparison.groups.first?.point.map(\.name) ?? []
    header += ["variant", "seeds", "steps", "diverged"]
    for name in names { header += ["mean", "sd", "min", "max"].map { "\(name).\($0)" } }
    for name in names {
      header += ["mean", "low", "high", "pairs"].map { "difference.\(name).\($0)" }
    }
    var lines = [header.map(quoted).joined(separator: ",")]
    for group in comparison.groups {
      for member in group.members where !member.seeds.isEmpty {
        lines.append(
          (group.point.map { ForeignText.line($0.value) } + fields(member)).map(quoted).joined(
            separator: ","))
      }
    }
    return lines
  }

  private static func fields(_ member: ComparisonMember) -> [String] {
    var fields = [
      member.variant.rawValue, "\(member.seeds.count)", "\(member.steps)",
      "\(member.diverged.count)",
    ]
    for metric in metrics {
      let summary = member.summary(metric)
      fields += [summary.mean, summary.deviation, summary.minimum, summary.maximum]
        .map(MetricsFormat.exact)
    }
    for metric in metrics {
      if let difference = member.differences[metric] {
        fields +=
          [difference.mean, difference.low, difference.high].map(MetricsFormat.exact)
          + ["\(difference.pairs)"]
      } else {
        fields += ["", "", "", ""]
      }
    }
    return fields
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.joined(separator: "\"\"") + "\""
  }
}
