import Foundation
import Testing
import TmuxSupport

/// The probe in its own terminal.
final class ProbeSession {
  let tmux: Tmux

  /// Starts the probe with options, after words of the environment and a line that sets modes of
  /// the terminal, and waits for its screen.
  init(
    _ environment: String = "", options: String = "", modes: String = "", width: Int = 80,
    height: Int = 24
  ) throws {
    tmux = try Tmux(width: width, height: height)
    if !modes.isEmpty { try tmux.line(modes) }
    try tmux.line("stty -a > '\(tmux.path("before"))'")
    try start(environment, options: options)
    try tmux.wait("the probe's screen") { try tmux.screen().contains("MARKER") }
  }

  /// The path of the probe: DROPSCOPE_TERMINAL_PROBE, else the one beside the tests.
  static func path() throws -> String {
    if let path = ProcessInfo.processInfo.environment["DROPSCOPE_TERMINAL_PROBE"] { return path }
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let path = folder.appendingPathComponent("TerminalProbe").path
    try #require(
      FileManager.default.isExecutableFile(atPath: path), "no TerminalProbe beside the tests")
    return path
  }

  private func start(_ environment: String, options: String) throws {
    try tmux.line(
      "\(environment.isEmpty ? "" : "env \(environment) ")'\(try Self.path())' "
        + "'\(tmux.path("report"))' \(options)")
  }

  /// The lines of the report.
  var report: [String] { tmux.text("report").split(separator: "\n").map(String.init) }

  /// The number of the process.
  var processID: pid_t { pid_t(word(1)) ?? 0 }

  /// A word of the first line: open, process, colours, glyphs, background, size.
  func word(_ index: Int) -> String {
    let words = (report.first ?? "").split(separator: " ").map(String.init)
    return index < words.count ? words[index] : ""
  }

  func waitForReport(_ line: String) throws {
    try tmux.wait("\"\(line)\" in \(report)") { report.contains(line) }
  }

  /// Presses a key by its name in tmux and waits for its report.
  func press(_ key: String, reports line: String) throws {
    try tmux.press(key)
    try waitForReport(line)
  }

  /// Waits until the probe is gone.
  ///
  /// Checks that it left the terminal as it found it, and that the shell reports one of these exit
  /// statuses.
  func expectGivenBack(status: Int32...) throws {
    try tmux.wait("the end of the probe") { kill(processID, 0) != 0 }
    try tmux.line("echo status-$?")
    try tmux.wait("the shell") { try tmux.screen(history: true).contains(/status-[0-9]/) }
    let text = try tmux.screen(history: true)
    #expect(status.contains { text.contains("status-\($0)\n") }, "\(text)")
    #expect(text.contains("BEFORE") && !text.contains("MARKER"), "\(text)")
    #expect(!text.contains("Press space"), "the backtrace waits for a key")
    try expectOrdinaryTerminal()
  }

  /// Checks the state of the terminal while the shell has it.
  func expectOrdinaryTerminal() throws {
    for flag in ["alternate_on", "mouse_any_flag", "mouse_sgr_flag", "keypad_cursor_flag"] {
      #expect(try tmux.value(flag) == "0", "\(flag)")
    }
    #expect(try tmux.value("cursor_flag") == "1")
    // The earlier file is removed; this one appears only when it is complete.
    let (after, part) = (tmux.path("after"), tmux.path("part"))
    if FileManager.default.fileExists(atPath: after) {
      try FileManager.default.removeItem(atPath: after)
    }
    try tmux.line("stty -a > '\(part)'; mv '\(part)' '\(after)'")
    try tmux.wait("stty") { !tmux.text("after").isEmpty }
    #expect(tmux.text("after") == tmux.text("before") && !tmux.text("before").isEmpty)
  }
}
