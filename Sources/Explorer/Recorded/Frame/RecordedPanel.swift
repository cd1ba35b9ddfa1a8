package import TerminalCells

/// A part of the screen of a recording: how it is drawn, and what its numbers mean.
public struct RecordedPanel: Sendable {
  /// Draws into a frame; what the mouse can reach goes to the frame's regions.
  typealias Drawing =
    @Sendable (RecordedState, _ frame: inout PanelFrame, _ buffer: inout CellBuffer) -> Void

  /// Its name on the screen.
  public let name: String
  /// The meaning of its numbers, with the values that are drawn put in.
  let formulas: @Sendable (RecordedState) -> [BoxLine]
  /// The meaning of one number in its place.
  let explain: @Sendable (RecordedState, ScreenPlace) -> [BoxLine]
  private let drawing: Drawing

  init(
    _ name: String, draw: @escaping Drawing,
    formulas: @escaping @Sendable (RecordedState) -> [BoxLine],
    explain: @escaping @Sendable (RecordedState, ScreenPlace) -> [BoxLine]
  ) {
    self.name = name
    self.formulas = formulas
    self.explain = explain
    drawing = draw
  }

  /// The panels, in the order in which Tab visits them.
  public static let all: [RecordedPanel] = [.layers, .sums, .depth, .course, .losses]

  /// Draws the panel in an area; the regions are what the mouse can reach in it.
  package func draw(
    _ state: RecordedState, in area: Rect, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    var frame = PanelFrame(recorded: self, in: area, glyphs: state.glyphs)
    guard area.width > 0, area.height > 0 else { return [] }
    buffer.clipped(to: area) { drawing(state, &frame, &$0) }
    return frame.regions
  }
}

extension RecordedPanel: Equatable {
  /// Whether both are the panel of one name.
  public static func == (first: Self, second: Self) -> Bool { first.name == second.name }
}
