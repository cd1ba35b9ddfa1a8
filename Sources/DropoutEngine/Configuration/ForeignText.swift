/// Text that came from outside (a file, its name, an option, the environment) as a terminal, a page or a picture may
/// show it.
///
/// Such text can hold escape sequences, line separators and marks that turn the direction of writing: shown raw, it
/// could repaint a terminal or make a message say something else. Every message and every cell that quotes foreign text
/// takes it through here.
public enum ForeignText {
  /// The characters of a quoted value that are shown unless told otherwise.
  public static let valueLimit = 80
  /// The characters of a path that are shown: more than most have, so that it can still be found.
  public static let pathLimit = 240

  /// The text with each character that must not be shown written out, as in `\u{1B}`.
  ///
  /// ```swift
  /// ForeignText.shown("\u{1B}[31mred")  // \u{1B}[31mred, as seven visible characters and `red`
  /// ```
  /// - Parameters:
  ///   - text: what came from outside.
  ///   - limit: the most characters of it that are shown; an ellipsis stands for the rest.
  /// - Returns: text of visible characters and blanks only. Shown again it stays as it is, but for the limit.
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

  /// A whole line of our own, in which foreign text may stand: nothing of it is left out.
  public static func line(_ text: String) -> String { shown(text, limit: .max) }

  /// Whether a character shows itself and nothing else.
  ///
  /// Controls, line and paragraph separators, format characters (those of direction among them) and code points that
  /// mean nothing to a reader do not.
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
