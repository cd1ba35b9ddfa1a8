/// Something that a terminal reports.
public enum TerminalEvent: Equatable, Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse was used.
  case mouse(Mouse)
  /// A text was pasted, however long; line ends are as they came.
  case pasted(String)
  /// The terminal has a new size.
  case resize(width: Int, height: Int)
  /// There will be no more input: the terminal is gone.
  case endOfInput
  /// The person asked to stop, with Ctrl-C or the signal INT.
  case interrupted
  /// The process was told to end by this signal (TERM, HUP or QUIT) and must finish at once.
  case terminating(signal: Int32)
  /// The program runs again after it was stopped (Ctrl-Z, then `fg`): draw everything.
  case resumed
  /// Another thread has something to show.
  case wake
}
