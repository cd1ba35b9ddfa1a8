internal import CNcurses
internal import TerminalCells

/// The attributes and the pair of colours of every style that was drawn so far.
struct PenTable {
  /// What ncurses needs to draw a style.
  struct Entry: Equatable {
    var attributes: Int32
    var pair: Int32
  }

  private struct Colors: Hashable {
    var foreground: Int
    var background: Int
  }

  private let theme: Theme
  private let limit: Int
  private var entries: [Style: Entry] = [:]
  private var pairs: [Colors: Int32] = [:]
  private var last: (style: Style, entry: Entry)?

  /// Creates an empty table; `pairs` is how many pairs of colours there are, pair 0 included.
  init(theme: Theme, pairs: Int) {
    self.theme = theme
    limit = min(pairs, Int(Int16.max))
  }

  /// What to draw a style with; `nil` if that needs a pair and there are no more.
  mutating func entry(for style: Style) -> Entry? {
    if let last, last.style == style { return last.entry }
    if let known = entries[style] {
      last = (style, known)
      return known
    }
    let pen = theme.pen(for: style)
    guard let pair = pair(Colors(foreground: pen.foreground, background: pen.background)) else {
      return nil
    }
    let entry = Entry(attributes: Self.attributes(of: pen), pair: pair)
    entries[style] = entry
    last = (style, entry)
    return entry
  }

  /// What to draw a style with where there are no more pairs: its attributes alone.
  func colorlessEntry(for style: Style) -> Entry {
    Entry(attributes: Self.attributes(of: theme.pen(for: style)), pair: 0)
  }

  /// Forgets all pairs: what is drawn from now on defines them anew.
  mutating func forgetPairs() {
    entries = [:]
    pairs = [:]
    last = nil
  }

  private mutating func pair(_ colors: Colors) -> Int32? {
    if limit == 0 || (colors.foreground < 0 && colors.background < 0) { return 0 }
    if let known = pairs[colors] { return known }
    guard pairs.count + 1 < limit else { return nil }
    let pair = Int32(pairs.count + 1)
    nc_define_pair(pair, Int32(colors.foreground), Int32(colors.background))
    pairs[colors] = pair
    return pair
  }

  private static func attributes(of pen: Pen) -> Int32 {
    var bits: UInt32 = 0
    if pen.bold { bits |= NC_BOLD.rawValue }
    if pen.underline { bits |= NC_UNDERLINE.rawValue }
    if pen.reverse { bits |= NC_REVERSE.rawValue }
    if pen.dim { bits |= NC_DIM.rawValue }
    return Int32(bits)
  }
}
