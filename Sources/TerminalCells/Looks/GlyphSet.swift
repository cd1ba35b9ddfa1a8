/// The characters of pictures.
///
/// Panels draw by these names, so that each panel works on terminals with Unicode, without it, and
/// with Unicode but too few colours for half blocks.
public struct GlyphSet: Equatable, Sendable {
  /// Whether characters outside ASCII may be drawn.
  public var isUnicode: Bool
  /// Whether curves are drawn with Braille dots rather than with letters.
  public var usesBraille: Bool
  /// Whether maps are drawn with two cells to a character rather than with shades.
  public var usesHalfBlocks: Bool
  /// A unit that the mask keeps.
  public var kept: Unicode.Scalar
  /// A unit that the mask drops.
  public var masked: Unicode.Scalar
  /// The mark of the selected row or unit.
  public var selected: Unicode.Scalar
  /// A horizontal line.
  public var horizontal: Unicode.Scalar
  /// A vertical line.
  public var vertical: Unicode.Scalar
  /// The upper left corner of a frame.
  public var topLeft: Unicode.Scalar
  /// The upper right corner of a frame.
  public var topRight: Unicode.Scalar
  /// The lower left corner of a frame.
  public var bottomLeft: Unicode.Scalar
  /// The lower right corner of a frame.
  public var bottomRight: Unicode.Scalar
  /// A vertical line with a branch to the right.
  public var teeRight: Unicode.Scalar
  /// A vertical line with a branch to the left.
  public var teeLeft: Unicode.Scalar
  /// A horizontal line with a branch downwards.
  public var teeDown: Unicode.Scalar
  /// A horizontal line with a branch upwards.
  public var teeUp: Unicode.Scalar
  /// Two lines that cross.
  public var cross: Unicode.Scalar
  /// The zero axis of bars.
  public var axis: Unicode.Scalar
  /// A whole cell of a histogram's column.
  public var bar: Unicode.Scalar
  /// A whole cell of the common part of a bar: a pattern where no colours tell it from the extra.
  public var pattern: Unicode.Scalar
  /// A whole cell of the extra part of a bar: solid, where possible.
  public var extra: Unicode.Scalar
  /// A whole cell of what a bar lacks.
  public var missing: Unicode.Scalar
  /// Bars of one to seven eighths of a cell, from the left; empty where there are none.
  public var eighths: [Unicode.Scalar]
  /// Bars of one to seven eighths of a cell from the right, as near as there are characters; empty
  /// where there are none.
  public var eighthsFromRight: [Unicode.Scalar]
  /// Columns of one to seven eighths of a cell, from the bottom; empty where there are none.
  public var risingEighths: [Unicode.Scalar]
  /// From nothing to a full cell: a map's cell by its strength.
  public var shades: [Unicode.Scalar]
  /// The upper half of a cell.
  public var upperHalf: Unicode.Scalar
  /// The tip of an arrow to the right.
  public var arrowRight: Unicode.Scalar
  /// The tip of an arrow to the left.
  public var arrowLeft: Unicode.Scalar
  /// The tip of an arrow upwards.
  public var arrowUp: Unicode.Scalar
  /// The tip of an arrow downwards.
  public var arrowDown: Unicode.Scalar
  /// The end of text that was cut off.
  public var ellipsis: Unicode.Scalar
  /// The program runs.
  public var running: Unicode.Scalar
  /// The program is paused.
  public var paused: Unicode.Scalar
  /// A tick.
  public var check: Unicode.Scalar
  /// The sign of multiplication.
  public var times: Unicode.Scalar
  /// Plus or minus.
  public var plusMinus: Unicode.Scalar
  /// A bullet in a list.
  public var bullet: Unicode.Scalar
  /// A point of a scatter plot, by class; cycles.
  public var classMarkers: [Unicode.Scalar]

  /// The same glyphs for a terminal with the given number of colours.
  ///
  /// Half blocks need both colours of a cell in many shades: without 256 colours, shades of
  /// characters take their place. With colours the parts of a bar are solid, and share the cell in
  /// which they meet; without, they differ by pattern, cell by cell.
  public func adjusted(to depth: ColorDepth) -> GlyphSet {
    var glyphs = self
    if depth != .colors256 { glyphs.usesHalfBlocks = false }
    guard depth != .none else { return glyphs.withoutColors }
    if isUnicode { glyphs.pattern = bar }
    return glyphs
  }

  /// The same glyphs where colours tell nothing, as in plain text: the parts of a bar have a
  /// pattern each, and whole cells.
  public var withoutColors: GlyphSet {
    var glyphs = self
    glyphs.pattern = isUnicode ? GlyphSet.unicode.pattern : pattern
    glyphs.eighths = []
    glyphs.eighthsFromRight = []
    return glyphs
  }

  /// The shade for a strength in 0...1; NaN gives the weakest.
  public func shade(_ strength: Double) -> Unicode.Scalar {
    shades.isEmpty ? " " : shades[Int(cellOf: strength, among: shades.count)]
  }

  /// The marker of a class in a scatter plot.
  public func marker(ofClass index: Int) -> Unicode.Scalar {
    classMarkers.isEmpty ? kept : classMarkers[abs(index % classMarkers.count)]
  }
}
