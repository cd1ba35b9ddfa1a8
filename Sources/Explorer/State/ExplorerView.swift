/// What the whole screen shows.
public enum ExplorerView: Equatable, Hashable, Sendable, CaseIterable {
  /// The network while it trains, its sums in both passes, losses and maps.
  case live
  /// Examples, classes, ranges and the split of the dataset.
  case data

  /// The panels of the view, in the order in which Tab visits them.
  public var panels: [Panel] {
    switch self {
    case .live: [.network, .sums, .divergence, .tested, .curves, .outcome]
    case .data: [.examples, .inputs, .classes]
    }
  }

  /// The key that shows it, as written in the footer.
  public var number: Int {
    switch self {
    case .live: 1
    case .data: 6
    }
  }

  /// What it is called.
  public var name: String {
    switch self {
    case .live: "live"
    case .data: "data"
    }
  }
}
