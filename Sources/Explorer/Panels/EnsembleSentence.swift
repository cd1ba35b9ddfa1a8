import DropoutCore
import TerminalCells

/// The sentence of the ensemble view: whether weight scaling is exact for this network, and how far apart the average of
/// the networks and the averaged network are.
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
    let gap = ensemble.arithmeticMean[output] - ensemble.weightScaling[output]
    let average = number(ensemble.arithmeticMean[output])
    let averaged = number(ensemble.weightScaling[output])
    let what = ensemble.hasProbabilities ? "P(\(name))" : name
    let facts =
      "The average of \(EnsembleText.count(ensemble)) networks gives \(what) = \(average), the averaged network "
      + "\(averaged): gap \(NumberText.fixed(gap, decimals: 3, plus: true))."
    let brief = "Average of all networks \(average), averaged network \(averaged)."
    return ["\(exact) \(facts)", "\(facts) \(exact)", "\(exact) \(brief)", exact]
  }
}
