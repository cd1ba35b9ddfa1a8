import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The sentence of the ensemble view: whether weight scaling is exact for this network, and how far
/// apart the average of the networks and the averaged network are.
enum EnsembleSentence {
  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] {
    guard let ensemble = state.snapshot.ensemble?.ensemble else {
      return [
        "All subnetworks that masks make of this network are being measured on the watched example."
      ]
    }
    let output = ensemble.histogram.output
    let name = state.outputName(output)
    func number(_ value: Double) -> String { NumberText.fixed(value, decimals: 3) }
    let exact = ensemble.weightScalingIsExact.sentence(hasProbabilities: ensemble.hasProbabilities)
    let short = brief(ensemble)
    let gap = ensemble.arithmeticMean[output] - ensemble.weightScaling[output]
    let average = number(ensemble.arithmeticMean[output])
    let averaged = number(ensemble.weightScaling[output])
    let difference = NumberText.fixed(gap, decimals: 3, plus: true)
    let what = ensemble.hasProbabilities ? "P(\(name))" : name
    let count = EnsembleText.count(ensemble)
    guard ensemble.weightScalingIsExact != .oneNetwork else {
      return ["\(short) Every pass of TRAINING gives \(what) = \(average)."]
    }
    let facts =
      "The average of \(count) networks gives \(what) = \(average), the averaged network "
      + "\(averaged): gap \(difference) (Jensen)."
    let few =
      "Average of \(count) networks \(average), averaged network \(averaged): \(difference)."
    return [
      "\(exact) \(facts)", "\(short) \(facts)", "\(short) \(few)", "\(few)",
      "Average \(average), averaged network \(averaged).",
    ]
  }

  /// Whether weight scaling is exact, in few words.
  private static func brief(_ ensemble: SubnetworkEnsemble) -> String {
    let mean = ensemble.hasProbabilities ? "geometric" : "arithmetic"
    switch ensemble.weightScalingIsExact {
    case .oneNetwork: return "Nothing is left to chance: one network."
    case .feedsOutputLinearly, .linearThroughout:
      return "Weight scaling is exact: the \(mean) mean."
    case .nonlinearityAbove(_, _, let function):
      return "Weight scaling is not exact: \(function.rawValue) above the mask."
    case .severalPlaces(let places, _, let function):
      return
        "Weight scaling is not exact: \(places.count) masked layers, \(function.rawValue) between."
    }
  }
}
