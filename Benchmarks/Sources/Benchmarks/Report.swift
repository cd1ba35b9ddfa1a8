import Figures
import TerminalCells

/// One table of measurements, with its explanations.
struct ReportSection {
  /// A measurement with its name, for JSON.
  struct Entry {
    var name: String
    var unit: String
    var figure: Figure
  }

  /// The columns of a page's lines, except rows of tables.
  private static let pageWidth = 100

  var title: String
  /// An explanation of the measurement, in a sentence or two.
  var explanation: String
  var columns: [String] = []
  var rows: [[String]] = []
  /// Facts that the table does not show.
  var notes: [String] = []
  /// A picture beside the page, with its description.
  var picture: (file: String, alt: String, svg: String)?
  var entries: [Entry] = []
  /// The faults; each makes the exit status 1.
  var complaints: [String] = []

  init(_ title: String, _ explanation: String, columns: [String]) {
    self.title = title
    self.explanation = explanation
    self.columns = columns
  }

  mutating func note(_ name: String, _ unit: String, _ figure: Figure) {
    entries.append(Entry(name: name, unit: unit, figure: figure))
  }

  /// The section for a terminal, with columns one below the other.
  var plainLines: [String] {
    let table = [columns] + rows
    let widths = columns.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    let lines = table.map { row in
      let cells = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.count)
      }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
    return ["== \(title)", explanation] + lines + notes + complaints.map { "WRONG: \($0)" } + [""]
  }

  /// The section for a page.
  var markdownLines: [String] {
    var lines = ["## \(title)", ""] + wrap(explanation, width: Self.pageWidth) + [""]
    if !rows.isEmpty {
      lines.append("| " + columns.joined(separator: " | ") + " |")
      lines.append("|" + columns.map { _ in "---" }.joined(separator: "|") + "|")
      lines += rows.map { "| " + $0.joined(separator: " | ") + " |" }
      lines.append("")
    }
    for note in notes {
      let wrapped = wrap(note, width: Self.pageWidth - 2)
      lines += wrapped.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
    }
    if !notes.isEmpty { lines.append("") }
    if let picture {
      lines += ["![\(picture.alt)](\(picture.file))", ""]
      lines += [
        "```", "Scripts/benchmark --write-docs    # also draws docs/\(picture.file)", "```", "",
      ]
    }
    return lines
  }
}
