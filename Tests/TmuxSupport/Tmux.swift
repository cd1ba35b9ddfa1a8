import Foundation

/// A separate terminal: a shell in a tmux server that ends with this object.
package final class Tmux {
  /// A condition that did not come true.
  package struct TimedOut: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
  }

  private let socket = "dropscope-\(getpid())-\(UUID().uuidString.prefix(8))"
  private let folder: URL

  package init(width: Int = 80, height: Int = 24) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(socket)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // The programs save beside the tests, not in the home of the person who runs them, and do not
    // read that person's preferences.
    let folders = "XDG_STATE_HOME='\(folder.path)/state' XDG_CONFIG_HOME='\(folder.path)/config'"
    try tmux(
      "new-session", "-d", "-x", "\(width)", "-y", "\(height)",
      "env PS1='$ ' ENV= \(folders) /bin/sh -i")
    try line("echo BE''FORE")
    try wait("the shell") { try screen().contains("BEFORE") }
  }

  deinit {
    // The system tidies up what cannot be tidied up here.
    _ = try? tmux("kill-server")
    try? FileManager.default.removeItem(at: folder)
  }

  /// The path of a file that disappears with this terminal.
  package func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The text of such a file, empty if there is none.
  package func text(_ name: String) -> String {
    (try? String(contentsOfFile: path(name), encoding: .utf8)) ?? ""
  }

  /// Runs a tmux command on this server and returns what it prints.
  @discardableResult
  package func tmux(_ arguments: String...) throws -> String { try run(arguments) }

  /// Runs a command through a shell, since the server would keep open the file that `Process` waits
  /// for.
  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    let quoted = arguments.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }
    let unset = [
      "TMUX", "LINES", "COLUMNS", "NO_COLOR", "COLORFGBG", "LANG", "SWIFT_BACKTRACE",
      "SSH_CONNECTION", "ESCDELAY",
    ]
    let line =
      "env " + unset.map { "-u \($0) " }.joined() + "LC_ALL=C.UTF-8 TERM=xterm-256color "
      // Its socket is in the folder and disappears with it.
      + "TMUX_TMPDIR='\(folder.path)' "
      + "tmux -u -L \(socket) -f /dev/null " + quoted.joined(separator: " ")
      + " </dev/null 2>/dev/null"
    // The threads that run tests block signals, and children inherit that.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    let stream = popen(line, "r")
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard let output = stream else { throw TimedOut(description: "no shell") }
    var bytes: [UInt8] = []
    while case let byte = fgetc(output), byte >= 0 { bytes.append(UInt8(byte)) }
    pclose(output)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Presses keys by their names in tmux.
  ///
  /// After Escape it waits as long as a person does: a key right behind it would be one with Alt.
  package func press(_ keys: String...) throws {
    for key in keys {
      try tmux("send-keys", key)
      if key == "Escape" { Thread.sleep(forTimeInterval: 0.3) }
    }
  }

  /// Types text unchanged.
  package func type(_ text: String) throws { try tmux("send-keys", "-l", text) }

  /// Sends bytes to the program, as a terminal would.
  package func send(_ bytes: String) throws {
    let hex = bytes.utf8.map { String($0, radix: 16) }
    for start in stride(from: 0, to: hex.count, by: 200) {
      let part = Array(hex[start..<min(hex.count, start + 200)])
      try run(["send-keys", "-H"] + part)
    }
  }

  /// Types a line for the shell.
  package func line(_ text: String) throws {
    try type(text)
    try press("Enter")
  }

  /// The current text of the screen; with `history`, also the text scrolled out of it.
  package func screen(history: Bool = false) throws -> String {
    history
      ? try tmux("capture-pane", "-p", "-J", "-S", "-") : try tmux("capture-pane", "-p")
  }

  /// The value of a tmux format such as `alternate_on`.
  package func value(_ name: String) throws -> String {
    try tmux("display-message", "-p", "#{\(name)}").trimmingCharacters(in: .newlines)
  }

  /// Waits for a condition; the limit is generous, since machines may be busy.
  package func wait(
    _ what: String, seconds: Double = 20, until condition: () throws -> Bool
  ) throws {
    let deadline = Date().addingTimeInterval(seconds)
    while !(try condition()) {
      guard Date() < deadline else {
        throw TimedOut(description: "waited in vain for \(what); the screen:\n\(try screen())")
      }
      Thread.sleep(forTimeInterval: 0.03)
    }
  }
}
