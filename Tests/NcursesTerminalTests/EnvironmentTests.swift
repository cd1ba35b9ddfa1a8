import Foundation
import Testing
import TmuxSupport

extension TerminalTests {
  @Suite("What suits the terminal") struct EnvironmentTests {
    @Test(
      "Colours are those of the terminal's type",
      arguments: [
        ("xterm-256color", "colors256"), ("screen-256color", "colors256"), ("xterm", "colors8"),
        ("vt100", "none"),
      ])
    func types(type: String, depth: String) throws {
      let session = try ProbeSession("TERM=\(type)")
      #expect(session.word(2) == depth)
      try session.tmux.press("q")
      try session.waitForReport("restored")
      try session.expectOrdinaryTerminal()
    }

    @Test(
      "A type that is unknown, missing or without a screen is an error that says what to do",
      arguments: ["TERM=nonsense", "TERM=", "-u TERM", "TERM=dumb"])
    func unknownType(environment: String) throws {
      let tmux = try Tmux()
      try tmux.line(
        "env \(environment) '\(try ProbeSession.path())' '\(tmux.path("report"))'; echo status-$?")
      try tmux.wait("the status") { try tmux.screen().contains("status-2") }
      #expect(tmux.text("report").contains("TERM=xterm-256color"))
      #expect(try tmux.value("alternate_on") == "0")
    }

    @Test(
      "The glyphs are those of the locale, unless asked for",
      arguments: [
        ("LC_ALL=C", "", "ascii"), ("LC_ALL=C.UTF-8", "", "unicode"),
        ("LC_ALL=C", "unicode", "unicode"), ("LC_ALL=C.UTF-8", "ascii", "ascii"),
      ])
    func glyphs(environment: String, options: String, expected: String) throws {
      let session = try ProbeSession(environment, options: options)
      #expect(session.word(3) == expected)
      #expect(
        try session.tmux.screen().hasPrefix(expected == "unicode" ? "MARKER ●" : "MARKER @"))
    }

    @Test(
      "NO_COLOR means none unless it is empty",
      arguments: [("NO_COLOR=1", "none"), ("NO_COLOR=", "colors256")])
    func noColor(environment: String, depth: String) throws {
      #expect(try ProbeSession(environment).word(2) == depth)
    }

    @Test(
      "COLORFGBG tells the background; without it, it is dark",
      arguments: [
        ("COLORFGBG='15;0'", "dark"), ("COLORFGBG='0;default;15'", "light"),
        ("COLORFGBG='0;7'", "light"), ("COLORFGBG=nonsense", "dark"), ("-u COLORFGBG", "dark"),
      ])
    func background(environment: String, expected: String) throws {
      #expect(try ProbeSession(environment).word(4) == expected)
    }

    @Test(
      "A standard stream that is no terminal is an error that names it",
      arguments: [("< /dev/null", "input"), ("| cat", "output"), ("> /dev/null", "output")])
    func streams(redirection: String, name: String) throws {
      let tmux = try Tmux()
      try tmux.line("'\(try ProbeSession.path())' '\(tmux.path("report"))' \(redirection)")
      try tmux.wait("the report") { tmux.text("report").hasSuffix("\n") }
      #expect(tmux.text("report").hasPrefix("error standard \(name) is not a terminal"))
      #expect(try tmux.value("alternate_on") == "0")
    }
  }
}
