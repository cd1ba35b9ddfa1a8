import DropoutEngine

/// All laws, in the order in which they are listed.
public enum LawBook {
  /// Every law, topic by topic.
  public static let all: [Law] = {
    let laws =
      MaskLaws.all + GaussianLaws.all + LearnerLaws.all + SumLaws.all + DropConnectLaws.all
      + GroupLaws.all
      + DepthLaws.all + WeightSizeLaws.all
      + UpdateLaws.all + PenaltyUpdateLaws.all + GradientLaws.all + LockstepLaws.all
      + EnsembleLaws.all + JensenLaws.all
      + PenaltyLaws.all + MaskPassLaws.all + ApproximationLaws.all + MonteCarloLaws.all
    return LawTopic.allCases.flatMap { topic in laws.filter { $0.topic == topic } }
  }()

  /// The laws with the given names, in the order of ``all``.
  ///
  /// - Throws: ``LawBookError`` for the first name that no law has.
  public static func laws(named names: [String]) throws(LawBookError) -> [Law] {
    for name in names where !all.contains(where: { $0.name == name }) {
      throw .unknownLaw(name: name, nearest: NameDistance.nearest(to: name, in: all.map(\.name)))
    }
    return all.filter { names.contains($0.name) }
  }
}

/// The reason why laws could not be chosen.
public enum LawBookError: Error, Equatable, CustomStringConvertible {
  /// No law has the name; `nearest` is one that may be meant.
  case unknownLaw(name: String, nearest: String?)

  /// One sentence for the person.
  public var description: String {
    switch self {
    case .unknownLaw(let name, let nearest):
      "there is no law '\(ForeignText.shown(name))'"
        + (nearest.map { "; did you mean '\($0)'?" }
          ?? ": dropscope verify lists them, such as '\(LawBook.all[0].name)'")
    }
  }
}
