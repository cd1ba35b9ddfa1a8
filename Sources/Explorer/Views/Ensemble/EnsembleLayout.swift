import DropoutEngine
import TerminalCells

/// The ensemble view: the distribution beside the means; below them the ranked subnetworks, the
/// convergence and the map.
enum EnsembleLayout {
  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let inside = body.inset(left: 1, right: 1)
    let meansRows = 13
    let upperRows = body.height < 24 ? min(11, body.height - 2) : max(meansRows, body.height / 2)
    let (upper, rest) = inside.splitTop(upperRows)
    let (rule, lower) = rest.splitTop(1)
    let meansWidth = body.width < 100 ? 33 : 64
    let top = upper.columns([.remaining, .fixed(1), .fixed(meansWidth)], gap: 1)
    let masks = state.maskedUnitCount + (body.width < 100 ? 18 : 31)
    let hasMap = state.snapshot.dataset.plane != nil
    let mapWidth = hasMap ? min(max(12, lower.height * 2 - 4), body.width / 3) : 0
    let rankedWidth = min(max(30, masks), body.width - mapWidth - (hasMap ? 24 : 30))
    let bottom = lower.columns(
      [.fixed(rankedWidth), .fixed(1), .remaining]
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
}

extension ExplorerState {
  /// The columns that a mask of all units left to chance takes.
  fileprivate var maskedUnitCount: Int { snapshot.ensemble?.units.count ?? 24 }
}
