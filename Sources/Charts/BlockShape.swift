/// A character that fills a part of its cell and is drawn as a shape.
enum BlockShape: Equatable {
  /// A rectangle in eighths of the cell, from the upper left.
  case rectangle(left: Int, top: Int, width: Int, height: Int)
  /// Stripes that cover a share of the cell, 1 to 3 quarters.
  case shade(Int)
  /// Dots of a Braille cell, by their bits.
  case dots(UInt8)

  /// The shape of a character; nil for one that is text.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x2580: self = .rectangle(left: 0, top: 0, width: 8, height: 4)
    case 0x2581...0x2588:
      let eighths = Int(scalar.value - 0x2580)
      self = .rectangle(left: 0, top: 8 - eighths, width: 8, height: eighths)
    case 0x2589...0x258F:
      self = .rectangle(left: 0, top: 0, width: Int(0x2590 - scalar.value), height: 8)
    case 0x2590: self = .rectangle(left: 4, top: 0, width: 4, height: 8)
    case 0x2595: self = .rectangle(left: 7, top: 0, width: 1, height: 8)
    case 0x2591...0x2593: self = .shade(Int(scalar.value - 0x2590))
    case 0x2801...0x28FF: self = .dots(UInt8(scalar.value - 0x2800))
    default: return nil
    }
  }

  /// The shape in a cell whose upper left corner is (x, y), in pixels.
  func elements(x: Int, y: Int, fill: String) -> [String] {
    let width = Double(ScreenPicture.cellWidth)
    let height = Double(ScreenPicture.cellHeight)
    switch self {
    case .rectangle(let left, let top, let eighthsWide, let eighthsHigh):
      return [
        "<rect x=\"\(Double(x) + width * Double(left) / 8)\" "
          + "y=\"\(Double(y) + height * Double(top) / 8)\" "
          + "width=\"\(width * Double(eighthsWide) / 8)\" "
          + "height=\"\(height * Double(eighthsHigh) / 8)\" fill=\"\(fill)\"/>"
      ]
    case .shade(let quarters):
      // Stripes in the full colour, since on a terminal a shade is no darker than the full block.
      let stripe = width / 4 * Double(quarters) / 2
      let stripes = (0..<2).map { index in
        "M\(Double(x) + width * Double(index) / 2) "
          + "\(y)h\(stripe)v\(ScreenPicture.cellHeight)h\(-stripe)z"
      }
      return ["<path d=\"\(stripes.joined())\" fill=\"\(fill)\"/>"]
    case .dots(let bits):
      return BlockShape.dotPlaces(bits).map { place in
        let centerX = Double(x) + width * (Double(place.x) * 2 + 1) / 4
        let centerY = Double(y) + height * (Double(place.y) * 2 + 1) / 8
        return "<circle cx=\"\(centerX)\" cy=\"\(centerY)\" r=\"1.4\" fill=\"\(fill)\"/>"
      }
    }
  }

  /// The places of a Braille cell's dots, in two columns and four rows.
  static func dotPlaces(_ bits: UInt8) -> [(x: Int, y: Int)] {
    // Bits 0 to 2 and 6 go down the left column, 3 to 5 and 7 down the right one.
    let places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    return places.indices.filter { bits >> $0 & 1 == 1 }.map { (x: places[$0].0, y: places[$0].1) }
  }
}
