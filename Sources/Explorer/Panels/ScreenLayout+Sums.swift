import DropoutCore
import TerminalCells

extension ScreenLayout {
  /// The sums view.
  mutating func laySums(_ state: ExplorerState, in body: Rect) {
    let rows = body.inset(left: 1, right: 1).rows([.share(1), .fixed(1), .share(1)])
    let upper = rows[0].columns([.share(1), .fixed(1), .share(1)], gap: 1)
    let lower = rows[2].columns([.share(1), .fixed(1), .share(1)], gap: 1)
    panels = [
      (.distribution, upper[0]), (.terms, upper[2]), (.bend, lower[0]), (.depth, lower[2]),
    ]
    rules = [upper[1], rows[1], lower[1]]
  }
}
