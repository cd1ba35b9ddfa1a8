/// The reason why the terminal could not be taken.
public enum TerminalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The standard stream of a message.
  public enum Stream: String, Equatable, Sendable {
    /// The source of keys.
    case input
    /// The target of the screen.
    case output
  }

  /// A standard stream is a file or a pipe.
  case notATerminal(Stream)
  /// The value of `TERM`, perhaps empty, names no known terminal.
  case unknownTerminal(String)
  /// The terminal type in `TERM` can draw only at the end of its text.
  case noScreen(String)
  /// The terminal is already in use; a process has only one.
  case alreadyInUse

  /// The message: the fault and the remedy.
  public var description: String {
    switch self {
    case .notATerminal(let stream):
      "standard \(stream.rawValue) is not a terminal; the explorer needs one for its screen and "
        + "keys"
    case .unknownTerminal(""):
      "TERM is not set; set it to the terminal's type, such as TERM=xterm-256color"
    case .unknownTerminal(let name):
      "TERM is \"\(name)\", which is not known here; try TERM=xterm-256color or TERM=vt100"
    case .noScreen(let name):
      "a terminal of the type TERM=\(name) has no screen to draw on; try TERM=xterm-256color"
    case .alreadyInUse:
      "the terminal is in use by this process already"
    }
  }
}
