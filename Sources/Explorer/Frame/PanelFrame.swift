import TerminalCells

/// The place of a panel while it is drawn: its cells, its heading, and what the mouse can reach in
/// it.
struct PanelFrame {
  /// The cells that it may draw on.
  let area: Rect
  /// The characters that it is drawn with.
  let glyphs: GlyphSet
  /// The regions that the mouse can reach: the panel, and the ones that were added.
  var regions: [HitRegion]
  /// The panel; nil where it is none of the explorer.
  private let panel: Panel?
  /// The panel of a recording; nil where it is none.
  private let recordedPanel: RecordedPanel?

  /// Creates the frame of a panel; the mouse focuses it.
  init(_ panel: Panel, in area: Rect, glyphs: GlyphSet) {
    self.area = area
    self.glyphs = glyphs
    self.panel = panel
    recordedPanel = nil
    regions = [
      HitRegion(area: area, target: .panel(panel)),
      HitRegion(area: area, target: .place(ScreenPlace(panel: panel))),
    ]
  }

  /// Creates the frame of a panel of a recording, which the mouse does not focus.
  init(recorded panel: RecordedPanel? = nil, in area: Rect, glyphs: GlyphSet) {
    (self.area, self.glyphs, regions, self.panel) = (area, glyphs, [], nil)
    recordedPanel = panel
  }

  /// Names cells of the panel, in the words of the heading, so that a lesson can point at them and
  /// the person can ask about them; `row` is the unit or the layer, from 0.
  mutating func mark(_ name: String, row: Int? = nil, at cells: Rect) {
    let shown = cells.intersection(area)
    guard !shown.isEmpty else { return }
    let place =
      recordedPanel.map { ScreenPlace(recorded: $0, name: name, row: row) }
      ?? ScreenPlace(panel: panel, name: name, row: row)
    regions.append(HitRegion(area: shown, target: .place(place)))
  }

  /// Writes a heading and returns its columns.
  @discardableResult
  func heading(_ title: String, on buffer: inout CellBuffer) -> Int {
    buffer.write(title, x: area.x, y: area.y, style: Style(.title))
  }

  /// Writes the longest heading that fits; the last one, cut off, where none does.
  func heading(_ wordings: [StyledLine], on buffer: inout CellBuffer) {
    StyledLine.longest(of: wordings, fitting: area.width).write(x: area.x, y: area.y, on: &buffer)
  }

  /// Writes a note below the heading, in one line.
  func note(_ text: String, on buffer: inout CellBuffer) {
    buffer.write(text, x: area.x, y: area.y + 1, style: Style(.dim))
  }

  /// Writes a text in the panel's width, from a row on.
  func paragraph(
    _ text: String, from row: Int = 1, style: Style = Style(.dim), on buffer: inout CellBuffer
  ) {
    for (line, text) in wrap(text, width: area.width).enumerated() {
      buffer.write(text, x: area.x, y: area.y + row + line, style: style)
    }
  }

  /// Writes a note below the heading while the numbers are being measured, with their progress if
  /// it is known.
  func pending(_ progress: String? = nil, on buffer: inout CellBuffer) {
    note(progress ?? PanelFrame.pendingText, on: &buffer)
  }

  /// The text in place of numbers that are being measured.
  static let pendingText = "being measured"
}
