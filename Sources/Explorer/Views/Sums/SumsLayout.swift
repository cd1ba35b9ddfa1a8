import DropoutEngine
import TerminalCells

/// The sums view: the distribution beside its terms, the nonlinearity and the depth below; on a
/// large screen, all beside the distribution.
enum SumsLayout {
  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let inside = body.inset(left: 1, right: 1)
    let terms = state.evidence.layers[state.shownLayer].weights.columns
    if body.width >= 160, body.height >= 40 { return layWide(inside, terms: terms) }
    let lowerRows = body.height >= 26 ? 11 : 7
    let termRows = min(terms + 2, body.height - lowerRows - 1)
    let upperRows = max(body.height - lowerRows - 1, min(termRows, 13))
    let (upper, rest) = inside.splitTop(upperRows)
    let termsWidth = body.width < 100 ? 38 : max(50, body.width * 2 / 5)
    let top = upper.columns([.remaining, .fixed(1), .fixed(termsWidth)], gap: 1)
    let (rule, lower) = rest.splitTop(rest.height > lowerRows ? 1 : 0)
    let bendWidth = body.width < 100 ? 27 : min(56, body.width * 5 / 12)
    let bottom = lower.columns(
      [.remaining, .fixed(1), .fixed(bendWidth)], gap: 1)
    return PanelPlaces(
      panels: [
        (.distribution, top[0]), (.terms, top[2]), (.depth, bottom[0]), (.bend, bottom[2]),
      ],
      rules: [top[1], bottom[1]] + (rule.isEmpty ? [] : [rule]))
  }

  private static func layWide(_ inside: Rect, terms: Int) -> PanelPlaces {
    let sides = inside.columns(
      [.remaining, .fixed(1), .fixed(min(96, inside.width * 9 / 20))], gap: 1)
    let rows = sides[2].rows([
      .fixed(min(terms + 2, inside.height - 22)), .fixed(1), .fixed(8), .fixed(1), .remaining,
    ])
    return PanelPlaces(
      panels: [
        (.distribution, sides[0]), (.terms, rows[0]), (.bend, rows[2]), (.depth, rows[4]),
      ],
      rules: [sides[1], rows[1], rows[3]])
  }
}
