import Recordings
import TerminalCells

/// The mark of a gap between two layers: its verdict by a character and a colour.
enum GapMark: CaseIterable {
  /// Nothing is dropped, or it was not looked at.
  case nothing
  /// The dropout is right.
  case right
  /// Something is wrong.
  case wrong
  /// It cannot be judged, or is rarely meant.
  case unclear

  init(_ verdict: RecordedVerdict) {
    switch verdict.severity {
    case .bug: self = .wrong
    case .warning, .remark: self = .unclear
    case .fine: self = verdict == .none || verdict == .unmeasured ? .nothing : .right
    }
  }

  /// The character.
  func scalar(_ glyphs: GlyphSet) -> Unicode.Scalar {
    switch self {
    case .nothing: glyphs.vertical
    case .right: glyphs.isUnicode ? "✓" : "="
    case .wrong: glyphs.isUnicode ? "✗" : "X"
    case .unclear: "?"
    }
  }

  /// Its look.
  var style: Style {
    switch self {
    case .nothing: Style(.frame)
    case .right: Style(.kept)
    case .wrong: Style(.error)
    case .unclear: Style(.warning)
    }
  }
}

extension RecordedMark {
  /// The character of an input's fate.
  func scalar(_ glyphs: GlyphSet) -> Unicode.Scalar {
    switch self {
    case .kept: glyphs.kept
    case .dropped: glyphs.masked
    case .unknown: glyphs.isUnicode ? "·" : "."
    }
  }

  /// Its look.
  var style: Style {
    switch self {
    case .kept: Style(.kept)
    case .dropped: Style(.masked)
    case .unknown: Style(.frame)
    }
  }
}
