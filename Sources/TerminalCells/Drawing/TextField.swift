/// One line of editable text, such as the palette's.
public struct TextField: Equatable, Sendable {
  /// The text.
  public private(set) var text: String
  /// The number of characters before the cursor.
  public private(set) var cursor: Int

  /// The largest number of characters that are pasted at once: no value is as long.
  static let longestInsertion = 4096

  /// Creates a field with the cursor at the end of its text.
  public init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }

  /// Edits the text by a key, and returns whether the key has a meaning here.
  ///
  /// Besides the arrows and the deleting keys: Ctrl-A and Ctrl-E go to the ends, Ctrl-U and Ctrl-K
  /// delete up to them, Ctrl-W deletes the word before the cursor. Enter, Escape, Tab, up and down
  /// are left to the caller.
  public mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let scalar):
      guard scalar.columns >= 0 else { return false }
      let before = text.count
      text.unicodeScalars.insert(scalar, at: index)
      cursor = min(max(0, cursor + text.count - before), text.count)
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(text.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = text.count
    case .backspace, .control("h"): delete(from: cursor - 1, to: cursor)
    case .delete, .control("d"): delete(from: cursor, to: cursor + 1)
    case .control("u"): delete(from: 0, to: cursor)
    case .control("k"): delete(from: cursor, to: text.count)
    case .control("w"): deleteWord()
    default: return false
    }
    return true
  }

  /// Inserts a text at the cursor, such as one that was pasted.
  ///
  /// Line ends and tabs become blanks, since a field has one line; other characters that cannot be
  /// typed are left out.
  public mutating func insert(_ text: String) {
    for scalar in text.unicodeScalars.prefix(TextField.longestInsertion) {
      let isBlank = scalar == "\n" || scalar == "\r" || scalar == "\t"
      _ = handle(.character(isBlank ? " " : scalar))
    }
  }

  /// Draws the field in the first row of an area, scrolled so that the cursor is visible.
  public func draw(in area: Rect, on buffer: inout CellBuffer, style: Style = .plain) {
    guard !area.isEmpty else { return }
    let before = String(text.prefix(cursor)).columns
    let start = max(0, before - area.width + 1)
    buffer.clipped(to: area) { buffer in
      buffer.fill(area.row(0), with: Cell(" ", style))
      buffer.write(text, x: area.x - start, y: area.y, style: style)
      let place = Rect(x: area.x + before - start, y: area.y, width: 1, height: 1)
      buffer.restyle(place) { $0.reverse.toggle() }
    }
  }

  private var index: String.Index { text.index(text.startIndex, offsetBy: cursor) }

  private mutating func delete(from start: Int, to end: Int) {
    let from = max(0, start)
    let upTo = min(end, text.count)
    guard from < upTo else { return }
    let lower = text.index(text.startIndex, offsetBy: from)
    text.removeSubrange(lower..<text.index(text.startIndex, offsetBy: upTo))
    cursor = min(from, text.count)
  }

  private mutating func deleteWord() {
    let characters = Array(text.prefix(cursor))
    var start = characters.count
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    delete(from: start, to: cursor)
  }
}
