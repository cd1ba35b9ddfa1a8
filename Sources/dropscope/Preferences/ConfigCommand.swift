import ArgumentParser
import DropoutEngine
import Explorer
import Sessions
import TerminalCells

/// `dropscope config`: a person's preferences, and the source of each.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Say where the file of preferences lies, and which values and keys hold.",
    discussion: """
      The file is $XDG_CONFIG_HOME/dropscope/config.json, or ~/.config/dropscope/config.json. It \
      can set \(Preferences.settingNames.joined(separator: ", ")), and keys: an object of actions, \
      as they are listed here, with one key or a list of keys each. dropscope reads it and never \
      writes it; explore and view follow it. An option comes first, then the environment \
      (\(Preferences.settingNames.map(PreferencesInForce.variable).joined(separator: ", "))), then \
      the file. A wrong file is ignored as a whole, and the first fault is named with its line.
      """)

  /// The format of the answer.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Option(help: "The format: text or json.")
  var format = Format.text

  func run() throws {
    let preferences = try PreferencesInForce(ThisProcess.environment)
    preferences.complain()
    var output = OutputStream.standardOutput()
    switch format {
    case .text: for line in ConfigText.lines(preferences) { try output.writeLine(line) }
    case .json: try output.write(ConfigText.json(preferences).indented)
    }
    try output.flush()
  }
}

/// The preferences that hold, for a person and for programs.
enum ConfigText {
  private typealias Row = (name: String, keys: [Key])

  /// The lines for a person.
  static func lines(_ preferences: PreferencesInForce) -> [String] {
    let path = preferences.path.map(ForeignText.path)
    var lines = ["file  \(path ?? "none: set HOME or XDG_CONFIG_HOME")  (\(state(preferences)))"]
    lines.append("")
    lines += table(
      preferences.values.map { [$0.name, $0.value, $0.origin.words] })
    for (title, rows) in [
      ("keys of the explorer", preferences.keys.explorer.actions),
      ("keys of view, where a recording is shown", preferences.keys.recording.actions),
    ] {
      lines += ["", title]
      lines += table(
        rows.map {
          [
            "  " + $0.name, $0.keys.map(\.name).joined(separator: " "),
            preferences.origin(ofKeys: $0.name).words,
          ]
        })
    }
    return lines
  }

  /// The same as JSON.
  static func json(_ preferences: PreferencesInForce) -> JSONValue {
    func keys(_ rows: [Row]) -> JSONValue {
      .object(
        rows.map { row in
          (
            row.name,
            .object([
              ("keys", .list(row.keys.map { .text($0.name) })),
              ("from", .text(preferences.origin(ofKeys: row.name).words)),
            ])
          )
        })
    }
    return .object(
      [
        ("file", .optional(preferences.path)), ("exists", .flag(preferences.exists)),
        ("fault", .optional(preferences.error?.description)),
      ]
        + preferences.values.map { value in
          (
            value.name,
            .object([("value", .text(value.value)), ("from", .text(value.origin.words))])
          )
        } + [
          ("explorerKeys", keys(preferences.keys.explorer.actions)),
          ("recordingKeys", keys(preferences.keys.recording.actions)),
        ])
  }

  private static func state(_ preferences: PreferencesInForce) -> String {
    if preferences.error != nil { return "ignored, since it is wrong" }
    return preferences.exists ? "in use" : "there is none"
  }

  /// Columns, each as wide as its widest cell.
  private static func table(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.dropLast().map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column < widths.count
          ? cell + String(repeating: " ", count: widths[column] - cell.count) : cell
      }.joined(separator: "  ")
    }
  }
}
