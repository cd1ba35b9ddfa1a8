/// The ten characters of the built-in images, drawn in 5 columns and 6 rows.
enum Glyph: String, CaseIterable {
  case a = "A"
  case c = "C"
  case e = "E"
  case h = "H"
  case k = "K"
  case l = "L"
  case o = "O"
  case s = "S"
  case t = "T"
  case x = "X"

  /// The columns of a drawing.
  static let width = 5
  /// The rows of a drawing.
  static let height = 6

  /// The drawing, row by row: `#` is ink.
  var rows: [String] {
    switch self {
    case .a: [".###.", "#...#", "#...#", "#####", "#...#", "#...#"]
    case .c: [".####", "#....", "#....", "#....", "#....", ".####"]
    case .e: ["#####", "#....", "####.", "#....", "#....", "#####"]
    case .h: ["#...#", "#...#", "#####", "#...#", "#...#", "#...#"]
    case .k: ["#...#", "#..#.", "###..", "#..#.", "#...#", "#...#"]
    case .l: ["#....", "#....", "#....", "#....", "#....", "#####"]
    case .o: [".###.", "#...#", "#...#", "#...#", "#...#", ".###."]
    case .s: [".####", "#....", ".###.", "....#", "....#", "####."]
    case .t: ["#####", "..#..", "..#..", "..#..", "..#..", "..#.."]
    case .x: ["#...#", ".#.#.", "..#..", "..#..", ".#.#.", "#...#"]
    }
  }

  /// Whether each place of the drawing has ink, row by row.
  var ink: [Bool] { rows.flatMap { $0.map { $0 == "#" } } }
}
