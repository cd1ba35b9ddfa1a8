public import DropoutLaws

/// The formats of laws' outcomes.
public enum LawFormat: String, CaseIterable, Sendable {
  /// For a person: grouped by topic, 80 columns.
  case table
  /// Comma-separated values with a header line.
  case csv
  /// One JSON object on each line.
  case json

  /// The lines before all others.
  public var header: [String] {
    self == .csv
      ? [
        "law,statement,source,measured,expected,error,tolerance,holds,sigma,samples,quantity,"
          + "relation,quantities,obstacle"
      ] : []
  }

  /// The lines of one law, without newlines.
  ///
  /// - Parameters:
  ///   - outcome: the outcome of the law.
  ///   - previous: the outcome written before; a table begins each topic with its name.
  /// - Returns: one line, or several lines of a table.
  public func lines(_ outcome: LawOutcome, after previous: LawOutcome? = nil) -> [String] {
    switch self {
    case .json: [LawFormat.json(outcome)]
    case .csv: [LawFormat.csv(outcome)]
    case .table: LawFormat.table(outcome, after: previous)
    }
  }

  /// The lines after all others.
  public func footer(_ verdict: LawVerdict) -> [String] {
    self == .table ? [""] + Prose.lines(verdict.sentence, indent: 0) : []
  }

  private static func json(_ outcome: LawOutcome) -> String {
    var line = JSONLine()
    line.object { line in
      line.member("law", outcome.law)
      line.member("statement", outcome.statement)
      line.member("source", outcome.source)
      line.member("measured", outcome.worst?.measured ?? .nan)
      line.member("expected", outcome.worst?.expected ?? .nan)
      line.member("error", outcome.worst?.error ?? .nan)
      line.member("tolerance", outcome.worst?.tolerance ?? .nan)
      line.key("holds")
      line.value(outcome.holds)
      if let sampling = outcome.worst?.sampling {
        line.member("sigma", sampling.sigma)
        line.member("samples", sampling.samples)
      }
      if let worst = outcome.worst { line.member("quantity", worst.quantity) }
      if let worst = outcome.worst { line.member("relation", worst.relation.rawValue) }
      line.member("quantities", outcome.quantities)
      if let obstacle = outcome.obstacle { line.member("obstacle", obstacle) }
    }
    return line.text
  }

  private static func csv(_ outcome: LawOutcome) -> String {
    func exact(_ value: Double?) -> String { value.map { $0.isNaN ? "NaN" : "\($0)" } ?? "NaN" }
    func quoted(_ text: String) -> String {
      let needsQuotes = text.contains { $0 == "," || $0 == "\"" || $0 == "\n" }
      return needsQuotes
        ? "\""
          + text.split(separator: "\"", omittingEmptySubsequences: false)
          .joined(separator: "\"\"") + "\"" : text
    }
    let worst = outcome.worst
    return [
      outcome.law, quoted(outcome.statement), quoted(outcome.source), exact(worst?.measured),
      exact(worst?.expected), exact(worst?.error), exact(worst?.tolerance), "\(outcome.holds)",
      worst?.sampling.map { exact($0.sigma) } ?? "", worst?.sampling.map { "\($0.samples)" } ?? "",
      quoted(worst?.quantity ?? ""), worst?.relation.rawValue ?? "", "\(outcome.quantities)",
      quoted(outcome.obstacle ?? ""),
    ].joined(separator: ",")
  }
}
