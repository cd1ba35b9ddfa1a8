/// The number of colours of a terminal.
public enum ColorDepth: String, Equatable, Sendable, CaseIterable {
  /// The palette of 256 colours of xterm.
  case colors256
  /// The eight colours of ANSI.
  case colors8
  /// No colours: bold, underline and reverse only.
  case none
}
