import DropoutEngine
import TerminalCells

/// The ensemble view: the distribution beside the means; below them the ranked subnetworks, the
/// convergence and, where there is room, the map.
enum EnsembleLayout {
  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let inside = body.inset(left: 1, right: 1)
    if body.width >= 160, body.height >= 40 { return layWide(state, in: inside) }
    let meansRows = 13
    let upperRows = body.height < 24 ? min(11, body.height - 2) : max(meansRows, body.height / 2)
    let (upper, rest) = inside.splitTop(upperRows)
    let (rule, lower) = rest.splitTop(1)
    let meansWidth = body.width < 100 ? 38 : 64
    let top = upper.columns([.remaining, .fixed(1), .fixed(meansWidth)], gap: 1)
    // Where columns are few, the map is one zoom away.
    let hasMap = state.snapshot.dataset.plane != nil && body.width >= 100
    let mapWidth = hasMap ? min(max(12, lower.height * 2 - 4), body.width / 4) : 0
    let ranked = min(rankedWidth(state, body), body.width - mapWidth - (hasMap ? 34 : 30))
    let bottom = lower.columns(
      [.fixed(ranked), .fixed(1), .remaining]
        + (hasMap ? [.fixed(1), .fixed(mapWidth)] : []), gap: 1)
    var places = PanelPlaces(
      panels: [
        (.subnetworks, top[0]), (.means, top[2]), (.ranked, bottom[0]), (.convergence, bottom[2]),
      ], rules: [top[1], rule, bottom[1]])
    if hasMap {
      places.panels.append((.gapMap, bottom[4]))
      places.rules.append(bottom[3])
    }
    return places
  }

  private static func rankedWidth(_ state: ExplorerState, _ body: Rect) -> Int {
    max(30, state.maskedUnitCount + (body.width < 160 ? 18 : 35))
  }

  /// Distribution above ranked subnetworks and convergence; means above the map beside them.
  private static func layWide(_ state: ExplorerState, in inside: Rect) -> PanelPlaces {
    let hasMap = state.snapshot.dataset.plane != nil
    let sides = inside.columns([.remaining, .fixed(1), .fixed(72)], gap: 1)
    let left = sides[0].rows([.remaining, .fixed(1), .fixed(min(20, inside.height * 2 / 5))])
    let right = sides[2].rows([.fixed(12), .fixed(1), .remaining])
    guard hasMap else {
      return PanelPlaces(
        panels: [
          (.subnetworks, left[0]), (.means, right[0]), (.ranked, left[2]),
          (.convergence, right[2]),
        ], rules: [sides[1], left[1], right[1]])
    }
    let ranked = min(rankedWidth(state, inside), sides[0].width - 50)
    let bottom = left[2].columns([.fixed(ranked), .fixed(1), .remaining], gap: 1)
    return PanelPlaces(
      panels: [
        (.subnetworks, left[0]), (.means, right[0]), (.ranked, bottom[0]),
        (.convergence, bottom[2]), (.gapMap, right[2]),
      ], rules: [sides[1], left[1], right[1], bottom[1]])
  }
}

extension ExplorerState {
  /// The columns that a mask of all units left to chance takes.
  fileprivate var maskedUnitCount: Int { snapshot.ensemble?.units.count ?? 24 }
}
