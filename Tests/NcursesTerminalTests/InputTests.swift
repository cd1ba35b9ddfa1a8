import Foundation
import Testing
import TmuxSupport

/// All tests that need a terminal, one after the other, each with a server of its own.
@Suite("In a terminal", .serialized) struct TerminalTests {}

extension TerminalTests {
  @Suite("What a terminal reports") struct InputTests {
    @Test("Keys have their names") func keys() throws {
      let session = try ProbeSession(options: "keys")
      let named = [
        ("Up", "key up"), ("Down", "key down"), ("Left", "key left"), ("Right", "key right"),
        ("Home", "key home"), ("End", "key end"), ("PgUp", "key pageUp"),
        ("PgDn", "key pageDown"), ("DC", "key delete"), ("BSpace", "key backspace"),
        ("Enter", "key enter"), ("Tab", "key tab"), ("BTab", "key backTab"),
        ("Escape", "key escape"), ("F1", "function 1"), ("F5", "function 5"),
        ("F12", "function 12"), ("C-a", "control a"), ("C-s", "control s"), ("C-q", "control q"),
        ("C-w", "control w"), ("é", "character U+e9"), ("漢", "character U+6f22"),
        ("😀", "character U+1f600"),
      ]
      for (key, line) in named { try session.press(key, reports: line) }
      #expect(session.report.dropFirst().map { $0 } == named.map(\.1))
    }

    @Test("Alt, unknown sequences and bytes that are no text do no harm") func strangeInput() throws
    {
      let session = try ProbeSession(options: "keys")
      try session.tmux.press("M-x", "M-Up", "C-Space", "S-F3", "C-Up")
      try session.tmux.send("\u{1b}[999~\u{1b}[?1;2c\u{1b}]0;title\u{7}\u{1b}[I\u{1b}[201~")
      try session.tmux.tmux("send-keys", "-H", "ff", "fe", "c3", "28", "80", "9b")
      Thread.sleep(forTimeInterval: 0.2)
      try session.press("F9", reports: "function 9")
      try session.tmux.press("q")
      try session.expectGivenBack(status: 0)
    }

    @Test("Keypad digits and both forms of arrows are what they say under any type")
    func forms() throws {
      for type in ["xterm-256color", "screen", "vt220", "linux"] {
        let session = try ProbeSession("TERM=\(type)", options: "keys")
        for (bytes, line) in [
          ("\u{1b}Oq", "character U+31"), ("\u{1b}Ow", "character U+37"),
          ("\u{1b}[A", "key up"), ("\u{1b}OB", "key down"), ("\u{1b}q", "key alt"),
        ] {
          try session.tmux.send(bytes)
          try session.waitForReport(line)
        }
        try session.press("q", reports: "restored")
      }
    }

    @Test("From afar an Escape waits for the rest of its sequence") func slowLine() throws {
      let remote = try ProbeSession("SSH_CONNECTION=far", options: "keys")
      try remote.tmux.send("\u{1b}")
      Thread.sleep(forTimeInterval: 0.03)
      try remote.tmux.send("OA")
      try remote.waitForReport("key up")
      #expect(!remote.report.contains("key escape"))
      let patient = try ProbeSession("ESCDELAY=3000", options: "keys")
      try patient.tmux.send("\u{1b}")
      Thread.sleep(forTimeInterval: 0.2)
      try patient.tmux.send("[B")
      try patient.waitForReport("key down")
      #expect(!patient.report.contains("key escape"))
    }

    @Test("Pasted text comes in one piece, and the terminal is told to say so")
    func bracketedPaste() throws {
      let session = try ProbeSession(options: "keys")
      try session.tmux.tmux("set-buffer", "quit\nq")
      try session.tmux.tmux("paste-buffer", "-p", "-r")
      try session.waitForReport("pasted 6 it\nq".replacingOccurrences(of: "\n", with: "\\n"))
    }

    @Test("The bytes of Ctrl-C and Ctrl-Z in pasted text are text, and typed they are signals")
    func pastedControls() throws {
      let session = try ProbeSession(options: "keys")
      try session.tmux.send("\u{1b}[200~a\u{3}b\u{1a}c\u{3}\u{1b}[201~")
      try session.waitForReport("pasted 6 b\u{1a}c\u{3}")
      try session.press("x", reports: "character U+78")
      // A signal from outside still ends the program, and so does the key.
      try session.tmux.press("C-c")
      try session.expectGivenBack(status: 128 + SIGINT)
    }

    @Test("A key of one's own for interrupts stays the terminal's")
    func ownInterruptKey() throws {
      let session = try ProbeSession(options: "keys", modes: "stty intr ^K")
      try session.tmux.press("C-k")
      try session.expectGivenBack(status: 128 + SIGINT)
    }

    @Test("A terminal with a language of its own is refused") func otherLanguage() throws {
      let tmux = try Tmux(width: 80, height: 24)
      try tmux.line("env TERM=vt52 '\(try ProbeSession.path())' '\(tmux.path("report"))'")
      try tmux.wait("the refusal") { tmux.text("report").contains("error") }
      #expect(tmux.text("report").contains("vt52"))
    }

    @Test("A long text that is pasted arrives whole and in order") func pasting() throws {
      let session = try ProbeSession(options: "keys")
      let text = (0..<2000).map { String($0 % 10) }.joined() + "é漢"
      try session.tmux.tmux("set-buffer", text)
      try session.tmux.tmux("paste-buffer")
      try session.waitForReport("character U+6f22")
      let codes = text.unicodeScalars.map { "character U+" + String($0.value, radix: 16) }
      #expect(Array(session.report.dropFirst()) == codes)
    }

    @Test("The mouse's buttons and wheel are reported with their cell") func mouse() throws {
      let session = try ProbeSession("TERM=xterm-256color", options: "keys")
      #expect(try session.tmux.value("mouse_sgr_flag") == "1")
      let sequences = [
        ("\u{1b}[<0;6;4M", "mouse 5,3 press(button: 1)"),
        ("\u{1b}[<0;7;4m", "mouse 6,3 release(button: 1)"),
        ("\u{1b}[<2;1;1M", "mouse 0,0 press(button: 3)"),
        ("\u{1b}[<64;80;24M", "mouse 79,23 wheelUp"),
        ("\u{1b}[<65;80;24M", "mouse 79,23 wheelDown"),
      ]
      for (bytes, line) in sequences {
        try session.tmux.send(bytes)
        try session.waitForReport(line)
      }
    }

    @Test("The mouse is reported in the older encoding as well") func olderMouse() throws {
      let session = try ProbeSession("TERM=screen-256color", options: "keys")
      try session.tmux.send("\u{1b}[M \u{26}\u{24}")
      try session.waitForReport("mouse 5,3 press(button: 1)")
    }

    @Test("Without the mouse the terminal is not asked for it") func noMouse() throws {
      let session = try ProbeSession(options: "plain")
      #expect(try session.tmux.value("mouse_any_flag") == "0")
      try session.tmux.press("q")
      try session.expectGivenBack(status: 0)
    }

    @Test("A storm of resizes ends with the last size, drawn in full") func resizing() throws {
      let session = try ProbeSession(options: "keys")
      for step in 0..<20 {
        try session.tmux.tmux("resize-window", "-x", "\(60 + step)", "-y", "\(10 + step % 7)")
      }
      try session.tmux.tmux("resize-window", "-x", "57", "-y", "13")
      try session.waitForReport("resize 57x13")
      try session.tmux.wait("the corner") {
        try session.tmux.screen().split(separator: "\n", omittingEmptySubsequences: false)[12]
          .hasSuffix(String(repeating: " ", count: 51) + "corner")
      }
      #expect(session.report.filter { $0.hasPrefix("resize") }.last == "resize 57x13")
      try session.tmux.tmux("resize-window", "-x", "1", "-y", "1")
      try session.waitForReport("resize 1x1")
    }

    @Test("LINES and COLUMNS do not freeze the size") func frozenSize() throws {
      let session = try ProbeSession("LINES=10 COLUMNS=20", options: "keys")
      #expect(session.word(5) == "80x24")
      try session.tmux.tmux("resize-window", "-x", "70", "-y", "20")
      try session.waitForReport("resize 70x20")
    }

    @Test("Another thread ends the wait") func waking() throws {
      let session = try ProbeSession()
      try session.press("w", reports: "wake")
    }

    @Test("Wide characters and box lines are drawn where they belong") func drawing() throws {
      let session = try ProbeSession()
      #expect(try session.tmux.screen().hasPrefix("MARKER ● 漢字│\n"))
    }
  }
}
