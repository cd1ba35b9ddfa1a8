package import TerminalCells

/// A part of a view that can be focused, zoomed and scrolled: how it is drawn, and the formulas of
/// its numbers.
///
/// Each panel is a static value in the file that draws it; its view lists it.
public struct Panel: Sendable {
  /// The effects of keys and mouse in a panel, other than to scroll it.
  struct Traits: OptionSet, Sendable {
    let rawValue: Int

    /// The wheel moves the selection from unit to unit.
    static let wheelSelectsUnits = Traits(rawValue: 1)
    /// While it is focused, `[` and `]` turn the selected layer only.
    static let turnsOneLayer = Traits(rawValue: 2)
    /// While it is focused, the arrows scroll it, also in a view whose arrows select units.
    static let arrowsScroll = Traits(rawValue: 4)
    /// Its rows are units of a layer.
    static let rowsAreUnits = Traits(rawValue: 8)
  }

  /// Draws into a frame; what the mouse can reach besides the panel goes to the frame's regions.
  typealias Drawing =
    @Sendable (ExplorerState, _ frame: inout PanelFrame, _ buffer: inout CellBuffer) -> Void

  /// Its name on the screen: `mask passes`.
  public let name: String
  /// The names of its columns and other parts, which `frame.mark` has and lessons know; nil where
  /// they depend on what it shows.
  let parts: [String]?
  /// The axes of its picture, whose numbers it marks.
  let axes: [PanelAxis]
  /// The room below which nothing of it is drawn.
  let minimum: ScreenSize
  /// The effects of keys and mouse in it.
  let traits: Traits
  /// The formulas of its numbers, with the values that are drawn put in.
  let formulas: @Sendable (ExplorerState) -> [BoxLine]
  /// The meaning of one of its numbers: its name, its formula, its values put in; nil where its
  /// formulas say it.
  let explain: @Sendable (ExplorerState, ScreenPlace) -> [BoxLine]?
  private let drawing: Drawing

  init(
    _ name: String, parts: [String]? = nil, axes: [PanelAxis] = [],
    minimum: ScreenSize = ScreenSize(columns: 0, rows: 0), traits: Traits = [],
    draw: @escaping Drawing, formulas: @escaping @Sendable (ExplorerState) -> [BoxLine],
    explain: @escaping @Sendable (ExplorerState, ScreenPlace) -> [BoxLine]? = { _, _ in nil }
  ) {
    self.name = name
    self.parts = parts.map { $0 + axes.map(\.place) }
    self.axes = axes
    self.minimum = minimum
    self.traits = traits
    self.formulas = formulas
    self.explain = explain
    drawing = draw
  }

  /// Draws the panel in an area; the regions are what the mouse can reach in it.
  package func draw(
    _ state: ExplorerState, in area: Rect, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    var frame = PanelFrame(self, in: area, glyphs: state.glyphs)
    guard area.width >= minimum.columns, area.height >= minimum.rows else { return frame.regions }
    buffer.clipped(to: area) { drawing(state, &frame, &$0) }
    return frame.regions
  }
}

extension Panel: Hashable {
  /// Whether both have the same name.
  public static func == (first: Panel, second: Panel) -> Bool { first.name == second.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Panel: CustomStringConvertible {
  /// Its name.
  public var description: String { name }
}
