import Foundation
import TerminalCells

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Plays a moving picture without a browser: paints its frames one over the other, up to one of
/// them.
final class PicturePlayer: NSObject, XMLParserDelegate {
  /// The picture at one moment: colours of areas on a grid of 8 by 16 a cell, dots, and characters.
  struct Scene: Equatable {
    var areas: [String]
    var dots: [Place: String] = [:]
    var characters: [Place: String] = [:]
  }

  /// A column and a row.
  struct Place: Hashable {
    var x: Int
    var y: Int
  }

  /// The frames that draw something, in the order of the document; the first one is 0.
  private(set) var frames = [0]
  /// The moment of each frame after the first one, in percent of a round.
  private(set) var moments: [Int: Double] = [:]
  /// The error of the parser; nil where the document is well-formed.
  private(set) var error: String?
  /// The names of all elements.
  private(set) var elements: Set<String> = []
  /// The values of all attributes but the name of the language.
  private(set) var values: [String] = []
  private(set) var scene = Scene(areas: [])
  private let last: Int
  private var columns = 0
  private var colors: [String: String] = [:]
  private var sheet = ""
  private var text: (place: Place, columns: Int?, look: String)?
  private var characters = ""
  private var isAreas = false
  /// The classes of the innermost group.
  private var look: [String] = []

  /// Plays a document up to a frame.
  init(_ document: String, to last: Int = .max) {
    self.last = last
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    if !parser.parse() { error = "\(String(describing: parser.parserError)): \(document)" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.insert(name)
    values += attributes.filter { $0.key != "xmlns" }.values
    let classes = (attributes["class"] ?? "").split(separator: " ").map(String.init)
    switch name {
    case "svg": columns = (Int(attributes["width"] ?? "") ?? 0) / 9
    case "rect":
      let rows = (Int(attributes["height"] ?? "") ?? 0) / 18
      scene.areas = Array(
        repeating: attributes["fill"] ?? "", count: columns * 8 * rows * 16)
    case "g":
      if classes.first == "f", let frame = Int(classes[1].dropFirst()) { frames.append(frame) }
      isAreas = classes.first == "a"
      look = classes
    case "path" where isShown: paint(attributes["d"] ?? "", classes)
    case "text" where isShown:
      let x = Int(attributes["x"] ?? "") ?? -1
      let y = Int(attributes["y"] ?? "") ?? -1
      text = (
        Place(x: x / 9, y: (y - 14) / 18), Int(attributes["textLength"] ?? "").map { $0 / 9 },
        ([colors[look.first ?? ""] ?? "?"] + look.dropFirst()).joined(separator: " ")
      )
    default: break
    }
    characters = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { characters += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "style" { readSheet(characters) }
    guard name == "text", let text else { return }
    let filled = write(characters, text.place, look: text.look)
    // One ASCII character fills its column without being told.
    if let columns = text.columns, filled != columns {
      error = "\(characters) is told to fill \(columns) columns"
    }
    self.text = nil
  }

  private var isShown: Bool { frames[frames.count - 1] <= last }

  private func readSheet(_ sheet: String) {
    for match in sheet.matches(of: /\.(c[0-9]+)\{color:(#[0-9a-f]{6})\}/) {
      colors[String(match.1)] = String(match.2)
    }
    for match in sheet.matches(of: /@keyframes f([0-9]+)\{([0-9.]+)%\{visibility:visible\}\}/) {
      if let frame = Int(match.1), let percent = Double(match.2) { moments[frame] = percent }
    }
  }

  /// Paints strokes; one over whole cells covers what stood in them.
  private func paint(_ path: String, _ classes: [String]) {
    let color = colors[classes[0]] ?? "?"
    let thickness = Int(classes[1].dropFirst()) ?? -1
    var (x, y) = (0, 0)
    for match in path.matches(of: /m(-?[0-9]+) ?(-?[0-9]+)h([0-9]+)/) {
      guard let right = Int(match.1), let down = Int(match.2), let width = Int(match.3) else {
        continue
      }
      x += right
      y += down
      if isAreas {
        for row in y - thickness / 2..<y + thickness / 2 {
          for column in x..<x + width { scene.areas[row * columns * 8 + column] = color }
        }
        if thickness == 16, x % 8 == 0 { clear(x / 8..<(x + width) / 8, row: y / 16) }
      } else {
        scene.dots[Place(x: x, y: y)] = color
      }
      x += width
    }
  }

  private func clear(_ cells: Range<Int>, row: Int) {
    for x in cells {
      scene.characters[Place(x: x, y: row)] = nil
      for dot in 0..<8 {
        scene.dots[Place(x: x * 2 + dot % 2, y: row * 4 + dot / 2)] = nil
      }
    }
  }

  /// Writes characters into their columns, and says how many these are.
  private func write(_ text: String, _ place: Place, look: String) -> Int {
    var x = place.x
    for scalar in text.unicodeScalars {
      if scalar != " " {
        scene.characters[Place(x: x, y: place.y)] = "\(scalar) \(look)"
      }
      x += scalar.columns
    }
    return x - place.x
  }
}
