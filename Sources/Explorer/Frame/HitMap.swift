public import TerminalCells

/// The target of a click on a part of the screen.
public enum HitTarget: Equatable, Hashable, Sendable {
  /// A unit of a layer: a click selects it.
  case unit(Selection)
  /// A panel: the wheel scrolls it, a click focuses it.
  case panel(Panel)
  /// A view: a click shows it.
  case view(ViewDefinition)
  /// A tab, where panels are folded; an index into the view's panels.
  case tab(Int)
  /// A row of the data view: the position of the example in the list.
  case example(Int)
  /// A thing that has a name: it lies over the others, and leaves their clicks to them.
  case place(ScreenPlace)
}

/// A rectangle of the screen and the target of a click on it.
public struct HitRegion: Equatable, Sendable {
  /// The cells.
  public var area: Rect
  /// The target of a click on them.
  public var target: HitTarget

  /// Creates a region.
  public init(area: Rect, target: HitTarget) {
    self.area = area
    self.target = target
  }
}

/// Where on the screen things are that the mouse can reach: what a drawn screen knows of itself.
public struct HitMap: Equatable, Sendable {
  /// The regions; a later one lies over an earlier one.
  public var regions: [HitRegion]

  /// Creates a map.
  public init(regions: [HitRegion] = []) {
    self.regions = regions
  }

  /// The uppermost thing at a cell that takes a click; nil where there is none.
  public func target(x: Int, y: Int) -> HitTarget? {
    regions.last { region in
      if case .place = region.target { return false }
      return region.area.contains(x: x, y: y)
    }?.target
  }

  /// The uppermost thing with a name at a cell; nil where there is none.
  public func place(x: Int, y: Int) -> ScreenPlace? {
    places.last { $0.area.contains(x: x, y: y) }?.place
  }

  /// The things that have names, and their cells, in the order in which they were drawn.
  public var places: [(place: ScreenPlace, area: Rect)] {
    regions.compactMap { region in
      guard case .place(let place) = region.target else { return nil }
      return (place, region.area)
    }
  }

  /// The panel at a cell; nil where there is none.
  public func panel(x: Int, y: Int) -> Panel? {
    regions.lazy.reversed().compactMap { region -> Panel? in
      guard region.area.contains(x: x, y: y), case .panel(let panel) = region.target else {
        return nil
      }
      return panel
    }.first
  }
}
