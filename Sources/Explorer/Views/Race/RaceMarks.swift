import DropoutEngine
import TerminalCells

/// The mark of a runner: a colour, and a letter where curves are drawn with letters.
enum RaceMarks {
  /// The letter of a runner.
  static func letter(_ lane: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(ascii: "a") + UInt8(min(25, max(0, lane))))
  }

  /// The mark of a runner in a row: a piece of its line, with its letter where colours are few, or
  /// the letter that draws it.
  static func swatch(_ lane: Int, _ state: ExplorerState) -> String {
    guard state.glyphs.usesBraille else { return String(letter(lane)) + " " }
    let line = Role.isLaneDashed(lane) ? "╍" : "━"
    return (hasLetters(state) ? String(letter(lane)) : line) + line
  }

  /// Whether runners have letters on their lines of dots: colours alone do not tell them apart.
  static func hasLetters(_ state: ExplorerState) -> Bool {
    state.glyphs.usesBraille && state.theme.depth != .colors256
  }

  /// The style of a runner's name, which is that of its curve: the ones in front stand out.
  static func style(_ lane: Int, isFront: Bool) -> Style {
    Style(.lane(lane, isQuiet: !isFront), bold: isFront)
  }
}

extension ExplorerState {
  /// The runners of the race.
  var lanes: [LaneSnapshot] { race?.lanes ?? [] }

  /// The selected runner.
  var shownLane: LaneSnapshot? { lanes.indices.contains(raceLine) ? lanes[raceLine] : nil }

  /// The runners whose lines lie in front: the selected one and the one that leads.
  var frontLanes: Set<Int> { Set([raceLine, RaceContest(self).leader].compactMap(\.self)) }
}
