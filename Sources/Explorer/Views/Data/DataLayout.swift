import TerminalCells

/// The data view: the examples beside inputs and classes.
enum DataLayout {
  static func lay(in body: Rect) -> PanelPlaces {
    let isWide = body.width >= 110
    let parts = body.inset(left: 1, right: 1).columns(
      isWide ? [.share(5), .fixed(1), .share(4)] : [.share(1), .fixed(1), .fixed(37)], gap: 1)
    let right = parts[2].rows([.share(1), .fixed(1), .share(1)])
    return PanelPlaces(
      panels: [(.examples, parts[0]), (.inputs, right[0]), (.classes, right[2])],
      rules: [parts[1], right[1]])
  }
}
