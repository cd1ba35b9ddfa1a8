extension Unicode.Scalar {
  /// The number of terminal columns of the character: 0, 1 or 2, and -1 if it must not be printed.
  ///
  /// East Asian wide and fullwidth characters and emoji take two, combining marks and format
  /// characters none. Control characters, line and paragraph separators, unassigned code points and
  /// noncharacters must not be printed.
  ///
  /// > Source: Unicode Standard Annex 11, East Asian Width.
  public var columns: Int {
    if value < 0x7F { return value >= 0x20 ? 1 : -1 }
    if value < 0xA0 { return -1 }
    if value < 0x300 { return 1 }
    if (0x2500...0x25A0).contains(value) || (0x2800...0x28FF).contains(value) { return 1 }
    switch properties.generalCategory {
    case .control, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
      return -1
    case .nonspacingMark, .enclosingMark, .format:
      return 0
    default:
      break
    }
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    if (0x1F1E6...0x1F1FF).contains(value) { return 1 }
    if properties.isEmojiPresentation { return 2 }
    return Self.wideRanges.contains { $0.contains(value) } ? 2 : 1
  }

  /// Ranges of East Asian wide and fullwidth characters, apart from emoji.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
    0x1D300...0x1D376, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}

extension String {
  /// The number of columns of the text in a ``CellBuffer``.
  public var columns: Int {
    unicodeScalars.reduce(0) { sum, scalar in
      let columns = scalar.columns
      return sum + (columns < 0 ? 1 : columns)
    }
  }
}
