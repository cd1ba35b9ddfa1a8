public import DropoutEngine

/// A runner of a race: an experiment with a name.
public struct RaceEntry: Equatable, Sendable {
  /// Its name in tables, such as `unscaled-l2 0.01`.
  public var name: String
  /// The configuration that it trains.
  public var configuration: ExperimentConfiguration
  /// Whether it is the second form of the runner before it, under the exact map between classic and
  /// inverted dropout: it starts from that one's weights times p.
  public var isTwin = false
  /// The changes that it makes on its way, as they were made on a branch of the live run.
  public var journal = Journal()

  /// Creates an entry.
  public init(
    name: String, configuration: ExperimentConfiguration, isTwin: Bool = false,
    journal: Journal = Journal()
  ) {
    self.name = name
    self.configuration = configuration
    self.isTwin = isTwin
    self.journal = journal
  }
}

/// A race that can be started with two keys: a question, and the variants that answer it.
public enum RacePreset: String, CaseIterable, Sendable {
  /// Why scale at all? Could L2 do it instead?
  case question
  /// The methods that people confuse with dropout.
  case confusions
  /// The mistakes that people really ship.
  case bugs
  /// Classic and inverted under the exact map.
  case twins

  /// Its name.
  public var title: String {
    switch self {
    case .question: "the question"
    case .confusions: "the confusions"
    case .bugs: "the bugs"
    case .twins: "the same run twice"
    }
  }

  /// Its contents, in a few words.
  public var help: String {
    switch self {
    case .question: "nothing scaled, classic, inverted, three strengths of L2, no dropout"
    case .confusions: "backward only, scaled updates, mismatched masks, random subspaces, bagging"
    case .bugs: "scaled twice, keep and drop swapped, left on at test, at keep 0.8"
    case .twins: "classic and inverted under the exact map: the curves coincide"
    }
  }

  /// The runners for an experiment.
  public func entries(for configuration: ExperimentConfiguration) -> [RaceEntry] {
    func variant(
      _ variant: Variant, _ name: String? = nil,
      _ change: (inout ExperimentConfiguration) -> Void = { _ in }
    ) -> RaceEntry {
      var configuration = configuration
      configuration.adopt(variant)
      change(&configuration)
      return RaceEntry(name: name ?? variant.rawValue, configuration: configuration)
    }
    switch self {
    case .question:
      return [variant(.unscaled), variant(.classic), variant(.inverted)]
        + [0.001, 0.01, 0.1].map { strength in
          variant(.unscaledL2, "unscaled-l2 \(strength)") { $0.l2 = PerLayer(strength) }
        } + [variant(.none)]
    case .confusions:
      return [
        variant(.inverted), variant(.backwardOnly), variant(.scaledUpdate),
        variant(.mismatchedMasks), variant(.randomSubspace), variant(.bagging),
        // Beside random subspaces as in a forest: dropout as one random subspace.
        variant(.inverted, "one mask for good") { $0.dropout.maskSharing = .fixed },
      ]
    case .bugs:
      // At keep 0.5 keep and drop coincide, and the swap is invisible.
      func at(_ keep: Double, _ which: Variant, _ name: String? = nil) -> RaceEntry {
        variant(which, name) { $0.keep = PerLayer(keep) }
      }
      return [
        at(0.8, .inverted), at(0.8, .doubleScaled), at(0.8, .keepDropSwapped),
        at(0.8, .leftOnAtTest), at(0.2, .inverted, "inverted, 0.2 typed"),
      ]
    case .twins:
      var plain = configuration
      plain.adopt(.classic)
      let map = LockstepMap(plain)
      return [
        RaceEntry(name: "classic", configuration: map.classic),
        RaceEntry(name: "inverted, mapped", configuration: map.inverted, isTwin: true),
      ]
    }
  }
}
