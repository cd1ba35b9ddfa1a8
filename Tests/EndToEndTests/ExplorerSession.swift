import Foundation
import Testing
import TmuxSupport

/// The explorer in its own terminal, started as a person would.
final class ExplorerSession {
  let tmux: Tmux

  /// Starts the explorer with options, after words of the environment, and waits for its screen.
  init(
    _ options: String = "", environment: String = "", width: Int = 80, height: Int = 24,
    shows text: String = "DIVERGENCE"
  ) throws {
    tmux = try Tmux(width: width, height: height)
    try tmux.line("stty -a > '\(tmux.path("before"))'")
    try tmux.line(
      "cd '\(tmux.path(""))'; \(environment.isEmpty ? "" : "env \(environment) ")"
        + "sh -c 'echo $$ > pid; exec \"$0\" \"$@\"' '\(try Self.path())' \(options)"
    )
    try waitFor(text)
  }

  /// The path of the tested program: DROPSCOPE_BINARY, else the one beside the tests.
  static func path() throws -> String {
    if let path = ProcessInfo.processInfo.environment["DROPSCOPE_BINARY"] { return path }
    let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("dropscope").path
    try #require(
      FileManager.default.isExecutableFile(atPath: path), "no dropscope beside the tests")
    return path
  }

  /// Waits until the screen shows a text.
  func waitFor(_ text: String) throws {
    try tmux.wait("\"\(text)\"") { try tmux.screen().contains(text) }
  }

  /// Presses keys and waits until the screen shows a text.
  func press(_ keys: String..., shows text: String) throws {
    for key in keys { try tmux.press(key) }
    try waitFor(text)
  }

  /// The process of the explorer.
  func processID() throws -> pid_t {
    try #require(pid_t(tmux.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// Waits until the explorer is gone, and checks that the terminal is as it was before.
  ///
  /// A terminal without another screen cannot show its earlier content.
  func expectGivenBack(status: Int, hasOtherScreen: Bool = true) throws {
    // The explorer might take earlier keys, or throw them away with its last modes.
    let process = try processID()
    try tmux.wait("the end of the explorer", seconds: 60) { kill(process, 0) != 0 }
    try tmux.line("echo STATUS'='$?")
    try waitFor("STATUS=")
    let screen = try tmux.screen()
    #expect(screen.contains("STATUS=\(status)"), "\(screen)")
    // A crash report may have scrolled it out of sight.
    if hasOtherScreen { #expect(try tmux.screen(history: true).contains("BEFORE")) }
    for mode in ["alternate_on", "mouse_any_flag", "mouse_sgr_flag"] {
      #expect(try tmux.value(mode) == "0", "\(mode)")
    }
    #expect(try tmux.value("cursor_flag") == "1")
    try tmux.line("stty -a > '\(tmux.path("after"))'; echo DO''NE")
    try waitFor("DONE")
    #expect(tmux.text("after") == tmux.text("before"))
  }
}
