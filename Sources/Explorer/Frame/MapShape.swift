import DropoutEngine
import TerminalCells

/// How two maps of a plane are laid out: as large as the area allows, without distorting the plane
/// much.
struct MapShape: Equatable {
  /// How many columns a map would have for each row; a cell is about twice as high as wide.
  let columnsPerRow: Double
  /// How much of a distortion is accepted to fill the area.
  static let tolerance = 1.3

  /// Creates the shape of the maps of a plane.
  init(plane: PlaneData) {
    let width = Double(plane.xRange.upperBound) - Double(plane.xRange.lowerBound)
    let height = Double(plane.yRange.upperBound) - Double(plane.yRange.lowerBound)
    let ratio = width / height
    columnsPerRow = ratio.isFinite && ratio > 0 ? min(max(2 * ratio, 0.25), 16) : 2
  }

  /// The two places for a heading and a map each, side by side or one above the other.
  func places(in area: Rect) -> [Rect] {
    let beside = area.columns([.remaining, .remaining], gap: 1)
    let below = area.rows([.remaining, .remaining])
    let sizes = [beside, below].map { size(in: $0[0].splitTop(1).rest) }
    let isBeside = sizes[0].columns * sizes[0].rows >= sizes[1].columns * sizes[1].rows
    // Headings side by side need some room, else the letters alone are left.
    if !isBeside { return below }
    return beside.map { place in
      let width = min(place.width, max(sizes[0].columns, 22))
      return Rect(x: place.x, y: place.y, width: width, height: place.height)
    }
  }

  /// The map within an area, at its upper left corner.
  func fitted(in area: Rect) -> Rect {
    let size = size(in: area)
    return Rect(x: area.x, y: area.y, width: size.columns, height: size.rows)
  }

  private func size(in area: Rect) -> (columns: Int, rows: Int) {
    guard !area.isEmpty else { return (0, 0) }
    let widest = Double(area.height) * columnsPerRow * MapShape.tolerance
    let highest = Double(area.width) / columnsPerRow * MapShape.tolerance
    return (
      Int(drawn: widest, in: 1...area.width),
      Int(drawn: highest, in: 1...area.height)
    )
  }
}
