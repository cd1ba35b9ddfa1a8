import TerminalCells

/// The numbers on a screen that can be asked about, and the way from one to another.
struct ExplainedPlaces {
  /// One of them and its cells.
  struct Item: Equatable {
    /// Its name.
    let place: ScreenPlace
    /// Its cells.
    let area: Rect
  }

  /// A way from one number to its neighbour.
  enum Direction {
    case left, right, up, down
  }

  /// The numbers, each once, in the order in which they are drawn.
  let items: [Item]

  /// Finds the numbers of a screen.
  init(_ map: HitMap, where isExplained: (ScreenPlace) -> Bool = PlaceExplanation.isExplained) {
    var seen: Set<ScreenPlace> = []
    items = map.places.compactMap { place, area in
      guard isExplained(place), !area.isEmpty, seen.insert(place).inserted else {
        return nil
      }
      return Item(place: place, area: area)
    }
  }

  /// The cells of a place; nil where it is not on the screen.
  func area(of place: ScreenPlace) -> Rect? { items.first { $0.place == place }?.area }

  /// The first number of a panel, by its name: of the selected row, where it has rows.
  func first(of panel: String, row: Int? = nil) -> ScreenPlace? {
    let own = items.filter { $0.place.panelName == panel }
    return (own.first { row != nil && $0.place.row == row } ?? own.first)?.place
  }

  /// The first number of the next panel that has one, or of the one before.
  func panel(after panel: String?, by offset: Int) -> ScreenPlace? {
    var panels: [String?] = []
    for item in items where !panels.contains(item.place.panelName) {
      panels.append(item.place.panelName)
    }
    guard !panels.isEmpty else { return nil }
    let now = panels.firstIndex(of: panel) ?? 0
    let next = panels[(now + panels.count + offset) % panels.count]
    return items.first { $0.place.panelName == next }?.place
  }

  /// The nearest number in a direction; the same where there is none.
  func neighbor(of place: ScreenPlace, _ direction: Direction) -> ScreenPlace {
    guard let from = area(of: place) else { return items.first?.place ?? place }
    let costs = items.filter { $0.place != place }.compactMap { item in
      cost(from: from, to: item.area, direction).map { (item.place, $0) }
    }
    return costs.min { $0.1 < $1.1 }?.0 ?? place
  }

  /// How far a number lies in a direction: what lies beside it counts more; nil where it does not
  /// lie there.
  private func cost(from: Rect, to: Rect, _ direction: Direction) -> Int? {
    let (ahead, aside) =
      switch direction {
      case .left: (from.x - to.maxX + 1, gap(from.y, from.maxY, to.y, to.maxY) * 2)
      case .right: (to.x - from.maxX + 1, gap(from.y, from.maxY, to.y, to.maxY) * 2)
      case .up: (2 * (from.y - to.maxY + 1), gap(from.x, from.maxX, to.x, to.maxX))
      case .down: (2 * (to.y - from.maxY + 1), gap(from.x, from.maxX, to.x, to.maxX))
      }
    guard ahead > 0 else { return nil }
    return ahead + 3 * aside
  }

  /// The cells between two spans; 0 where they overlap.
  private func gap(_ start: Int, _ end: Int, _ otherStart: Int, _ otherEnd: Int) -> Int {
    max(0, otherStart - end + 1, start - otherEnd + 1)
  }
}

extension ExplainedPlaces.Direction {
  /// The way of an arrow; nil for any other key.
  init?(_ key: Key) {
    switch key {
    case .left: self = .left
    case .right: self = .right
    case .up: self = .up
    case .down: self = .down
    default: return nil
    }
  }
}
