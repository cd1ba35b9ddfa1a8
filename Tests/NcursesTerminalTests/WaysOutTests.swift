import Foundation
import Testing
import TmuxSupport

extension TerminalTests {
  @Suite("The terminal is given back") struct WaysOutTests {
    private static let backtraces = ["-u SWIFT_BACKTRACE", "SWIFT_BACKTRACE=enable=no"]

    @Test("When the program quits") func quit() throws {
      let session = try ProbeSession()
      #expect(try session.tmux.value("alternate_on") == "1")
      #expect(try session.tmux.value("cursor_flag") == "0")
      #expect(try session.tmux.value("mouse_any_flag") == "1")
      try session.tmux.press("q")
      try session.waitForReport("restored")
      try session.expectGivenBack(status: 0)
    }

    @Test("By Ctrl-C and by Ctrl-\\", arguments: [("C-c", Int32(130)), ("C-\\", 131)])
    func keys(key: String, status: Int32) throws {
      let session = try ProbeSession()
      try session.tmux.press(key)
      try session.expectGivenBack(status: status)
    }

    @Test("By a signal", arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGINT])
    func signals(signal: Int32) throws {
      let session = try ProbeSession()
      kill(session.processID, signal)
      try session.expectGivenBack(status: 128 + signal)
    }

    @Test(
      "By any other signal that ends a process, and its status tells which",
      arguments: [
        SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGIO, SIGPWR,
        SIGSTKFLT, SIGSYS, 64,
      ])
    func otherSignals(signal: Int32) throws {
      let session = try ProbeSession()
      kill(session.processID, signal)
      try session.expectGivenBack(status: 128 + signal)
    }

    @Test("By a crash on the thread that draws", arguments: ["t", "a", "o"], backtraces)
    func crashes(key: String, environment: String) throws {
      let session = try ProbeSession(environment)
      try session.tmux.press(key)
      switch key {
      case "t": try session.expectGivenBack(status: 128 + SIGILL, 128 + SIGTRAP)
      case "a": try session.expectGivenBack(status: 128 + SIGABRT)
      default: try session.expectGivenBack(status: 128 + SIGSEGV, 128 + SIGBUS)
      }
    }

    @Test(
      "By a crash on another thread while this one draws", arguments: ["T", "A", "O"], backtraces)
    func threadCrashes(key: String, environment: String) throws {
      let session = try ProbeSession(environment)
      try session.press("d", reports: "character U+64")
      try session.tmux.press(key)
      switch key {
      case "T": try session.expectGivenBack(status: 128 + SIGILL, 128 + SIGTRAP)
      case "A": try session.expectGivenBack(status: 128 + SIGABRT)
      default: try session.expectGivenBack(status: 128 + SIGSEGV, 128 + SIGBUS)
      }
    }

    @Test("By exit, on this thread or another one", arguments: ["x", "X"])
    func exits(key: String) throws {
      let session = try ProbeSession()
      try session.tmux.press(key)
      try session.expectGivenBack(status: 3)
    }

    @Test("By Ctrl-Z, and it is taken again by fg") func stopping() throws {
      let session = try ProbeSession()
      for _ in 0..<2 {
        try session.tmux.press("C-z")
        try session.tmux.wait("the shell") { try session.tmux.value("alternate_on") == "0" }
        try session.expectOrdinaryTerminal()
        #expect(try session.tmux.screen().contains("BEFORE"))
        try session.tmux.line("fg")
        try session.tmux.wait("the screen") { try session.tmux.screen().contains("last resumed") }
        #expect(try session.tmux.screen().contains("MARKER"))
        #expect(try session.tmux.value("mouse_any_flag") == "1")
        #expect(try session.tmux.value("cursor_flag") == "0")
        try session.tmux.press("Up")
        try session.tmux.wait("the key") { try session.tmux.screen().contains("last key up") }
      }
      try session.tmux.press("q")
      try session.expectGivenBack(status: 0)
    }

    @Test(
      "While it is stopped, TERM and HUP end it and leave the shell's screen alone",
      arguments: [SIGTERM, SIGHUP])
    func endedWhileStopped(signal: Int32) throws {
      let session = try ProbeSession()
      try session.tmux.press("C-z")
      try session.tmux.wait("the shell") { try session.tmux.value("alternate_on") == "0" }
      try session.tmux.line("echo AFTER''WARDS")
      try session.tmux.wait("the echo") { try session.tmux.screen().contains("AFTERWARDS") }
      kill(session.processID, signal)
      kill(session.processID, SIGCONT)
      try session.tmux.wait("the end of the probe") {
        // The shell notices it with its next line.
        try session.tmux.press("Enter")
        return kill(session.processID, 0) != 0
      }
      #expect(!session.report.contains("resumed"))
      let text = try session.tmux.screen()
      #expect(text.contains("BEFORE") && text.contains("AFTERWARDS"))
      try session.expectOrdinaryTerminal()
    }

    @Test("In the background it does not touch the shell's terminal, and fg takes it again")
    func background() throws {
      let session = try ProbeSession()
      try session.tmux.press("C-z")
      try session.tmux.wait("the shell") { try session.tmux.value("alternate_on") == "0" }
      try session.tmux.line("bg; sleep 0.3; jobs; echo LIST''ED")
      try session.tmux.wait("the list") { try session.tmux.screen().contains("LISTED") }
      try session.expectOrdinaryTerminal()
      #expect(!session.report.contains("resumed"))
      try session.tmux.line("fg")
      try session.tmux.wait("the screen") { try session.tmux.screen().contains("last resumed") }
      try session.tmux.press("q")
      try session.expectGivenBack(status: 0)
    }

    @Test("When it is lent to another program, nothing is drawn meanwhile") func lending() throws {
      let session = try ProbeSession()
      try session.press("z", reports: "suspended")
      #expect(try session.tmux.value("alternate_on") == "0")
      #expect(try !session.tmux.screen().contains("MARKER"))
      try session.tmux.press("Enter")
      try session.tmux.wait("the screen") { try session.tmux.screen().contains("MARKER") }
      try session.tmux.press("q")
      try session.expectGivenBack(status: 0)
    }

    @Test("When the terminal goes away, the program ends, by HUP or by the end of its input")
    func hangUp() throws {
      for ignoresHangUp in [false, true] {
        let session = try ProbeSession(
          ignoresHangUp ? "sh -c 'trap \"\" HUP; exec \"$@\"' sh" : "")
        let process = session.processID
        try session.tmux.tmux("new-window", "sleep 600")
        try session.tmux.tmux("kill-window", "-t", ":0")
        try session.tmux.wait("the end of the probe") { kill(process, 0) != 0 }
        // Without the signal there is only the end of the input; with it, either may come first.
        let isTold = session.report.contains("terminating \(SIGHUP)")
        #expect(session.report.contains("end of input") || (isTold && !ignoresHangUp))
      }
    }

    @Test("By the second TERM, where the program does not heed the first") func secondTerm() throws
    {
      let session = try ProbeSession(options: "deaf")
      kill(session.processID, SIGTERM)
      try session.waitForReport("terminating \(SIGTERM)")
      kill(session.processID, SIGTERM)
      try session.expectGivenBack(status: 128 + SIGTERM)
    }

    @Test("By one TERM after the time of grace, where the program is stuck") func stuck() throws {
      let session = try ProbeSession()
      try session.press("s", reports: "character U+73")
      kill(session.processID, SIGTERM)
      try session.expectGivenBack(status: 128 + SIGTERM)
    }

    @Test("What standard error was told appears after that, and only then") func standardError()
      throws
    {
      let session = try ProbeSession()
      try session.press("e", reports: "character U+65")
      #expect(try !session.tmux.screen().contains("told to"))
      try session.tmux.press("q")
      try session.expectGivenBack(status: 0)
      #expect(try session.tmux.screen(history: true).contains("told to standard error"))
    }
  }
}
