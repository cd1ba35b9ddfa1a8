/// Text from outside (a file, its name, an option, the environment), made safe to show in a
/// terminal, a page or a picture.
///
/// Such text can hold escape sequences, line separators and marks that turn the direction of
/// writing. Shown raw, it could repaint a terminal or change the meaning of a message. Every
/// message and every cell that quotes foreign text takes it through here.
public enum ForeignText {
  /// The number of characters of a quoted value that are shown by default.
  public static let valueLimit = 80
  /// The number of characters of a path that are shown: longer than most paths are, so that the
  /// file can still be found.
  public static let pathLimit = 240

  /// The text with every character that must not be shown written out, as in `\u{1B}`.
  ///
  /// ```swift
  /// ForeignText.shown("\u{1B}[31mred")  // \u{1B}[31mred, as seven visible characters and `red`
  /// ```
  /// - Parameters:
  ///   - text: the text from outside.
  ///   - limit: the largest number of characters to show; an ellipsis stands for the rest.
  /// - Returns: text of visible characters and blanks only. Shown a second time it does not change,
  ///   but for the limit.
  public static func shown(_ text: String, limit: Int = valueLimit) -> String {
    let scalars = text.unicodeScalars
    let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex)
    let isWhole = end == nil || end == scalars.endIndex
    if isWhole, scalars.allSatisfy(isPlain) { return text }
    var shown = String.UnicodeScalarView()
    for scalar in scalars[..<(end ?? scalars.endIndex)] {
      if isPlain(scalar) {
        shown.append(scalar)
      } else {
        shown.append(contentsOf: written(scalar).unicodeScalars)
      }
    }
    return String(shown) + (isWhole ? "" : "…")
  }

  /// A path as it may be shown.
  public static func path(_ path: String) -> String { shown(path, limit: pathLimit) }

  /// A whole line of our own that may contain foreign text; it is never cut short.
  public static func line(_ text: String) -> String { shown(text, limit: .max) }

  /// Whether a character shows itself and nothing else.
  ///
  /// Controls, separators of lines and paragraphs, format characters (such as marks of direction)
  /// and code points that mean nothing to a reader do not.
  public static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      return false
    default:
      return true
    }
  }

  private static func written(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }
}
