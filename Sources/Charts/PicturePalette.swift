import TerminalCells

/// The colours of a moving picture, each with a short name for its style sheet.
struct PicturePalette {
  private var names: [RGB: Int] = [:]
  private var colors: [RGB] = []

  /// The class of a colour.
  mutating func name(of color: RGB) -> String {
    if let index = names[color] { return "c\(index)" }
    names[color] = colors.count
    colors.append(color)
    return "c\(colors.count - 1)"
  }

  /// The rules that give the classes their colours.
  var rules: String {
    colors.enumerated().map { ".c\($0.offset){color:\($0.element.hex)}\n" }.joined()
  }
}
