import DropoutCore
import TerminalCells

extension ScreenLayout {
  /// The backward view.
  mutating func layBackward(_ state: ExplorerState, in body: Rect) {
    let rows = body.inset(left: 1, right: 1).rows([.share(1), .fixed(1), .share(1)])
    let upper = rows[0].columns([.share(1), .fixed(1), .share(1)], gap: 1)
    let lower = rows[2].columns([.share(1), .fixed(1), .share(1)], gap: 1)
    panels = [
      (.phases, upper[0]), (.signals, upper[2]), (.gradientNetwork, lower[0]),
      (.maskPasses, lower[2]),
    ]
    rules = [upper[1], rows[1], lower[1]]
  }
}
