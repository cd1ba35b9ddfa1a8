/// What the whole screen shows.
public enum ExplorerView: String, Equatable, Hashable, Sendable, CaseIterable {
  /// The network while it trains, its sums in both passes, losses and maps.
  case live
  /// The sum of one unit over all masks.
  case sums
  /// Several variants side by side, in lockstep.
  case race
  /// All subnetworks of the network on one example.
  case ensemble
  /// One step in phases, and the gradient over masks.
  case backward
  /// Examples, classes, ranges and the split of the dataset.
  case data

  /// The panels of the view, in the order in which Tab visits them.
  public var panels: [Panel] {
    switch self {
    case .live: [.network, .sums, .divergence, .tested, .curves, .outcome]
    case .sums: [.distribution, .terms, .bend, .depth]
    case .race: [.raceCurves, .raceTable, .raceNetwork]
    case .ensemble: [.subnetworks, .means, .ranked, .convergence, .gapMap]
    case .backward: [.phases, .signals, .gradientNetwork, .maskPasses]
    case .data: [.examples, .inputs, .classes]
    }
  }

  /// The key that shows it, as written in the footer.
  public var number: Int {
    switch self {
    case .live: 1
    case .sums: 2
    case .race: 3
    case .ensemble: 4
    case .backward: 5
    case .data: 6
    }
  }

  /// What it is called.
  public var name: String { rawValue }

  /// Whether the arrows select layer and unit in it.
  var selectsUnits: Bool {
    switch self {
    case .live, .sums, .backward: true
    case .race, .ensemble, .data: false
    }
  }
}
