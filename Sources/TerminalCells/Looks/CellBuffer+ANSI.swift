extension CellBuffer {
  /// The buffer as text with the escape sequences that colour it, one line to a row.
  ///
  /// Every line begins and ends in the terminal's own look, so the text may be cut at any line.
  /// Without colours only bold, dim, underline and reverse are used. Spaces in that look at the
  /// ends of lines are left out.
  public func ansi(theme: Theme) -> String {
    var result = ""
    for y in 0..<height {
      var current = Pen()
      var end = width
      while end > 0, self[end - 1, y].scalar == " ",
        theme.pen(for: self[end - 1, y].style).isInvisibleOnSpaces
      {
        end -= 1
      }
      for x in 0..<end where !self[x, y].isContinuation {
        let cell = self[x, y]
        let pen = theme.pen(for: cell.style)
        if pen != current {
          result += pen.selectGraphicRendition
          current = pen
        }
        result.unicodeScalars.append(cell.scalar)
      }
      if current != Pen() { result += "\u{1b}[0m" }
      result += "\n"
    }
    return result
  }
}

extension Pen {
  /// Whether spaces look the same with this pen as without.
  var isInvisibleOnSpaces: Bool { background == -1 && !underline && !reverse }

  /// The escape sequence that selects exactly this look.
  public var selectGraphicRendition: String {
    var codes = ["0"]
    if bold { codes.append("1") }
    if dim { codes.append("2") }
    if underline { codes.append("4") }
    if reverse { codes.append("7") }
    codes += Self.codes(of: foreground, base: 30, bright: 90, extended: 38)
    codes += Self.codes(of: background, base: 40, bright: 100, extended: 48)
    return "\u{1b}[" + codes.joined(separator: ";") + "m"
  }

  private static func codes(of index: Int, base: Int, bright: Int, extended: Int) -> [String] {
    switch index {
    case ..<0: []
    case 0..<8: [String(base + index)]
    case 8..<16: [String(bright + index - 8)]
    default: [String(extended), "5", String(min(index, 255))]
    }
  }
}
