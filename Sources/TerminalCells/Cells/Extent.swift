/// The extent of one part of a divided rectangle.
public enum Extent: Equatable, Sendable {
  /// Exactly this many cells, as long as there is room.
  case fixed(Int)
  /// A share of the room that the fixed parts leave, in proportion to the weight.
  case share(Int)

  /// A share of the rest with weight 1.
  public static var remaining: Extent { .share(1) }

  /// Places the parts one after the other with a gap between them.
  ///
  /// Fixed parts come first, in order; shares divide the rest without a remainder. Negative extents
  /// count as 0.
  static func spans(
    _ extents: [Extent], length: Int, gap: Int
  ) -> [(start: Int, length: Int)] {
    let gaps = max(0, gap) * max(0, extents.count - 1)
    var room = max(0, length - gaps)
    var weight = 0
    var lengths = extents.map { extent in
      switch extent {
      case .fixed(let wanted):
        let given = min(max(0, wanted), room)
        room -= given
        return given
      case .share(let share):
        weight += max(0, share)
        return 0
      }
    }
    for (index, extent) in extents.enumerated() {
      guard case .share(let share) = extent, share > 0 else { continue }
      lengths[index] = room * share / weight
      room -= lengths[index]
      weight -= share
    }
    var start = 0
    return lengths.map { part in
      let begin = min(start, length)
      start = begin + part + max(0, gap)
      return (begin, min(part, length - begin))
    }
  }
}
