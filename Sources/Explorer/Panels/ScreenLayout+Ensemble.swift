import DropoutCore
import TerminalCells

extension ScreenLayout {
  /// The ensemble view.
  mutating func layEnsemble(_ state: ExplorerState, in body: Rect) {
    let rows = body.inset(left: 1, right: 1).rows([.share(1), .fixed(1), .share(1)])
    let upper = rows[0].columns([.share(1), .fixed(1), .share(1)], gap: 1)
    let lower = rows[2].columns([.share(1), .fixed(1), .share(1)], gap: 1)
    panels = [
      (.subnetworks, upper[0]), (.means, upper[2]), (.ranked, lower[0]), (.convergence, lower[2]),
    ]
    rules = [upper[1], rows[1], lower[1]]
  }
}
