import CLibrary
internal import TerminalCells

/// The environment's information about the terminal.
enum Environment {
  /// The value of a variable; `nil` if it is not set.
  static func value(of name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The number of colours to use: the requested one, but no more than the terminal has.
  ///
  /// Without a request, a variable `NO_COLOR` that is not empty means none.
  ///
  /// > Source: no-color.org.
  static func colorDepth(
    asked: ColorDepth?, available colors: Int, pairs: Int, noColor: String? = value(of: "NO_COLOR")
  ) -> ColorDepth {
    let best: ColorDepth =
      colors >= 256 && pairs >= 256 ? .colors256 : colors >= 8 && pairs >= 8 ? .colors8 : .none
    switch asked {
    case .colors256: return best
    case .colors8: return best == .none ? .none : .colors8
    case ColorDepth.none?: return .none
    case nil: return noColor.map { !$0.isEmpty } == true ? .none : best
    }
  }

  /// The background in `COLORFGBG` (`15;0`, or `0;default;15`); `nil` if it names none.
  static func background(colorFgBg: String?) -> Theme.Background? {
    guard let last = colorFgBg?.split(separator: ";").last, let index = Int(last) else {
      return nil
    }
    return index == 7 || index >= 9 ? .light : .dark
  }

  /// The time for which an Escape may be the start of a sequence, in milliseconds.
  ///
  /// A line from afar may tear a sequence. `ESCDELAY` is the variable of ncurses.
  ///
  /// - Parameters:
  ///   - asked: the value of `ESCDELAY`; a number of milliseconds, at most 5000.
  ///   - isRemote: whether the terminal is at the other end of a network.
  /// - Returns: the milliseconds.
  static func escapeDelay(asked: String?, isRemote: Bool) -> Int {
    if let asked, let delay = Int(asked), (0...5000).contains(delay) { return delay }
    return isRemote ? 250 : 25
  }
}
