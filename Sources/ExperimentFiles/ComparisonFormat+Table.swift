import DropoutEngine
import DropoutMeasure

extension ComparisonFormat {
  private static let nameWidth = 18

  /// A table for each point of the grid, with the differences and the conclusions below it.
  static func table(_ comparison: Comparison) -> [String] {
    var lines: [String] = []
    for group in comparison.groups where group.members.contains(where: { !$0.seeds.isEmpty }) {
      if !lines.isEmpty { lines.append("") }
      lines += table(group)
    }
    if !lines.isEmpty { lines += [""] + Prose.lines(footer(comparison), indent: 0) }
    return lines
  }

  private static func table(_ group: ComparisonGroup) -> [String] {
    let members = group.members.filter { !$0.seeds.isEmpty }
    let isClassification = members.first?.isClassification ?? true
    let score = isClassification ? "acc" : "R2"
    var lines = Prose.lines(title(group, members), indent: 0)
    lines.append(
      row("", ["test", "", "test", "train", "train", "out", "out", "calib."]))
    lines.append(
      row("variant", ["loss", "sd", score, "loss", score, "div", "ratio", "error"]))
    for member in members {
      let loss = member.summary(.testLoss)
      let others: [RunMetric] = [
        .testScore, .trainLoss, .trainScore, .outputDivergence, .outputRatio, .calibrationError,
      ]
      lines.append(
        row(
          member.variant.rawValue,
          ([loss.mean, loss.deviation] + others.map { member.summary($0).mean }).map(
            MetricsFormat.short)))
    }
    for member in members { lines += leftOut(member) }
    let compared = members.filter { !$0.differences.isEmpty }
    guard let reference = compared.first?.reference else { return lines }
    lines.append("")
    lines += Prose.lines(
      "Minus \(reference.rawValue), paired by seed, with the interval of 95 % (Student's t):",
      indent: 0)
    lines.append(
      differenceRow("variant", ["test loss", "low", "high", "test \(score)", "low", "high"]))
    for member in compared {
      let numbers = [RunMetric.testLoss, .testScore].flatMap { metric in
        let difference = member.differences[metric]
        return [difference?.mean, difference?.low, difference?.high].map {
          signed($0 ?? .nan)
        }
      }
      lines.append(differenceRow(member.variant.rawValue, numbers))
    }
    lines.append("")
    for member in compared {
      lines += Prose.lines(ComparisonConclusion.sentence(member, in: group), indent: 0)
    }
    return lines
  }

  private static func title(_ group: ComparisonGroup, _ members: [ComparisonMember]) -> String {
    let point = group.point.map { "\($0.name)=\(ForeignText.shown($0.value)) " }.joined()
    let steps = Set(members.map(\.steps)).sorted().map(String.init).joined(separator: " or ")
    let seeds = members.map(\.seeds.count).max() ?? 0
    let planned = members.map(\.plannedSeeds).max() ?? 0
    let all = members.allSatisfy { $0.seeds.count == planned }
    let first = members.flatMap(\.seeds).min() ?? 0
    let last = members.flatMap(\.seeds).max() ?? 0
    let count = all ? "\(seeds)" : "up to \(seeds) of \(planned)"
    let range = first == last ? "\(first)" : "\(first) to \(last)"
    return
      "\(point)\(count) \(planned == 1 ? "seed" : "seeds") (\(range)), \(steps) steps; means over "
      + "the seeds"
  }

  /// The values that the means leave out, with the reasons.
  private static func leftOut(_ member: ComparisonMember) -> [String] {
    var lines: [String] = []
    let name = member.variant.rawValue
    if !member.diverged.isEmpty {
      let shown = member.diverged.prefix(5).map { "step \($0.step) (seed \($0.seed))" }
      let more = member.diverged.count > shown.count ? ", …" : ""
      lines += Prose.lines(
        "\(name): \(member.diverged.count) of \(member.seeds.count) seeds diverged at "
          + shown.joined(separator: ", ") + more + "; its means are over the others",
        indent: 0)
    }
    let expected = member.seeds.count - member.diverged.count
    for metric in metrics {
      let count = member.summary(metric).count
      guard count < expected, count > 0 else { continue }
      lines += Prose.lines(
        "\(name): \(metric.fieldName(isClassification: member.isClassification)) is not finite for "
          + "\(expected - count) of \(expected) seeds; its mean is over the others", indent: 0)
    }
    return lines
  }

  private static func footer(_ comparison: Comparison) -> String {
    let partial =
      comparison.isComplete
      ? "" : "Only \(comparison.finished) of \(comparison.planned) runs are finished. "
    let intervals = comparison.groups.reduce(0) { $0 + max(0, $1.members.count - 1) }
    let caution =
      intervals > 1
      ? "Each interval stands for itself: of all \(intervals) of a kind, about one in twenty "
        + "misses by chance alone. "
      : ""
    return
      "\(partial)\(caution)sd is the standard deviation over seeds, the calibration error that of "
      + "15 equal bins of the largest probability. Nothing here speaks of other data, networks or "
      + "lengths of training."
  }

  private static func row(_ name: String, _ numbers: [String]) -> String {
    padded(name) + numbers.map { left($0, width: 7) }.joined(separator: "")
  }

  private static func differenceRow(_ name: String, _ numbers: [String]) -> String {
    padded(name) + numbers.map { left($0, width: 10) }.joined(separator: "")
  }

  private static func padded(_ text: String) -> String {
    text + String(repeating: " ", count: max(0, nameWidth - text.count))
  }

  private static func left(_ text: String, width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  /// With a sign in front, since it is a difference.
  static func signed(_ value: Double) -> String {
    let text = MetricsFormat.short(value)
    return value > 0 && value.isFinite ? "+\(text)" : text
  }
}
