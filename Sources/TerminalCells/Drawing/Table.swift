/// Rows of text in columns, with a heading and perhaps a selected row.
public struct Table: Equatable, Sendable {
  /// The side of a column at which its texts are aligned.
  public enum Alignment: Equatable, Sendable {
    /// Left: words.
    case left
    /// Right: numbers.
    case right
  }

  /// A column: its heading, its side and its width.
  public struct Column: Equatable, Sendable {
    /// The heading.
    public var title: String
    /// The side at which its texts are aligned.
    public var alignment: Alignment
    /// Its width; `nil` for that of its widest text.
    public var width: Int?
    /// The style of the heading.
    public var style: Style

    /// Creates a column.
    public init(
      _ title: String, _ alignment: Alignment = .left, width: Int? = nil,
      style: Style = Style(.dim)
    ) {
      self.title = title
      self.alignment = alignment
      self.width = width
      self.style = style
    }
  }

  /// A text in a table, with its style.
  public struct Entry: Equatable, Sendable {
    /// The text.
    public var text: String
    /// The style.
    public var style: Style

    /// Creates an entry.
    public init(_ text: String, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  /// The columns.
  public var columns: [Column]
  /// The rows; entries beyond the columns are not shown.
  public var rows: [[Entry]]
  /// The index of the selected row, which is always visible.
  public var selection: Int?
  /// Whether the headings are shown.
  public var showsTitles: Bool

  /// Creates a table.
  public init(
    columns: [Column], rows: [[Entry]], selection: Int? = nil, showsTitles: Bool = true
  ) {
    self.columns = columns
    self.rows = rows
    self.selection = selection
    self.showsTitles = showsTitles
  }

  /// The rows visible at a height: as many as fit, including the selected one.
  ///
  /// If not all fit, the selected row is in the middle as far as the ends allow.
  public static func visibleRows(count: Int, height: Int, selection: Int?) -> Range<Int> {
    guard count > height else { return 0..<max(0, count) }
    guard height > 0 else { return 0..<0 }
    let middle = min(max(0, selection ?? 0), count - 1)
    let start = min(max(0, middle - height / 2), count - height)
    return start..<start + height
  }

  /// Draws the table and returns the range of visible rows.
  @discardableResult
  public func draw(
    in area: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet
  ) -> Range<Int> {
    let hasTitles = showsTitles && area.height > 1
    let (top, body) = area.splitTop(hasTitles ? 1 : 0)
    let shown = Self.visibleRows(count: rows.count, height: body.height, selection: selection)
    guard !area.isEmpty else { return shown }
    let marker = selection == nil ? 0 : 1
    let places = self.places(from: area.x + marker, room: area.width - marker, of: shown)
    buffer.clipped(to: area) { buffer in
      if hasTitles {
        for (column, place) in zip(columns, places) {
          put(Entry(column.title, column.style), column, place, y: top.y, &buffer, glyphs)
        }
      }
      for (line, index) in shown.enumerated() {
        let y = body.y + line
        if index == selection { buffer[area.x, y] = Cell(glyphs.selected, Style(.selected)) }
        for (entry, (column, place)) in zip(rows[index], zip(columns, places)) {
          put(entry, column, place, y: y, &buffer, glyphs)
        }
        if index == selection {
          buffer.restyle(Rect(x: area.x, y: y, width: area.width, height: 1)) { $0.bold = true }
        }
      }
    }
    return shown
  }

  private func put(
    _ entry: Entry, _ column: Column, _ place: Range<Int>, y: Int, _ buffer: inout CellBuffer,
    _ glyphs: GlyphSet
  ) {
    let text = entry.text.truncated(to: place.count, ellipsis: glyphs.ellipsis)
    switch column.alignment {
    case .left: buffer.write(text, x: place.lowerBound, y: y, style: entry.style)
    case .right: buffer.write(text, endX: place.upperBound, y: y, style: entry.style)
    }
  }

  /// The places of the columns, with a space between them.
  ///
  /// If there is not enough room, the widest column without a fixed width shrinks first.
  private func places(from x: Int, room: Int, of shown: Range<Int>) -> [Range<Int>] {
    var widths = columns.enumerated().map { index, column in
      // No column is wider than the room, so that the sum of all widths is finite.
      if let width = column.width { return min(max(0, width), max(0, room)) }
      let texts = rows[shown].lazy.filter { $0.count > index }.map { $0[index].text.columns }
      return min(max(showsTitles ? column.title.columns : 0, texts.max() ?? 0), max(0, room))
    }
    var excess = widths.reduce(0, +) + max(0, columns.count - 1) - max(0, room)
    while excess > 0 {
      let flexible = widths.indices.filter { columns[$0].width == nil && widths[$0] > 1 }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    var start = x
    return widths.map { width in
      let from = min(start, x + max(0, room))
      let place = from..<max(from, min(start + width, x + max(0, room)))
      start += width + 1
      return place
    }
  }
}
