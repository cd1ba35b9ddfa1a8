import DropoutEngine

/// The lines in front of a table: comments, and the line with which Excel names a separator.
struct Preamble {
  /// The number of these lines, with blank ones.
  private(set) var lines = 0
  /// The separator that is named.
  private(set) var separator: TableSeparator?
  /// The lines, in words.
  private(set) var notes: [String] = []
  /// The last line, without its mark, where it is a comment.
  private(set) var lastComment: [UInt8]?
  /// The mark of the last comment.
  private(set) var lastMark: Character = "#"
  /// The notes without one on the last line.
  private(set) var notesBeforeHeader: [String] = []

  /// Reads the lines in front of the first one that belongs to the table.
  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var comments = 0
    while !rest.isEmpty {
      let line = rest.prefix { $0 != 0x0A && $0 != 0x0D }
      let text = CSVNumber.trimmed(line)
      let mark = CommentMark.of(text)
      if text.count == 5, text.starts(with: "sep=".utf8), let last = text.last,
        let named = TableSeparator(last)
      {
        separator = named
        notes.append("line \(lines + 1) names the \(named.rawValue) as separator")
      } else if let mark {
        comments += 1
        lastMark = mark
      } else if !text.isEmpty {
        break
      }
      lastComment = mark.map { _ in Array(CommentMark.text(text)) }
      rest = rest[line.endIndex...]
      if rest.first == 0x0D { rest = rest.dropFirst() }
      if rest.first == 0x0A { rest = rest.dropFirst() }
      lines += 1
    }
    // A file of nothing but comments has no table to start at; its reader says so.
    notesBeforeHeader = notes + note(comments - 1, lastLine: lines - 1)
    notes += note(comments, lastLine: lines)
  }

  private func note(_ comments: Int, lastLine: Int) -> [String] {
    guard comments > 0 else { return [] }
    return [
      comments == 1
        ? "line \(lastLine) starts with \(lastMark) and is a comment"
        : "\(comments) lines that start with \(lastMark) are comments"
    ]
  }
}
