import TerminalCells

/// Draws cells with few SVG elements: all that has one colour is one path.
///
/// Paths are written on grids on which all their numbers are whole: a cell is 8 by 16 for what
/// fills it or a part of it, and 2 by 4 for dots.
struct PictureLayer {
  /// A stroke that may still grow to the right.
  private struct Stroke: Equatable {
    var x: Int
    var y: Int
    var width: Int
    var thickness: Int
    var color: RGB
  }

  private var fills = GridPaths()
  private var blocks = GridPaths()
  private var dots = GridPaths()
  private var texts: [(row: Int, text: RowPieces.Text)] = []
  private var open: Stroke?

  /// The cells of a screen.
  ///
  /// - Parameters:
  ///   - buffer: the screen.
  ///   - changes: the cells.
  ///   - theme: how meanings look.
  ///   - background: a colour that is there already; nil where every background is drawn.
  init(of buffer: CellBuffer, _ changes: [ChangedCells], theme: Theme, over background: RGB?) {
    for change in changes {
      let pieces = RowPieces(of: buffer, row: change.row, columns: change.columns, theme: theme)
      for fill in pieces.fills where fill.color != background {
        fills.add(
          x: fill.columns.lowerBound * 8, y: change.row * 16 + 8, width: fill.columns.count * 8,
          thickness: 16, color: fill.color)
      }
      for ink in pieces.inks {
        switch ink {
        case .mark(let mark): add(mark, row: change.row)
        case .text(let text): texts.append((change.row, text))
        }
      }
    }
    close()
  }

  private mutating func add(_ mark: RowPieces.Mark, row: Int) {
    let (x, y) = (mark.column * 8, row * 16)
    switch mark.shape {
    case .rectangle(let left, let top, let width, let height):
      add(x + left, y + 2 * top + height, width, 2 * height, mark.color)
    case .shade(let quarters):
      for half in 0..<2 { add(x + half * 4, y + 8, quarters, 16, mark.color) }
    case .dots(let bits):
      for place in BlockShape.dotPlaces(bits) {
        dots.add(
          x: mark.column * 2 + place.x, y: row * 4 + place.y, width: 0, thickness: 0,
          color: mark.color)
      }
    }
  }

  /// Adds a stroke of a block, or lengthens the last stroke if this one begins where that one ends.
  private mutating func add(_ x: Int, _ y: Int, _ width: Int, _ thickness: Int, _ color: RGB) {
    let stroke = Stroke(x: x, y: y, width: width, thickness: thickness, color: color)
    if var longer = open, longer.x + longer.width == x {
      longer.width += width
      var same = stroke
      (same.x, same.width) = (longer.x, longer.width)
      if longer == same {
        open = longer
        return
      }
    }
    close()
    open = stroke
  }

  private mutating func close() {
    if let open {
      blocks.add(
        x: open.x, y: open.y, width: open.width, thickness: open.thickness, color: open.color)
    }
    open = nil
  }

  /// The elements, in drawing order.
  func elements(_ palette: inout PicturePalette) -> [String] {
    var elements: [String] = []
    if !fills.isEmpty || !blocks.isEmpty {
      elements.append("<g class=\"a\" transform=\"scale(1.125)\">")
      elements += fills.elements(&palette) + blocks.elements(&palette)
      elements.append("</g>")
    }
    if !dots.isEmpty {
      elements.append("<g class=\"d\" transform=\"translate(2.25 2.25) scale(4.5)\">")
      elements += dots.elements(&palette)
      elements.append("</g>")
    }
    return elements + textElements(&palette)
  }

  /// The texts, in a group for each look.
  private func textElements(_ palette: inout PicturePalette) -> [String] {
    var classes: [String] = []
    var groups: [String: [String]] = [:]
    for (row, text) in texts {
      var name = palette.name(of: text.look.foreground)
      if text.look.isBold { name += " b" }
      if text.look.isUnderlined { name += " u" }
      if groups[name] == nil { classes.append(name) }
      groups[name, default: []].append(text.shortElement(row: row))
    }
    return classes.flatMap { name in
      ["<g class=\"\(name)\">"] + (groups[name] ?? []) + ["</g>"]
    }
  }

  /// The CSS rules of the elements' classes, apart from their colours.
  ///
  /// Edges of areas are sharp: what lies below would shine through a soft one.
  static let rules =
    """
    text{fill:currentColor}
    path{fill:none;stroke:currentColor}
    .a{shape-rendering:crispEdges}
    .d{stroke-width:.622;stroke-linecap:round}
    .b{font-weight:bold}
    .u{text-decoration:underline}

    """ + (1...8).map { ".t\(2 * $0){stroke-width:\(2 * $0)}\n" }.joined()
}
