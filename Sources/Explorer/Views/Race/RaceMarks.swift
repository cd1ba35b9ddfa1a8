import DropoutEngine
import TerminalCells

/// The mark of a runner: a letter, and a colour where there are colours.
enum RaceMarks {
  /// The letter of a runner.
  static func letter(_ lane: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(ascii: "a") + UInt8(min(25, max(0, lane))))
  }

  /// The colour of a runner.
  static func role(_ lane: Int) -> Role { .classHue(lane) }
}

extension ExplorerState {
  /// The runners of the race.
  var lanes: [LaneSnapshot] { race?.lanes ?? [] }

  /// The selected runner.
  var shownLane: LaneSnapshot? { lanes.indices.contains(raceLine) ? lanes[raceLine] : nil }
}
