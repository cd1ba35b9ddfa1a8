/// Which rows of a long list are in sight.
struct ScrolledRows: Equatable {
  /// The number of rows of the list.
  let count: Int
  /// The rows that are shown.
  let shown: Range<Int>

  /// Chooses the rows from the one that was scrolled to; the last ones never leave room unused.
  init(count: Int, room: Int, scroll: Int) {
    self.count = max(0, count)
    let room = max(0, room)
    let first = min(max(0, scroll), max(0, self.count - room))
    shown = first..<min(self.count, first + room)
  }

  /// The rows in sight, as in `3-14 of 250`; nil where all are in sight.
  var text: String? {
    guard shown.count < count, !shown.isEmpty else { return nil }
    return "\(shown.lowerBound + 1)-\(shown.upperBound) of \(count)"
  }
}
