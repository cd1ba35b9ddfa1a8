internal import CNcurses

/// Ends the wait of ``NcursesTerminal/nextEvent(timeoutMilliseconds:)`` from another thread.
///
/// Wake-ups before the last one was taken count as one. Without an open terminal nothing happens.
public struct TerminalWaker: Sendable {
  init() {}

  /// Makes the terminal report ``TerminalCells/TerminalEvent/wake``; never blocks.
  public func wake() { nc_wake() }
}
