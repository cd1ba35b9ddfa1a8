import DropoutEngine
public import DropoutMeasure

/// The formats of a comparison's results.
public enum ComparisonFormat: String, CaseIterable, Sendable {
  /// For a person: a table for each point of the grid, with the conclusions.
  case table
  /// Comma-separated values: a header, then a line for each variant.
  case csv
  /// One JSON object for each variant, on a line of its own.
  case json

  /// All lines of a comparison, without newlines.
  public func lines(_ comparison: Comparison) -> [String] {
    switch self {
    case .table: ComparisonFormat.table(comparison)
    case .csv: ComparisonFormat.csv(comparison)
    case .json:
      comparison.groups.flatMap { group in
        group.members.filter { !$0.seeds.isEmpty }.map { ComparisonFormat.json($0, of: group) }
      }
    }
  }

  /// The metrics in the order of the fields.
  static let metrics: [RunMetric] = [
    .testLoss, .trainLoss, .testScore, .trainScore, .outputDivergence, .outputRatio,
    .calibrationError,
  ]

  private static func json(_ member: ComparisonMember, of group: ComparisonGroup) -> String {
    func name(_ metric: RunMetric) -> String {
      metric.fieldName(isClassification: member.isClassification)
    }
    var line = JSONLine()
    line.object { line in
      line.member("variant", member.variant.rawValue)
      line.key("seeds")
      line.array { line in
        for seed in member.seeds { line.value(seed) }
      }
      line.member("steps", member.steps)
      for metric in metrics {
        let summary = member.summary(metric)
        line.key(name(metric))
        line.object { line in
          line.member("mean", summary.mean)
          line.member("sd", summary.deviation)
          line.member("min", summary.minimum)
          line.member("max", summary.maximum)
          line.member("values", summary.values)
        }
      }
      line.key("sweep")
      line.object { line in
        for value in group.point { line.member(value.name, value.value) }
      }
      line.member("plannedSeeds", member.plannedSeeds)
      line.key("finiteValues")
      line.object { line in
        for metric in metrics { line.member(name(metric), member.summary(metric).count) }
      }
      line.key("diverged")
      line.array { line in
        for one in member.diverged {
          line.object { line in
            line.key("seed")
            line.value(one.seed)
            line.member("step", one.step)
          }
        }
      }
      if let reference = member.reference {
        line.member("reference", reference.rawValue)
        line.key("differences")
        line.object { line in
          for metric in metrics {
            guard let difference = member.differences[metric] else { continue }
            line.key(name(metric))
            line.object { line in
              line.member("mean", difference.mean)
              line.member("low", difference.low)
              line.member("high", difference.high)
              line.member("pairs", difference.pairs)
            }
          }
        }
        line.member("conclusion", ComparisonConclusion.sentence(member, in: group))
      }
    }
    return line.text
  }
}
