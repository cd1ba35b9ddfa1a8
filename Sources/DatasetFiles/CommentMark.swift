/// The marks with which lines start that are comments.
enum CommentMark {
  /// The mark of a line that is a comment; nil for any other.
  ///
  /// `#` starts one, as NumPy and R write them, but as the name of a column. `%` starts one where a
  /// blank is behind it, as MATLAB and COMSOL write them: `%fat` is a name.
  static func of(_ line: ArraySlice<UInt8>) -> Character? {
    let next = line.dropFirst().first
    switch line.first {
    case UInt8(ascii: "#"): return next.map { ",;\t|".utf8.contains($0) } ?? false ? nil : "#"
    case UInt8(ascii: "%"): return next.map { " \t%".utf8.contains($0) } ?? true ? "%" : nil
    default: return nil
    }
  }

  /// A comment without its marks.
  static func text(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.drop { "#%".utf8.contains($0) }
  }
}
