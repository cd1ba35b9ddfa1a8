/// A signed bar that grows from a zero axis: a value, and the extra of another value over it.
///
/// ```
///       :::###|            train -1.35, test -2.70: half of the length is extra
///             |###:::      train  1.28, test  2.57
/// ```
/// The whole length is rounded to cells first and then divided, so that the extra keeps its
/// proportion whatever the scale.
public struct Bar: Equatable, Sendable {
  /// The value, in the colour of the training sum.
  public var value: Double
  /// The value with its extra, in the colour of the test sum's extra.
  public var total: Double
  /// The magnitude that fills the longer side of the axis.
  public var scale: Double
  /// The meaning of the value's part.
  public var valueRole: Role
  /// The meaning of the extra's part.
  public var extraRole: Role

  /// Creates a bar; without a `total` it has no extra.
  public init(
    value: Double, total: Double? = nil, scale: Double, valueRole: Role = .training,
    extraRole: Role = .extra
  ) {
    self.value = value
    self.total = total ?? value
    self.scale = scale
    self.valueRole = valueRole
    self.extraRole = extraRole
  }

  /// One piece of a bar: its start and end, as distances from the axis in cells, and its side.
  struct Piece: Equatable {
    var side: Int
    var start: Int
    var end: Int
    var isExtra: Bool
  }

  /// The pieces with `room` cells on each side; empty where there is nothing to show.
  ///
  /// Where the total lies beyond the value on the same side, the piece from value to total is
  /// extra. Where the total is smaller, only the total is drawn. Where the two differ in sign, the
  /// whole total is extra, on its own side.
  func pieces(room: Int) -> [Piece] {
    guard room > 0, value.isFinite, total.isFinite, scale > 0, scale.isFinite else { return [] }
    func cells(_ magnitude: Double) -> Int {
      magnitude == 0 ? 0 : Int(drawn: magnitude / scale * Double(room), in: 1...room)
    }
    let valueSide = value < 0 ? -1 : 1
    let totalSide = total < 0 ? -1 : 1
    var pieces: [Piece] = []
    func append(_ side: Int, _ start: Int, _ end: Int, _ isExtra: Bool) {
      if end > start { pieces.append(Piece(side: side, start: start, end: end, isExtra: isExtra)) }
    }
    if value == 0 || total == 0 || valueSide == totalSide {
      let side = value == 0 ? totalSide : valueSide
      if total.magnitude > value.magnitude {
        let whole = cells(total.magnitude)
        let share = Int(
          drawn: Double(whole) * (value.magnitude / total.magnitude), in: 0...whole)
        append(side, 0, share, false)
        append(side, share, whole, true)
      } else {
        append(side, 0, cells(total == 0 ? value.magnitude : total.magnitude), false)
      }
    } else {
      append(valueSide, 0, cells(value.magnitude), false)
      append(totalSide, 0, cells(total.magnitude), true)
    }
    return pieces
  }

  /// Draws the bar in the first row of an area, the axis in its middle or at `axisX`.
  public func draw(
    in area: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet, axisX: Int? = nil
  ) {
    guard !area.isEmpty else { return }
    let axis = axisX ?? area.x + area.width / 2
    let room = max(axis - area.x, area.maxX - 1 - axis)
    buffer.clipped(to: area) { buffer in
      buffer[axis, area.y] = Cell(glyphs.axis, Style(.frame))
      for piece in pieces(room: room) {
        let style = Style(piece.isExtra ? extraRole : valueRole)
        let cell = Cell(piece.isExtra ? glyphs.extra : glyphs.pattern, style)
        for distance in piece.start..<piece.end {
          buffer[axis + piece.side * (distance + 1), area.y] = cell
        }
      }
    }
  }
}
