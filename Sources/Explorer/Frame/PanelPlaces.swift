import TerminalCells

/// Where the panels of a view stand, and the quiet lines between them.
struct PanelPlaces {
  /// The panels that are drawn.
  var panels: [(panel: Panel, area: Rect)] = []
  /// Rectangles of one column or one row.
  var rules: [Rect] = []
}
