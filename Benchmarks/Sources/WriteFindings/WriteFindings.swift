import ArgumentParser
import Findings
import Foundation

/// Writes docs/findings.md and its pictures anew.
@main
struct WriteFindings: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Scripts/findings",
    abstract: "Write docs/findings.md and its pictures anew, or into another folder.",
    discussion: """
      Every number of the page comes from the commands on it. Every verdict is checked against \
      them; the status is 1 if one no longer holds.
      """)

  @Argument(help: "The folder that the page is written to.")
  var folder: String

  @Option(help: .hidden)
  var dropscope: String

  func run() throws {
    let folder = URL(fileURLWithPath: folder, isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var findings = FindingsOfVariants(dropscope: Dropscope(path: dropscope), folder: folder)
    let page = try findings.written()
    let path = folder.appendingPathComponent("findings.md")
    try Data(page.text.utf8).write(to: path)
    for failure in page.failures {
      report(
        "no longer holds: \(failure.sentence) (found: \(failure.found); expected: "
          + "\(failure.expected))")
    }
    guard page.failures.isEmpty else {
      report("\(page.failures.count) verdicts no longer hold")
      throw ExitCode(1)
    }
    report("\(path.path): all verdicts hold")
  }

  private func report(_ line: String) {
    FileHandle.standardError.write(Data("Scripts/findings: \(line)\n".utf8))
  }
}
