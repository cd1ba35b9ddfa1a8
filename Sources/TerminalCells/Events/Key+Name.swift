extension Key {
  /// The largest number of a function key that terminals send.
  public static let lastFunction = 20

  /// Its name, as help, messages and preferences write it: `a`, `space`, `Ctrl-L`, `F5`, `PageUp`.
  ///
  /// ``init(name:)`` reads it back; ``alt`` alone has a name and no key to read.
  public var name: String {
    switch self {
    case .character(" "): "space"
    case .character(let scalar): String(scalar)
    case .function(let number): "F\(number)"
    case .control(" "): "Ctrl-space"
    case .control(let character): "Ctrl-" + character.uppercased()
    case .alt: "Alt"
    default: Key.named.first { $0.key == self }?.name ?? ""
    }
  }

  /// The key of a name; nil where no key has it.
  ///
  /// A single character is that character, and upper case differs from lower case. In longer names
  /// it does not matter. A control key that terminals send as another key, or keep, has no name.
  public init?(name: String) {
    let scalars = name.unicodeScalars
    if let scalar = scalars.first, scalars.count == 1 {
      guard scalar != " ", Key.isPrintable(scalar) else { return nil }
      self = .character(scalar)
      return
    }
    let lower = name.lowercased()
    if let named = Key.named.first(where: { $0.name.lowercased() == lower }) {
      self = named.key
      return
    }
    switch lower {
    case "space": self = .character(" ")
    case "ctrl-space": self = .control(" ")
    case _ where lower.hasPrefix("ctrl-"):
      let rest = lower.dropFirst("ctrl-".count)
      guard let character = rest.first, rest.count == 1, Key.controls.contains(character) else {
        return nil
      }
      self = .control(character)
    case _ where lower.hasPrefix("f"):
      guard let number = Int(lower.dropFirst()), (1...Key.lastFunction).contains(number),
        lower == "f\(number)"
      else { return nil }
      self = .function(number)
    default: return nil
    }
  }

  /// All names of more than one character, for suggestions.
  public static let longNames: [String] =
    named.map(\.name) + ["space", "Ctrl-space"] + controls.map { Key.control($0).name }
    + (1...lastFunction).map { "F\($0)" }

  private static let named: [(key: Key, name: String)] = [
    (.up, "up"), (.down, "down"), (.left, "left"), (.right, "right"), (.home, "Home"),
    (.end, "End"), (.pageUp, "PageUp"), (.pageDown, "PageDown"), (.tab, "Tab"),
    (.backTab, "Shift-Tab"), (.enter, "Enter"), (.escape, "Esc"), (.backspace, "Backspace"),
    (.delete, "Delete"),
  ]

  /// The letters whose control key arrives as a key of its own: h, i, j and m are sent as
  /// Backspace, Tab and Enter, and terminals keep o, q, s, v, y and z for themselves.
  private static let controls: [Character] = Array("abcdefgklnprtuwx")

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
      .privateUse, .unassigned, .nonspacingMark, .spacingMark, .enclosingMark:
      false
    default: true
    }
  }
}
