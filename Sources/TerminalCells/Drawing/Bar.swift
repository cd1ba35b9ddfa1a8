/// A signed bar that grows from a zero axis: a value, and another value over it or short of it.
///
/// ```
///       :::###|            train -1.35, test -2.70: half of the length is extra
///             |###:::      train  1.28, test  2.57
///             |###...      train  2.57, test  1.28: half of the length is missing
/// ```
/// Both ends are drawn to the eighth of a cell where there are characters for that. A length is
/// rounded up to the cell in which both ends lie, and then divided, so that a short bar keeps its
/// proportion, too.
public struct Bar: Equatable, Sendable {
  /// The value, in the colour of the training sum.
  public var value: Double
  /// The other value, whose extra over the value has the colour of the test sum's extra.
  public var total: Double
  /// The magnitude that fills the longer side of the axis.
  public var scale: Double
  /// The meaning of the part that both have.
  public var valueRole: Role
  /// The meaning of the part in which they differ.
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

  /// The part of a bar on one side of the axis, from the axis on.
  struct Side: Equatable {
    /// Whether it grows to the right.
    var isRight: Bool
    /// The length of the part that both have, in parts of a cell.
    var common: Int
    /// The whole length, in parts of a cell.
    var length: Int
    /// Whether what lies beyond the common part is missing in the total, and not extra.
    var isMissing = false
  }

  /// The sides with `room` cells each, in `parts` of a cell; none where there is nothing to show.
  ///
  /// Where the total lies beyond the value on the same side, the part from value to total is extra,
  /// else it is missing. Where the two differ in sign, the whole total is extra, on its own side.
  func sides(room: Int, parts: Int) -> [Side] {
    guard room > 0, value.isFinite, total.isFinite, scale > 0, scale.isFinite else { return [] }
    let most = room * parts
    func length(_ magnitude: Double) -> Int {
      magnitude == 0 ? 0 : Int(drawn: magnitude / scale * Double(most), in: 1...most)
    }
    func side(_ isRight: Bool, _ one: Double, _ other: Double, isMissing: Bool) -> Side {
      let (inner, outer) = (min(one, other), max(one, other))
      let share = outer > 0 ? inner / outer : 1
      var whole = length(outer)
      var common = Int(drawn: Double(whole) * share, in: 0...whole)
      // A cell has two colours: one with both ends in it is filled to its end.
      if share < 1, common / parts == (whole - 1) / parts {
        whole = min(most, (whole + parts - 1) / parts * parts)
        common = Int(drawn: Double(whole) * share, in: 0...whole)
      }
      return Side(isRight: isRight, common: common, length: whole, isMissing: isMissing)
    }
    let isSame = value == 0 || total == 0 || (value < 0) == (total < 0)
    let sides =
      isSame
      ? [
        side(
          value == 0 ? total > 0 : value > 0, value.magnitude, total.magnitude,
          isMissing: total.magnitude < value.magnitude)
      ]
      : [
        side(value > 0, value.magnitude, value.magnitude, isMissing: false),
        side(total > 0, 0, total.magnitude, isMissing: false),
      ]
    return sides.filter { $0.length > 0 }
  }

  /// Draws the bar in the first row of an area, the axis in its middle or at `axisX`.
  public func draw(
    in area: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet, axisX: Int? = nil
  ) {
    guard !area.isEmpty else { return }
    let axis = axisX ?? area.x + area.width / 2
    let room = max(axis - area.x, area.maxX - 1 - axis)
    let parts = glyphs.eighths.count + 1
    buffer.clipped(to: area) { buffer in
      buffer[axis, area.y] = Cell(glyphs.axis, Style(.frame))
      for side in sides(room: room, parts: parts) {
        for distance in 0..<(side.length + parts - 1) / parts {
          buffer[axis + (side.isRight ? 1 : -1) * (distance + 1), area.y] = cell(
            side, from: distance * parts, parts: parts, glyphs: glyphs)
        }
      }
    }
  }

  /// The cell of a side that starts at a distance from the axis.
  private func cell(_ side: Side, from start: Int, parts: Int, glyphs: GlyphSet) -> Cell {
    let common = min(max(0, side.common - start), parts)
    let end = min(side.length - start, parts)
    let rest = Cell(side.isMissing ? glyphs.missing : glyphs.extra, Style(extraRole))
    if common == parts { return Cell(glyphs.pattern, Style(valueRole)) }
    if common == 0 {
      guard end < parts, !side.isMissing else { return rest }
      return partial(end, isRight: side.isRight, extraRole, on: nil, glyphs: glyphs)
    }
    let other: Role? = end > common && !side.isMissing ? extraRole : nil
    return partial(common, isRight: side.isRight, valueRole, on: other, glyphs: glyphs)
  }

  /// A cell that is filled to a part from the axis on.
  private func partial(
    _ filled: Int, isRight: Bool, _ role: Role, on other: Role?, glyphs: GlyphSet
  ) -> Cell {
    if isRight { return Cell(glyphs.eighths[filled - 1], Style(role, on: other)) }
    guard let other else { return Cell(glyphs.eighthsFromRight[filled - 1], Style(role)) }
    // Blocks grow from the left: what grows to the left is what they leave.
    return Cell(glyphs.eighths[glyphs.eighths.count - filled], Style(other, on: role))
  }
}
