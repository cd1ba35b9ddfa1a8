/// Why the terminal could not be taken.
public enum TerminalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Which of the two standard streams a message is about.
  public enum Stream: String, Equatable, Sendable {
    /// Where keys come from.
    case input
    /// Where the screen is drawn.
    case output
  }

  /// A standard stream is a file or a pipe.
  case notATerminal(Stream)
  /// The value of `TERM`, perhaps empty, names no terminal that is known here.
  case unknownTerminal(String)
  /// The type in `TERM` is one that cannot draw anywhere but at the end of its text.
  case noScreen(String)
  /// The terminal is in use already: there is one to a process.
  case alreadyInUse

  /// The wording for people: what is wrong, and what would be right.
  public var description: String {
    switch self {
    case .notATerminal(let stream):
      "standard \(stream.rawValue) is not a terminal; the explorer needs one for its screen and keys"
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
