import DropoutMeasure
import TerminalCells

/// The formulas of the ensemble view's numbers, with the values that are drawn put in.
enum EnsembleFormulas: Formulas {
  /// The means of an output over the subnetworks.
  static func means(_ state: ExplorerState) -> [BoxLine] {
    state.snapshot.ensemble.map { means(state, $0.ensemble) } ?? pending
  }

  /// The means, and the losses that belong to them.
  static func meansAndLosses(_ state: ExplorerState) -> [BoxLine] {
    state.snapshot.ensemble.map { means(state, $0.ensemble) + losses($0.ensemble) } ?? pending
  }

  /// The best and the worst subnetworks.
  static func ranked(_ state: ExplorerState) -> [BoxLine] {
    state.snapshot.ensemble.map(ranked) ?? pending
  }

  /// The error of an average over k subnetworks.
  static func convergence(_ state: ExplorerState) -> [BoxLine] {
    state.snapshot.ensemble.map(convergence) ?? pending
  }

  /// The Jensen gap over the plane.
  static func map(_ state: ExplorerState) -> [BoxLine] {
    state.snapshot.ensemble.map { map(state, $0) } ?? pending
  }

  private static func means(_ state: ExplorerState, _ ensemble: SubnetworkEnsemble) -> [BoxLine] {
    let output = ensemble.histogram.output
    let name = state.outputName(output)
    var lines = [
      title(
        "\(EnsembleText.count(ensemble)) subnetworks of \(ensemble.maskedUnits) masked units, "
          + "\(EnsembleText.method(ensemble.method))"
      ),
      BoxLine(
        "  each weighted by its probability: the product over units of p where it is kept, 1 - p "
          + "where it is masked"
      ),
      BoxLine(""), title("the output \(name) for example \(ensemble.example)"),
      BoxLine(
        "  average a = sum of P(mask) * output(mask) = \(number(ensemble.arithmeticMean[output]))",
        Style(.strong)),
    ]
    if let geometric = ensemble.geometricMean {
      lines.append(
        BoxLine(
          "  geometric mean g = exp(sum of P(mask) * log output(mask)), normalised over the "
            + "outputs = "
            + "\(number(geometric[output]))",
          Style(.strong)))
    }
    lines += [
      BoxLine(
        "  averaged network w: one network in which each masked activation is multiplied by the "
          + "mean of what "
          + "training multiplies it by = \(number(ensemble.weightScaling[output]))",
        Style(.strong)),
      BoxLine(
        "  test as it is t: the test pass of the settings in force = "
          + "\(number(ensemble.testNetwork[output]))",
        Style(.strong)),
      BoxLine(
        "  gap (Jensen) of the output = a - w = "
          + "\(number(ensemble.arithmeticMean[output] - ensemble.weightScaling[output]))",
        Style(.strong)),
    ]
    if let error = ensemble.standardError?[output] {
      lines.append(BoxLine("  standard error of a = sqrt(variance / samples) = \(number(error))"))
    }
    return lines + [
      BoxLine(""),
      BoxLine(
        ensemble.weightScalingIsExact.sentence(hasProbabilities: ensemble.hasProbabilities),
        Style(.theory)),
      BoxLine("  (Hinton et al. 2012; Baldi, Sadowski 2013)", Style(.dim)),
    ]
  }

  private static func losses(_ ensemble: SubnetworkEnsemble) -> [BoxLine] {
    let loss = ensemble.loss
    let ambiguity = ensemble.ambiguity
    return [
      BoxLine(""), title("losses"),
      BoxLine(
        "  each alone: e = sum of P(mask) * loss(output(mask)) = "
          + "\(number(loss.meanOfSubnetworks))"),
      BoxLine(
        "  loss of a = \(number(loss.arithmeticMean)); e - a = "
          + "\(number(loss.meanOfSubnetworks - loss.arithmeticMean)), never below 0: the loss is "
          + "convex (Jensen)"
      ),
      BoxLine(
        "  loss of w = \(number(loss.weightScaling)); e - w = \(number(loss.gap)): at least 0 "
          + "where weight scaling is exact, either sign elsewhere"
      ),
      BoxLine(""), title("ambiguity decomposition (Krogh, Vedelsby 1995), over all outputs"),
      BoxLine("  y the target: |a - y|^2 = mean |output - y|^2 - mean |output - a|^2"),
      BoxLine(
        "  \(number(ambiguity.squaredErrorOfMean)) = \(number(ambiguity.meanSquaredError)) - "
          + "\(number(ambiguity.meanSquaredDistance))",
        Style(.strong)),
    ]
  }

  private static func ranked(_ watched: WatchedEnsemble) -> [BoxLine] {
    [
      title("the subnetworks of least and of most loss"),
      BoxLine("  a kept unit sends on its activation times the factor of training, a masked one 0"),
    ]
      + (watched.ensemble.best + watched.ensemble.worst).map { subnetwork in
        BoxLine(
          "  loss \(number(subnetwork.loss)), output \(number(subnetwork.output)), "
            + "\(subnetwork.kept.count { $0 }) of \(subnetwork.kept.count) units kept, P(mask) = "
            + "\(NumberText.significant(subnetwork.probability, digits: 3))"
        )
      }
      + [
        BoxLine(
          "  a unit that sends 0 whatever is masked counts as kept: masks that differ in it alone "
            + "are one network",
          Style(.dim))
      ]
  }

  private static func convergence(_ watched: WatchedEnsemble) -> [BoxLine] {
    guard let convergence = watched.convergence else { return pending }
    return [
      title(
        "the distance |P_k - P| of the shown output over k masks from its mean over all"),
      BoxLine(
        "  measured: root mean square over \(convergence.repetitions) repetitions with masks that "
          + "the engine drew"
      ),
      BoxLine(
        "  theory: sqrt(V / k), V = its variance over all networks = "
          + "\(number(convergence.totalVariance, 5))",
        Style(.theory)),
    ]
      + convergence.points.map {
        BoxLine(
          "  k = \($0.masks): measured \(number($0.measured, 5)), theory \(number($0.expected, 5))")
      } + [
        BoxLine(
          "  weight scaling is off by d = |w - a| = \(number(convergence.weightScalingDistance, 5))"
        ),
        BoxLine(
          "  as near from k = V / d^2 = "
            + "\(NumberText.significant(convergence.expectedMatch, digits: 4)) (measured: "
            + "\(convergence.measuredMatch.map { "\($0)" } ?? "beyond 1000"))",
          Style(.strong)),
      ]
  }

  private static func map(_ state: ExplorerState, _ watched: WatchedEnsemble) -> [BoxLine] {
    guard let map = watched.map else {
      return [BoxLine("being measured, where the data have two inputs")]
    }
    let gaps = map.gap
    return [
      title("a - w of output \(state.outputName(map.output)) over the plane, \(gaps.count) points"),
      BoxLine(
        "  widest |a - w| = \(number(gaps.max() ?? .nan)), mean "
          + "\(number(gaps.reduce(0, +) / Double(max(1, gaps.count))))",
        Style(.strong)),
      BoxLine(
        map.method == .exact
          ? "  a over all masks, at each point"
          : "  a over \(EnsembleText.method(map.method)): masks of what stands further up are "
            + "drawn, the same ones at each point"
      ),
      BoxLine(
        "  one colour where the average of the networks is larger, the other where the averaged "
          + "network is"
      ),
    ]
  }
}
