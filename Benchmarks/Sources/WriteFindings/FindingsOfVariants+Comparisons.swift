import Findings
import Foundation

extension FindingsOfVariants {
  /// The same variants on each dataset, at each keep probability.
  struct Comparisons {
    var tables: [String: ComparisonTable] = [:]

    func row(
      _ variant: String, data: String, keep: String
    ) throws -> ComparisonTable.Row {
      guard let table = tables[data] else { preconditionFailure("nothing was run on \(data)") }
      return try table.row(variant, at: ["keep": keep])
    }

    /// The rows of a variant, by dataset and then by keep probability.
    func rows(_ variant: String) throws -> [ComparisonTable.Row] {
      try FindingsOfVariants.datasets.flatMap { data in
        try FindingsOfVariants.keeps.map { try row(variant, data: data, keep: $0) }
      }
    }
  }

  mutating func comparisons(
    _ variants: String
  ) throws -> Comparisons {
    var comparisons = Comparisons()
    for data in Self.datasets {
      comparisons.tables[data] = try compare(options(variants, data: data))
    }
    return comparisons
  }

  private func options(_ variants: String, data: String) -> [String] {
    ["--variants", variants, "--seeds", "20", "--steps", "2000", "--data", data]
      + (data == "glyphs" ? ["--hidden", "24"] : [])
      + ["--sweep", "keep=" + Self.keeps.joined(separator: ",")]
  }

  /// Draws the losses on a dataset, with the command under the picture.
  mutating func picture(_ variants: String, data: String) throws {
    let options = options(variants, data: data)
    let file = "findings-\(data).svg"
    try dropscope.picture(options).write(to: folder.appendingPathComponent(file))
    page.picture(
      file,
      alternative:
        "Mean test losses on \(data) with their spread, and the final losses of all seeds",
      command: ["dropscope", "compare"] + options + ["--format", "svg", ">", "docs/\(file)"])
  }

  /// Runs a comparison, and shows its command.
  mutating func compare(_ options: [String]) throws -> ComparisonTable {
    page.command(["dropscope", "compare"] + options)
    return try dropscope.compare(options)
  }

  /// A table of a variant against the first one.
  mutating func differences(_ variant: String, in comparisons: Comparisons) throws {
    var rows: [[String]] = []
    for data in Self.datasets {
      for keep in Self.keeps {
        let row = try comparisons.row(variant, data: data, keep: keep)
        rows.append(
          [data, keep]
            + (try ["testLoss", "testAccuracy", "calibrationError"].map {
              try row.difference($0).text
            }))
      }
    }
    page.table(["data", "p", "test loss", "test accuracy", "calibration error"], rows: rows)
  }

  /// A sentence about the sides of the six intervals, in the order of the table.
  mutating func verdict(
    _ variant: String, _ metric: String, in comparisons: Comparisons, is expected: String,
    _ sentence: String, headline: String? = nil
  ) throws {
    let sides = try comparisons.rows(variant).map { try $0.difference(metric).side.rawValue }
    page.verdict(sides.joined(separator: " "), is: expected, sentence, headline: headline)
  }
}
