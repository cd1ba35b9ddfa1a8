internal import CNcurses
internal import TerminalCells

/// The attributes and the colour pair of every style drawn so far.
struct PenTable {
  /// The values that ncurses needs to draw a style.
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

  /// Creates an empty table; `pairs` is the number of colour pairs, pair 0 included.
  init(theme: Theme, pairs: Int) {
    self.theme = theme
    limit = min(pairs, Int(Int16.max))
  }

  /// The values for a style; `nil` if that needs a new pair and none is left.
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

  /// The values for a style where no pair is left: only its attributes.
  func colorlessEntry(for style: Style) -> Entry {
    Entry(attributes: Self.attributes(of: theme.pen(for: style)), pair: 0)
  }

  /// Forgets all pairs; later drawing defines them again.
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
