import Figures
import Foundation

/// All measurements of a run: the page, the lines of the README, and JSON.
struct PerformanceDocument {
  let machine: Machine
  let command: String
  let mnist: Bool
  var versions: [String: String] = [:]
  var ratios: [(task: String, ratios: [String: Figure])] = []
  var sections: [ReportSection] = []
  let date = Date.now.formatted(.iso8601.year().month().day())

  init(machine: Machine, command: String, mnist: Bool) {
    self.machine = machine
    self.command = command
    self.mnist = mnist
  }

  private var versionText: String {
    versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  /// Writes the page with its pictures, and the figures in the README; text by people stays.
  func write(to root: URL) throws {
    let docs = root.appendingPathComponent("docs")
    let lines =
      [
        "", "| | |", "|---|---|", "| machine | \(machine.description) |", "| date | \(date) |",
        "| command | `\(command)` |", "| peers | \(versionText) |", "",
      ] + sections.flatMap(\.markdownLines)
    try replace(in: docs.appendingPathComponent("performance.md"), by: lines)
    try replace(in: root.appendingPathComponent("README.md"), by: readmeLines)
    for case .some(let picture) in sections.map(\.picture) {
      try Data(picture.svg.utf8).write(to: docs.appendingPathComponent(picture.file))
    }
  }

  private func replace(in file: URL, by lines: [String]) throws {
    var page = MarkedText(try String(contentsOf: file, encoding: .utf8))
    do {
      try page.replaceMeasured(by: lines)
    } catch {
      throw BenchmarkFailure("\(file.path) \(error.description)")
    }
    try Data(page.text.utf8).write(to: file)
  }

  /// The speed of dropscope relative to its peers.
  private var readmeLines: [String] {
    let peers = PeerBenchmarks.peers.map(\.1)
    return [
      "", "| times as fast as | " + peers.joined(separator: " | ") + " |",
      "|---|" + peers.map { _ in "---|" }.joined(),
    ]
      + ratios.map { task, ratios in
        "| \(task) | "
          + peers.map { ratios[$0].map { Figure.text($0.median) } ?? "-" }.joined(separator: " | ")
          + " |"
      } + ["", "\(machine.processor), one thread, \(date); \(versionText).", ""]
  }

  /// All figures with their samples.
  func json() throws -> Data {
    struct Entry: Encodable {
      var section: String
      var name: String
      var unit: String
      var median: Double
      var lowest: Double
      var highest: Double
      var samples: [Double]
    }
    struct Document: Encodable {
      var machine: Machine
      var date: String
      var command: String
      var peers: [String: String]
      var figures: [Entry]
      var complaints: [String]
    }
    let figures = sections.flatMap { section in
      section.entries.map {
        Entry(
          section: section.title, name: $0.name, unit: $0.unit, median: $0.figure.median,
          lowest: $0.figure.lowest, highest: $0.figure.highest, samples: $0.figure.samples)
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(
      Document(
        machine: machine, date: date, command: command, peers: versions, figures: figures,
        complaints: sections.flatMap(\.complaints)))
  }
}
