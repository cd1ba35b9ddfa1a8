import ArgumentParser
import Explorer
import TerminalCells

/// Keys that are pressed before one frame is drawn, such as `12:s`.
struct FrameKeys: ExpressibleByArgument, Equatable {
  /// The frame; the first one is 0.
  let frame: Int
  /// The keys, as they were written.
  let keys: String

  init?(argument: String) {
    guard let colon = argument.firstIndex(of: ":"), let frame = Int(argument[..<colon]), frame >= 0
    else { return nil }
    self.frame = frame
    keys = String(argument[argument.index(after: colon)...])
  }
}
