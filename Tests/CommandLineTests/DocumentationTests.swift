import DropoutEngine
import Explorer
import Foundation
import Sessions
import TerminalCells
import Testing

@Suite("The documentation says what the tables say") struct DocumentationTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL

  /// A document, each white space as one blank.
  private func words(of document: String) throws -> String {
    let text = try String(
      contentsOf: DocumentationTests.root.appendingPathComponent(document), encoding: .utf8)
    return words(text)
  }

  private func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The lines of a section of the manual page, with roff's own signs written as text.
  private func manual(section: String) throws -> [String] {
    let page = try Program.run("manual")
    #expect(page.status == 0)
    let lines = page.output.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.replacingOccurrences(of: "\\-", with: "-").replacingOccurrences(of: "\\(aq", with: "'")
        .replacingOccurrences(of: "\\&", with: "").replacingOccurrences(of: "\\e", with: "\\")
    }
    let start = try #require(lines.firstIndex(of: ".SH \(section)"), "\(section)")
    return Array(lines[(start + 1)...].prefix { !$0.hasPrefix(".SH ") })
  }

  @Test("The manual has every key, with what it does") func keys() throws {
    let lines = try manual(section: "KEYS")
    let expected = KeyTable.rows.flatMap { [".TP", ".B \($0.keys)", $0.help] }
    #expect(lines.filter { !$0.isEmpty } == expected)
  }

  @Test("The manual has every key of view") func keysOfView() throws {
    let lines = try manual(section: "KEYS OF VIEW")
    let expected = RecordedKeys.rows.flatMap { [".TP", ".B \($0.keys)", $0.help] }
    #expect(lines.filter { !$0.isEmpty } == expected)
  }

  @Test("Manual and page of preferences have every action with the keys that it comes with")
  func actions() throws {
    let lines = try manual(section: "PREFERENCES")
    let page = try String(
      contentsOf: DocumentationTests.root.appendingPathComponent("docs/preferences.md"),
      encoding: .utf8)
    let tables = page.components(separatedBy: "| action | keys |")
    try #require(tables.count == 3)
    for (actions, table) in [
      (KeyMap<KeyCommand>.standard.actions, tables[1]),
      (KeyMap<RecordedCommand>.standard.actions, tables[2]),
    ] {
      let rows = table.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
      #expect(
        rows
          == actions.map { action in
            "| `\(action.name)` | "
              + action.keys.map { "`\($0.name)`" }.joined(separator: " ") + " |"
          })
      for action in actions { #expect(lines.contains(".B \(action.name)"), "\(action.name)") }
    }
  }

  @Test("The examples of preferences are right") func preferenceExamples() throws {
    let page = try String(
      contentsOf: DocumentationTests.root.appendingPathComponent("docs/preferences.md"),
      encoding: .utf8)
    let blocks = page.components(separatedBy: "```")
    let example = try #require(blocks.first { $0.hasPrefix("json\n") }).dropFirst("json\n".count)
    let lines = try manual(section: "PREFERENCES")
    let start = try #require(lines.firstIndex(of: ".nf"))
    let inManual = lines[(start + 1)...].prefix { $0 != ".fi" }.joined(separator: "\n")
    for text in [String(example), inManual] {
      let read = try Preferences(document: Array(text.utf8), name: "example")
      #expect(!read.settings.isEmpty && !read.bindings.isEmpty)
      _ = try ScreenKeys(read, name: "example")
    }
  }

  @Test("The manual has every parameter, and every command") func parameters() throws {
    let parameters = try manual(section: "PARAMETERS")
    for row in ParameterTable.all {
      #expect(parameters.contains { $0.hasPrefix("\\fB--\(row.name)\\fR") }, "\(row.name)")
    }
    let commands = try manual(section: "COMMANDS")
    for command in ["explore", "snapshot", "trace", "view", "diagnose", "manual"] {
      #expect(commands.contains(".B \(command)"), "\(command)")
    }
    #expect(commands.contains { $0.contains("--then 12:s presses s before frame 12") })
    #expect(try manual(section: "ENVIRONMENT").contains(".B NO_COLOR"))
  }

  @Test("Help, manual and README have one list of exit statuses, each with one meaning")
  func exitStatuses() throws {
    let lines = try manual(section: "EXIT STATUS").filter { $0 != ".TP" && !$0.isEmpty }
    var sentences: [String] = []
    for index in stride(from: 0, to: lines.count - 1, by: 2) {
      let number = try #require(Int(lines[index].dropFirst(".B ".count)), "\(lines[index])")
      sentences.append("\(number) " + lines[index + 1].dropLast())
    }
    for number in [0, 1, 64, 65, 66, 70, 71, 73, 74, 130, 143] {
      #expect(sentences.filter { $0.hasPrefix("\(number) ") }.count == 1, "\(number)")
    }
    let list = "Exit status: " + sentences.joined(separator: ", ") + "."
    let help = try Program.run("--help")
    #expect(words(help.output).contains(list), "\(words(help.output))")
    #expect(try words(of: "README.md").contains(list))
  }

  @Test("No line of the README is over 100 columns, but rows of tables and links")
  func columns() throws {
    let text = try String(
      contentsOf: DocumentationTests.root.appendingPathComponent("README.md"), encoding: .utf8)
    for line in text.split(separator: "\n") where !line.hasPrefix("|") && !line.contains("](") {
      #expect(line.count <= 100, "\(line)")
    }
  }
}
