import DropoutEngine
import TerminalCells

/// The data view: the examples beside inputs and classes, and below these, where there is room,
/// what testing makes of the examples.
enum DataLayout {
  /// The least rows of what testing makes of them.
  private static let results = 10

  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let isWide = body.width >= 110
    let parts = body.inset(left: 1, right: 1).columns(
      isWide ? [.share(5), .fixed(1), .share(4)] : [.remaining, .fixed(1), .fixed(33)], gap: 1)
    let right = parts[2]
    // Few inputs leave their room to the classes and to what reading decided.
    let inputs = min(state.snapshot.summary.inputs.count + 3, max(2, right.height / 2))
    let classes = ClassesPanel.rowCount(state, width: right.width) + 1
    guard right.height - inputs - classes - 3 >= results else {
      let rows = right.rows([.fixed(inputs), .fixed(1), .remaining])
      return PanelPlaces(
        panels: [(.examples, parts[0]), (.inputs, rows[0]), (.classes, rows[2])],
        rules: [parts[1], rows[1]])
    }
    let rows = right.rows([
      .fixed(inputs), .fixed(1), .fixed(classes), .fixed(1), .remaining,
    ])
    return PanelPlaces(
      panels: [
        (.examples, parts[0]), (.inputs, rows[0]), (.classes, rows[2]), (.results, rows[4]),
      ], rules: [parts[1], rows[1], rows[3]])
  }
}
