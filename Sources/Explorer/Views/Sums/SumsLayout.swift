import DropoutEngine
import TerminalCells

/// The sums view: the distribution beside its terms, the nonlinearity and the depth below.
enum SumsLayout {
  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let inside = body.inset(left: 1, right: 1)
    let terms = state.evidence.layers[state.shownLayer].weights.columns
    let lowerRows = body.height >= 26 ? 11 : 7
    let termRows = min(terms + 2, body.height - lowerRows - 1)
    let upperRows = max(body.height - lowerRows - 1, min(termRows, 13))
    let (upper, rest) = inside.splitTop(upperRows)
    let termsWidth = body.width < 100 ? 33 : max(44, body.width * 2 / 5)
    let top = upper.columns([.remaining, .fixed(1), .fixed(termsWidth)], gap: 1)
    let (rule, lower) = rest.splitTop(rest.height > lowerRows ? 1 : 0)
    let bendWidth = body.width < 100 ? 30 : max(56, body.width * 2 / 5)
    let bottom = lower.columns(
      [.remaining, .fixed(1), .fixed(min(bendWidth, body.width / 2))], gap: 1)
    return PanelPlaces(
      panels: [
        (.distribution, top[0]), (.terms, top[2]), (.depth, bottom[0]), (.bend, bottom[2]),
      ],
      rules: [top[1], bottom[1]] + (rule.isEmpty ? [] : [rule]))
  }
}
