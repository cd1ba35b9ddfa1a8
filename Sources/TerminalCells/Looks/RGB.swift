/// A colour as three bytes.
public struct RGB: Equatable, Hashable, Sendable {
  /// The red part.
  public var red: UInt8
  /// The green part.
  public var green: UInt8
  /// The blue part.
  public var blue: UInt8

  /// Creates a colour.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour in the form `#rrggbb`.
  public var hex: String {
    "#"
      + [red, green, blue].map { part in
        (part < 16 ? "0" : "") + String(part, radix: 16)
      }.joined()
  }

  /// The colour of an index of xterm's palette of 256; indices outside it are clamped.
  ///
  /// The first 16 are xterm's defaults, which people change. The rest are fixed: a cube with six
  /// levels on each side from 16, and a ramp of greys from 232.
  public init(paletteIndex: Int) {
    let index = min(max(0, paletteIndex), 255)
    if index < 16 {
      self = Self.basic[index]
    } else if index < 232 {
      let cube = index - 16
      self.init(
        Self.cubeLevels[cube / 36], Self.cubeLevels[cube / 6 % 6], Self.cubeLevels[cube % 6])
    } else {
      let level = UInt8(8 + 10 * (index - 232))
      self.init(level, level, level)
    }
  }

  /// The index in 16...255 of the nearest colour in the palette, by a weighted distance.
  public var nearestPaletteIndex: Int {
    var best = 16
    var bestDistance = Int.max
    for index in 16...255 {
      let distance = squaredDistance(to: RGB(paletteIndex: index))
      if distance < bestDistance { (best, bestDistance) = (index, distance) }
    }
    return best
  }

  /// The colour at a share of the way to another one: 0 is this one, 1 the other one.
  public func mixed(with other: RGB, share: Double) -> RGB {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      let part = Double(from) + (Double(to) - Double(from)) * min(max(0, share), 1)
      return UInt8(Int(drawn: part, in: 0...255))
    }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  private func squaredDistance(to other: RGB) -> Int {
    let red = Int(red) - Int(other.red)
    let green = Int(green) - Int(other.green)
    let blue = Int(blue) - Int(other.blue)
    return 3 * red * red + 6 * green * green + 2 * blue * blue
  }

  private static let cubeLevels: [UInt8] = [0, 95, 135, 175, 215, 255]

  private static let basic: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
    RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
    RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]
}
