import TerminalCells

/// Horizontal strokes on a grid of whole numbers, gathered into one path for each colour and
/// thickness.
///
/// A stroke names its place relative to the end of the one before it, which is shorter in most
/// cases.
struct GridPaths {
  /// The strokes that one path draws.
  private struct Kind: Hashable {
    var color: RGB
    var thickness: Int
  }

  private struct Path {
    var kind: Kind
    var steps = ""
    var x = 0
    var y = 0
  }

  private var paths: [Path] = []
  private var places: [Kind: Int] = [:]

  var isEmpty: Bool { paths.isEmpty }

  /// Adds a stroke from a point to the right.
  mutating func add(x: Int, y: Int, width: Int, thickness: Int, color: RGB) {
    let kind = Kind(color: color, thickness: thickness)
    let index = places[kind] ?? paths.count
    if index == paths.count {
      places[kind] = index
      paths.append(Path(kind: kind))
    }
    let (right, down) = (x - paths[index].x, y - paths[index].y)
    paths[index].steps += "m\(right)" + (down < 0 ? "\(down)" : " \(down)") + "h\(width)"
    paths[index].x = x + width
    paths[index].y = y
  }

  /// The paths, in the order in which their first strokes were added; the class `t4` is a thickness
  /// of 4.
  func elements(_ palette: inout PicturePalette) -> [String] {
    paths.map { path in
      "<path class=\"\(palette.name(of: path.kind.color)) t\(path.kind.thickness)\" "
        + "d=\"\(path.steps)\"/>"
    }
  }
}
