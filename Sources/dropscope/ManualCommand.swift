import ArgumentParser
import DropoutEngine
import Explorer
import Sessions
import TerminalCells

/// `dropscope manual`: the manual page, generated from the tables of parameters and keys.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Write the manual page: dropscope manual | man -l -",
    discussion: "Its keys are those that hold here: preferences may have bound others.")

  @Flag(help: "Name the keys that dropscope comes with, whatever preferences bind.")
  var standardKeys = false

  func run() throws {
    var keys = ScreenKeys.standard
    if !standardKeys {
      let preferences = try PreferencesInForce(ThisProcess.environment)
      preferences.complain()
      keys = preferences.keys
    }
    var output = OutputStream.standardOutput()
    for line in ManualPage.lines(keys) { try output.writeLine(line) }
    try output.flush()
  }
}

/// The manual page in roff with the macros of man(7).
enum ManualPage {
  /// All lines, with the keys that are bound.
  static func lines(_ keys: ScreenKeys) -> [String] {
    let root = Dropscope.configuration
    let commands = root.subcommands.map { $0.configuration }
    var lines = [
      ".TH DROPSCOPE 1 \"\" \"dropscope \(Dropscope.version)\" \"User Commands\"",
      ".SH NAME", "dropscope \\- " + roff(lowercased(root.abstract)), ".SH SYNOPSIS",
      ".B dropscope", "[\\fICOMMAND\\fR] [\\fIOPTION\\fR]...", ".SH DESCRIPTION",
      roff(root.discussion), ".SH COMMANDS",
    ]
    for command in commands {
      lines += [".TP", ".B " + roff(command.commandName ?? ""), roff(command.abstract)]
      if !command.discussion.isEmpty { lines += [".IP", roff(command.discussion)] }
    }
    lines += [
      ".PP", "Each command has further options of its own:",
      "\\fBdropscope\\fR \\fICOMMAND\\fR \\fB\\-\\-help\\fR.", ".SH PARAMETERS",
      "The names are the same on the command line and in the explorer's palette (:).",
    ]
    for group in ParameterDefinition.Group.allCases {
      lines.append(".SS " + roff(group.rawValue))
      for row in ParameterTable.rows(of: group) {
        let value = row.valueName.map { " \\fI" + roff($0) + "\\fR" } ?? ""
        lines += [
          ".TP", "\\fB" + roff("--" + row.name) + "\\fR" + value,
          roff("\(row.help). Takes \(row.range). Default: \(row.defaultValue)."),
        ]
        if row.effect == .startsAnew { lines.append("In the explorer it starts anew.") }
      }
    }
    lines.append(".SH KEYS")
    for row in keys.explorer.rows {
      lines += [".TP", ".B " + roff(row.keys), roff(row.help)]
    }
    lines.append(".SH KEYS OF VIEW")
    for row in keys.recording.rows {
      lines += [".TP", ".B " + roff(row.keys), roff(row.help)]
    }
    lines += preferences(keys)
    lines += [
      ".SH ENVIRONMENT", ".TP", ".B NO_COLOR", "If it is not empty, no colours are used.",
      ".TP", ".B COLORFGBG", "Tells a light background from a dark one.",
    ]
    for name in Preferences.settingNames {
      lines += [
        ".TP", ".B " + PreferencesInForce.variable(of: name),
        roff("The \(name), where no option --\(name) is given."),
      ]
    }
    lines += [
      ".TP",
      ".B DROPSCOPE_KERNELS",
      "The path of the arithmetic: " + roff(KernelPath.allNames.joined(separator: ", "))
        + ". All give the same bits.",
      ".SH EXIT STATUS",
    ]
    for status in ExitStatus.allCases {
      lines += [".TP", ".B \(status.rawValue)", roff(status.meaning + ".")]
    }
    return lines
  }

  /// The section about the file of preferences, with the keys of each action.
  private static func preferences(_ keys: ScreenKeys) -> [String] {
    let names = Preferences.settingNames.joined(separator: ", ")
    let above =
      keys.areStandard
      ? "The keys above are those that dropscope comes with. They can be bound to others in "
      : "The keys above are as they are bound by preferences; dropscope manual "
        + "--standard-keys names those that dropscope comes with. They are bound in "
    var lines = [
      ".SH PREFERENCES",
      roff(
        above + "$XDG_CONFIG_HOME/dropscope/config.json, or ~/.config/dropscope/config.json, which "
          + "can also set \(names):"),
      ".PP", ".nf", roff("{\"theme\": \"dark\", \"speed\": 200,"),
      roff(" \"keys\": {\"restart\": \"F5\", \"step-on\": [\"x\", \"Ctrl-N\"]}}"), ".fi", ".PP",
      roff(
        "Each action is named with one key or a list, in place of its own. A key is one character "
          + "or a name: \(Key.longNames.joined(separator: ", ")). Two actions where both can be "
          + "asked for cannot share a key, and Enter, Esc, Backspace, Delete and Ctrl-C keep their "
          + "meaning. A wrong file is ignored as a whole, and its first fault is named. "
          + "dropscope config lists the actions and the keys that hold."),
    ]
    for (title, actions) in [
      ("Actions of the explorer", keys.explorer.actions),
      ("Actions of view", keys.recording.actions),
    ] {
      lines.append(".SS " + roff(title))
      for action in actions {
        lines += [
          ".TP", ".B " + roff(action.name),
          roff(action.keys.map(\.name).joined(separator: "  ")),
        ]
      }
    }
    return lines
  }

  private static func lowercased(_ sentence: String) -> String {
    var text = sentence
    if text.hasSuffix(".") { text.removeLast() }
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// Text with roff's special characters escaped; no line starts with a control character.
  private static func roff(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "'": escaped += "\\(aq"
      case "…": escaped += "..."
      default: escaped.append(character)
      }
    }
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }
}
