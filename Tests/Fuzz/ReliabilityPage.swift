import Fuzzing

/// The part of a page that a run of all targets owns: what stands between two markers.
struct ReliabilityPage {
  private static let begin = "<!-- fuzzed: begin -->"
  private static let end = "<!-- fuzzed: end -->"

  /// The page.
  let path: String

  /// The command of a run.
  static func command(seconds: Double?, inputs: Int?, seed: UInt64) -> String {
    var words = ["Scripts/fuzz --all"]
    if let inputs { words.append("--inputs \(inputs)") }
    if let seconds { words.append("--seconds \(Int(seconds.rounded()))") }
    return words.joined(separator: " ") + " --seed \(seed)"
  }

  /// Writes the counts of all targets.
  ///
  /// - Throws: ``FuzzError`` where the page does not have each marker once, in this order.
  func write(
    _ rows: [(about: String, summary: FuzzSummary)], command: String
  ) throws(FuzzError) {
    let text = String(decoding: try FuzzRoom.contents(of: path), as: UTF8.self)
    let old = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let (begins, ends) = (
      old.indices.filter { old[$0] == Self.begin }, old.indices.filter { old[$0] == Self.end }
    )
    guard begins.count == 1, ends.count == 1, begins[0] < ends[0] else {
      throw FuzzError("\(path) takes one line '\(Self.begin)' and one '\(Self.end)' behind it")
    }
    var lines = [
      "`\(command)`:", "",
      "| target | inputs | accepted | events | seconds | findings |", "|---|---|---|---|---|---|",
    ]
    for (about, summary) in rows {
      let counts = [summary.inputs, summary.accepted, summary.events].map {
        $0 > 0 ? FuzzSummary.grouped($0) : ""
      }
      lines.append(
        "| `\(summary.target)`: \(about) | " + counts.joined(separator: " | ")
          + " | \(Int(summary.seconds.rounded())) | \(summary.findings) |")
    }
    let new = old[...begins[0]] + lines + old[ends[0]...]
    try FuzzRoom.write(Array(new.joined(separator: "\n").utf8), to: path)
  }
}
