/// The promise about a refusal: one clean line that a terminal can show.
package enum RefusalLine {
  /// The most characters: a few quoted values and their remedy.
  package static let most = 4000

  /// Checks a refusal.
  ///
  /// - Throws: ``FuzzFault`` where it is empty, too long, or has a character that no line has.
  package static func check(_ text: String) throws(FuzzFault) {
    try FuzzFault.unless(!text.isEmpty, "a refusal is not empty")
    let scalars = text.unicodeScalars
    try FuzzFault.unless(
      scalars.count <= most, "a refusal is short", "\(scalars.count) characters")
    if let scalar = scalars.first(where: { !isShown($0) }) {
      throw FuzzFault(
        "a refusal has no control character", "U+\(String(scalar.value, radix: 16)) in \(text)")
    }
  }

  /// Whether a character shows itself and nothing else.
  static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }
}
