import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The sentence of the ensemble view and its large number: how far the average of the networks and
/// the averaged network are apart, and why.
enum EnsembleSentence {
  /// The gap below which average and averaged network agree.
  private static let agreement = 0.005

  /// The number that stands large beside the sentence.
  static func hero(_ state: ExplorerState) -> HeroBlock? {
    guard let ensemble = state.snapshot.ensemble?.ensemble else { return nil }
    let gap = gap(ensemble).magnitude
    guard gap.isFinite else { return nil }
    // The decimals of the sentence, so that both are one number.
    let text =
      gap < 100
      ? NumberText.fixed(gap, decimals: gap < 1 ? 3 : gap < 10 ? 2 : 1) : NumberText.compact(gap)
    return HeroBlock(text, gap < agreement ? .calm : .neutral)
  }

  private static func gap(_ ensemble: SubnetworkEnsemble) -> Double {
    let output = ensemble.histogram.output
    return ensemble.arithmeticMean[output] - ensemble.weightScaling[output]
  }

  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] {
    guard let watched = state.snapshot.ensemble else {
      return [
        "All subnetworks that masks make of this network are being measured on the watched example."
      ]
    }
    let ensemble = watched.ensemble
    let output = ensemble.histogram.output
    let name = state.outputName(output)
    func number(_ value: Double) -> String { NumberText.fixed(value, decimals: 3) }
    let average = number(ensemble.arithmeticMean[output])
    let averaged = number(ensemble.weightScaling[output])
    let what = ensemble.hasProbabilities ? "P(\(name))" : name
    guard ensemble.weightScalingIsExact != .oneNetwork else {
      return [
        "Nothing is left to chance: there is one network. Every pass of TRAINING gives "
          + "\(what) = \(average). \(state.keys[.variants]) chooses a variant with masks."
      ]
    }
    let difference = gap(ensemble)
    let count = EnsembleText.count(ensemble)
    guard !ensemble.isUnanimous else {
      let same = "Here every mask gives the same answer: \(what) = \(average)"
      return ["\(same), so there is nothing to average. \(hint(state, watched))", "\(same)."]
    }
    let all = EnsembleText.averagedNetwork(state)
    let subject =
      "The average of \(count) masked networks gives \(what) = \(average); the averaged network "
      + "(\(all)) \(averaged)"
    let brief =
      "The average of \(count) networks gives \(what) = \(average), the averaged network "
      + "\(averaged)"
    let apart = "\(number(difference.magnitude)) apart"
    let reason = reason(ensemble)
    let hint = hint(state, watched)
    guard difference.magnitude >= agreement else {
      let same = "\(subject): they agree"
      return [
        "\(same). \(reason.agreeing) \(hint)", "\(same). \(hint)", "\(same).",
        "\(brief): they agree.",
        "Average \(average), averaged network \(averaged).",
      ]
    }
    return [
      "\(subject): \(apart), because \(reason.parting) \(hint)",
      "\(subject): \(apart), because \(reason.parting)",
      "\(brief): \(apart), because \(reason.parting) \(hint)",
      "\(brief): \(apart), because \(reason.parting)",
      "\(brief): \(apart). \(hint)", "\(brief): \(apart).",
      "Average \(average), averaged network \(averaged): \(apart).",
    ]
  }

  /// Why average and averaged network part, or need not.
  private static func reason(
    _ ensemble: SubnetworkEnsemble
  ) -> (parting: String, agreeing: String) {
    let mean = ensemble.hasProbabilities ? "geometric" : "arithmetic"
    let output = ensemble.hasProbabilities ? "softmax bends and " : ""
    switch ensemble.weightScalingIsExact {
    case .oneNetwork: return ("", "")
    case .feedsOutputLinearly, .linearThroughout:
      return (
        "the averaged network is the \(mean) mean, exactly.",
        "The averaged network is the \(mean) mean, exactly."
      )
    case .nonlinearityAbove(_, _, let function):
      return (
        "\(output)\(function.rawValue) bends above the mask.",
        "That is luck: \(function.rawValue) bends above the mask."
      )
    case .severalPlaces(_, _, let function):
      return (
        "\(output)\(function.rawValue) bends between masked layers.",
        "That is luck: \(function.rawValue) bends between masked layers."
      )
    }
  }

  /// The next key: another example, or another minibatch where all of this one agree.
  private static func hint(_ state: ExplorerState, _ watched: WatchedEnsemble) -> String {
    let widest = watched.gaps.filter(\.isFinite).max() ?? 0
    return widest < agreement
      ? "So they do on each example of this minibatch: \(state.keys[.stepOn]) takes another one."
      : "\(state.keys[.example(.next)]) watches another example."
  }
}
