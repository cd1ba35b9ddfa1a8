import DropoutEngine
import TerminalCells

/// The data view: the examples beside inputs and classes.
enum DataLayout {
  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let isWide = body.width >= 110
    let parts = body.inset(left: 1, right: 1).columns(
      isWide ? [.share(5), .fixed(1), .share(4)] : [.share(1), .fixed(1), .fixed(37)], gap: 1)
    // Few inputs leave their room to the classes and to what reading decided.
    let inputs = min(state.snapshot.summary.inputs.count + 3, max(2, parts[2].height / 2))
    let right = parts[2].rows([.fixed(inputs), .fixed(1), .remaining])
    return PanelPlaces(
      panels: [(.examples, parts[0]), (.inputs, right[0]), (.classes, right[2])],
      rules: [parts[1], right[1]])
  }
}
