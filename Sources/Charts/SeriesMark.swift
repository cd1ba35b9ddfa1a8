import TerminalCells

/// The marks that tell a line from the others without colour: dashes and the shape of its markers.
///
/// Colour comes on top.
struct SeriesMark {
  /// The colour.
  let color: String
  /// The dashes, in SVG's form; empty for a solid line.
  let dashes: String
  private let shape: Int

  /// The mark of the line with this number.
  ///
  /// With 8 dashes and 8 shapes, 64 lines can be told apart.
  init(_ index: Int) {
    // The colours of Okabe and Ito, safe for the colour-blind, without yellow, which is too light
    // on paper.
    let colors = [
      "#000000", "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#a06000", "#56b4e9", "#555555",
    ]
    let dashes = ["", "7 3", "2 2", "9 3 2 3", "14 4", "5 2 1 2 1 2", "1 4", "12 3 4 3"]
    color = colors[index % colors.count]
    self.dashes = dashes[index % dashes.count]
    shape = (index + index / 8) % 8
  }

  /// The marker at a point.
  func marker(x: Double, y: Double, size: Double, isHollow: Bool = false) -> String {
    func path(_ points: [(Double, Double)], closed: Bool = true) -> String {
      let text = points.enumerated().map { index, point in
        (index == 0 ? "M" : "L") + SeriesMark.text(x + point.0 * size) + " "
          + SeriesMark.text(y + point.1 * size)
      }.joined()
      return text + (closed ? "Z" : "")
    }
    let fill = isHollow ? "#ffffff" : color
    let style = "fill=\"\(fill)\" stroke=\"\(color)\" stroke-width=\"1.2\""
    switch shape {
    case 0:
      return
        "<circle cx=\"\(SeriesMark.text(x))\" cy=\"\(SeriesMark.text(y))\" "
        + "r=\"\(SeriesMark.text(size))\" \(style)/>"
    case 1:
      return "<path d=\"\(path([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]))\" \(style)/>"
    case 2: return "<path d=\"\(path([(0, -1.2), (1.1, 0.9), (-1.1, 0.9)]))\" \(style)/>"
    case 3: return "<path d=\"\(path([(0, -1.3), (1.1, 0), (0, 1.3), (-1.1, 0)]))\" \(style)/>"
    case 4: return "<path d=\"\(path([(0, 1.2), (1.1, -0.9), (-1.1, -0.9)]))\" \(style)/>"
    case 5:
      let cross =
        path([(-1, -1), (1, 1)], closed: false) + path([(-1, 1), (1, -1)], closed: false)
      return "<path d=\"\(cross)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.8\"/>"
    case 6:
      let plus =
        path([(-1.2, 0), (1.2, 0)], closed: false) + path([(0, -1.2), (0, 1.2)], closed: false)
      return "<path d=\"\(plus)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.8\"/>"
    default:
      return "<path d=\"\(path([(-1.2, -0.5), (1.2, -0.5), (1.2, 0.5), (-1.2, 0.5)]))\" \(style)/>"
    }
  }

  /// The dashes as an attribute.
  var dashAttribute: String { dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\"" }

  /// A pixel with two decimals.
  static func text(_ value: Double) -> String { NumberText.fixed(value, decimals: 2) }
}
