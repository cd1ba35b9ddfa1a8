import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of each number of the averaging view.
enum EnsembleExplanations: Formulas {
  /// Explains the number that stands large on the screen.
  static func hero(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard place == .hero, let ensemble = state.snapshot.ensemble?.ensemble else { return nil }
    return gap(ensemble)
  }

  private static func gap(_ ensemble: SubnetworkEnsemble) -> [BoxLine] {
    let output = ensemble.histogram.output
    let (average, averaged) = (ensemble.arithmeticMean[output], ensemble.weightScaling[output])
    return [
      Explained.head("gap", number((average - averaged).magnitude)),
      Explained.gloss("How far the average of the networks is from the averaged network."),
      Explained.formula(
        "abs(\(number(average)) - \(number(averaged))) = "
          + number((average - averaged).magnitude)),
      Explained.note("Averaging outputs is not averaging weights where a nonlinearity bends."),
    ]
  }

  /// Explains a mean, a loss or a gap, also where it is a mark of the distribution.
  static func means(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard let ensemble = state.snapshot.ensemble?.ensemble else { return nil }
    let output = ensemble.histogram.output
    let loss = ensemble.loss
    func row(_ name: String, _ value: Double?, _ loss: Double?, _ words: String) -> [BoxLine] {
      let numbers = [
        value.map { "output \(number($0))" }, loss.map { "loss \(number($0))" },
      ].compactMap(\.self)
      return [Explained.head(name, numbers.joined(separator: ", ")), Explained.gloss(words)]
        + entropy(state, ensemble, value, loss)
    }
    switch place.name {
    case "each":
      return row(
        "each network alone", nil, loss.meanOfSubnetworks,
        "The mean loss of the subnetworks, each by itself.")
    case "average":
      return row(
        "average of them all", ensemble.arithmeticMean[output], loss.arithmeticMean,
        "The mean of all subnetworks' outputs, each weighted by the chance of its mask.")
    case "geometric":
      return row(
        "geometric mean", ensemble.geometricMean?[output], loss.geometricMean,
        "The mean of the logarithms, made probabilities again.")
    case "averaged":
      return row(
        "averaged network", ensemble.weightScaling[output], loss.weightScaling,
        "One network with all units on, each activation times the mean of what training multiplies "
          + "it by: times keep, unless training divides by it.")
    case "test":
      return row(
        "test as it is", ensemble.testNetwork[output], loss.testNetwork,
        "The test pass of the settings in force."
          + (state.evidence.configuration.isScalingRight(into: state.outputLayer)
            ? ""
            : " Its scaling is wrong, so its sums are of another size than in training. One "
              + "example cannot show which is better.")
      )
    case "target":
      return row("target", ensemble.target[output], nil, "What the output should be.")
    case "loss":
      return [
        title("loss"), Explained.gloss("On the watched example, of what stands in the row."),
      ]
    case "gap": return gap(ensemble)
    case "gain":
      return [
        Explained.head(
          "each alone less their average",
          number(loss.meanOfSubnetworks - loss.arithmeticMean)),
        Explained.gloss(
          "What averaging wins. The loss is convex, so it is never below 0 (Jensen)."),
      ]
    case "gain of averaged":
      return [
        Explained.head("each alone less averaged network", number(loss.gap)),
        Explained.gloss("What the averaged network wins, in one pass. It may lose, too."),
      ]
    case "ambiguity":
      let parts = ensemble.ambiguity
      return [
        title("variety"),
        Explained.gloss(
          "The average errs less than its members do on average: by as much as they differ from it."
        ),
        Explained.formula(
          "\(number(parts.squaredErrorOfMean)) = \(number(parts.meanSquaredError)) - "
            + number(parts.meanSquaredDistance)),
      ]
    case "bars":
      return [
        title("the bars"),
        Explained.gloss(
          "\(EnsembleText.count(ensemble)) subnetworks by their output; a bar is as high as the "
            + "share of networks, weighted by the chance of their masks."),
      ]
    default: return nil
    }
  }

  /// The loss of classes from the probability of the right one.
  private static func entropy(
    _ state: ExplorerState, _ ensemble: SubnetworkEnsemble, _ value: Double?, _ loss: Double?
  ) -> [BoxLine] {
    guard let value, let loss, state.evidence.loss == .crossEntropy,
      ensemble.target[ensemble.histogram.output] == 1
    else { return [] }
    return [Explained.formula("loss: -ln(\(number(value))) = \(number(loss))")]
  }

  /// Explains a ranked subnetwork.
  static func ranked(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard let ensemble = state.snapshot.ensemble?.ensemble, let row = place.row else { return nil }
    let all = ensemble.ranked
    guard all.indices.contains(row) else { return nil }
    let network = all[row]
    let kept = "\(network.kept.count { $0 }) of \(network.kept.count) units kept"
    switch place.name {
    case "loss":
      return [
        Explained.head("loss", number(network.loss)),
        Explained.gloss("Of this subnetwork on the watched example, \(kept)."),
      ] + entropy(state, ensemble, network.output, network.loss)
    case "output":
      return [
        Explained.head("output", number(network.output)),
        Explained.gloss("What this subnetwork says, \(kept)."),
      ]
    default: return [title("mask"), Explained.gloss("Filled: kept; open: masked. \(kept).")]
    }
  }

  /// Explains the convergence.
  static func convergence(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard let convergence = state.snapshot.ensemble?.convergence else { return nil }
    let measured = convergence.measuredMatch.map { "\($0)" } ?? "over 1000"
    return place.name == "match"
      ? [
        Explained.head("masks", measured),
        Explained.gloss("So many drawn networks are as near to the average as the averaged one."),
        Explained.formula(
          "theory: variance / distance^2 = "
            + NumberText.significant(convergence.expectedMatch, digits: 4)),
      ]
      : [
        title("the lines"),
        Explained.gloss("How far an average over some drawn masks is from that over all masks."),
        Explained.formula("theory: sqrt(variance / masks)"),
      ]
  }
}
