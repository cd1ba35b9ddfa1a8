import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The formulas of the sums view's numbers, with the values that are drawn put in.
enum SumsFormulas: Formulas {
  /// The distribution over masks, its moments and theory's.
  static func distribution(_ state: ExplorerState) -> [BoxLine] {
    state.shownUnitSums.map { distribution(state, $0) } ?? pending
  }

  /// The terms of this step's sum.
  static func terms(_ state: ExplorerState) -> [BoxLine] {
    state.shownUnitSums.map(terms) ?? pending
  }

  /// The mean of the nonlinearity beside the nonlinearity of the mean.
  static func bend(_ state: ExplorerState) -> [BoxLine] {
    state.shownUnitSums.map { bend($0, ensemble: state.keys[.ensemble]) } ?? pending
  }

  private static func distribution(_ state: ExplorerState, _ sums: UnitSums) -> [BoxLine] {
    let distribution = sums.distribution
    let offered = sums.terms.map(\.offered)
    let keep = state.evidence.configuration.keepProbability(feeding: sums.layer)
    let dropout = state.evidence.configuration.dropout
    let size = dropout.noise.sharesMasks ? state.evidence.configuration.maskGroupSize : 1
    let squares = stride(from: 0, to: offered.count, by: size).reduce(0.0) { total, first in
      let together = offered[first..<min(first + size, offered.count)].reduce(0, +)
      return total + together * together
    }
    let q = size == 1 ? "sum of c^2" : "sum over groups of (sum of c)^2"
    let origin =
      distribution.method == .exact
      ? "each weighted by its probability" : "drawn by the engine at these weights"
    var lines = [
      title(
        "all sums of \(state.unitName(layer: sums.layer, unit: sums.unit)), example "
          + "\(sums.example), step \(sums.step)"
      ),
      BoxLine("  \(distribution.masks) masks, \(origin)"),
      BoxLine("  mean = sum of P(mask) * s(mask) = \(number(distribution.mean))", Style(.strong)),
      BoxLine(
        "  spread (sd) = sqrt(sum of P(mask) * (s(mask) - mean)^2) = "
          + "\(number(distribution.deviation))",
        Style(.strong)),
      BoxLine(""),
      title("drawn: \(sums.drawn.masks) masks that the engine drew"),
      BoxLine(
        "  mean = \(number(sums.drawn.mean)), standard error sd / sqrt(\(sums.drawn.masks)) = "
          + "\(number(sums.drawn.standardError))"
      ),
      BoxLine(""), title("theory (\(sums.theory.method.name))"),
    ]
    switch sums.theory.method {
    case .none: lines.append(BoxLine("  no mask feeds the unit: one sum"))
    case .theory:
      lines += [
        BoxLine(
          "  c[i] = w[i] * a[i] * factor of training; S = sum of c = "
            + "\(number(offered.reduce(0, +))), Q = \(q) = \(number(squares))"
        ),
        BoxLine(
          "  mean = p S, variance = p (1 - p) Q, with p = \(KeepText(keep).keep) (each mask "
            + "multiplier by its own mean and variance)"
        ),
      ]
    case .exact, .monteCarlo:
      lines += [
        BoxLine(
          "  given the masks further up: mean = p S, variance = p (1 - p) Q, p = "
            + "\(KeepText(keep).keep)"
        ),
        BoxLine(
          "  over them: mean = E mean, variance = E variance + Var mean (law of total variance), "
            + "\(sums.theory.method.name)"
        ),
      ]
    }
    lines += [
      BoxLine(
        "  mean = \(number(sums.theory.mean)), sd = \(number(sums.theory.variance.squareRoot()))",
        Style(.strong)),
      BoxLine(
        "  the dots are the normal distribution with these two (Wang, Manning 2013)", Style(.dim)),
      BoxLine(""),
      BoxLine(
        "  ratio = test sum t / mean m = \(number(sums.testSum)) / \(number(sums.theory.mean)) = "
          + "\(number(sums.testSum / sums.theory.mean, 3))",
        Style(.strong)),
    ]
    return lines
  }

  private static func terms(_ sums: UnitSums) -> [BoxLine] {
    let kept = sums.terms.filter { $0.mask != 0 }
    return [
      title("the sum of this step, term by term"),
      BoxLine(
        "  weight w, value a, product w * a; s = sum over i of w[i] * mask[i] * a[i] * factor "
          + "of training, "
          + "\(NumberText.factor(sums.terms.first?.factor ?? 1, decimals: 3))"
      ),
      BoxLine(
        "    = "
          + products(
            kept.map { $0.weight * $0.mask * $0.factor }, kept.map(\.activation))),
      BoxLine(
        "    = \(number(sums.stepSum)): \(kept.count) of \(sums.terms.count) terms are kept",
        Style(.strong)),
      BoxLine("  in testing all of them come: \(number(sums.testSum))"),
    ]
  }

  private static func bend(_ sums: UnitSums, ensemble: String) -> [BoxLine] {
    let distribution = sums.distribution
    let mean = distribution.mean + sums.bias
    return [
      title("f = \(sums.activation.name), z = s + bias, bias = \(number(sums.bias))"),
      BoxLine(
        "  mean of f: E f(z) over \(distribution.masks) masks = "
          + "\(number(distribution.meanActivation))"
      ),
      BoxLine("  f of the mean: f(E z) = f(\(number(mean))) = \(number(sums.activationOfMean))"),
      BoxLine(
        "  gap (Jensen) = \(number(distribution.meanActivation)) - "
          + "\(number(sums.activationOfMean)) "
          + "= \(number(sums.jensenGap))",
        Style(.strong)),
      BoxLine(
        "  bound: \(sums.activation.boundFormula) with m = \(number(mean)), v = "
          + "\(number(distribution.variance)): \(number(sums.jensenBound))",
        Style(.theory)),
      BoxLine(
        "  f(test z) = f(\(number(sums.testSum + sums.bias))) = \(number(sums.testActivation))"),
      BoxLine(
        "  all output units go through one function (softmax): see view "
          + ensemble, Style(.dim)),
    ]
  }

  /// Ratio and divergence into the selected layer under each scaling.
  static func depth(_ state: ExplorerState) -> [BoxLine] {
    guard state.shownUnitSums != nil, let depth = state.snapshot.depth else { return pending }
    let layer = state.shownLayer
    return [
      title(
        "into \(state.layerName(layer)), over \(state.snapshot.dataset.probeExamples.count) probe "
          + "examples, the same weights under each scaling"
      ),
      BoxLine(
        "  ratio = sum |s_test| / sum |E s_train|; divergence = sum |E s_train - s_test| / sum "
          + "|s_test|"
      ),
      BoxLine(
        "  linear p^-L = the product over the masked layers below: 1/p (off), 1 (classic, "
          + "inverted), p "
          + "(double), (1-p)/p (swapped, inverse-drop); exact without bends and biases",
        Style(.theory)),
    ]
      + depth.map { scaling in
        let value = scaling.layers[layer]
        return BoxLine(
          "  \(scaling.scaling.rawValue): ratio \(number(value.ratio, 3)) (\(value.method.name)), "
            + "linear \(number(scaling.compounded[layer], 3)), divergence drawn "
            + "\(number(value.drawn, 3)), \(value.method.name) \(number(value.expected, 3))",
          Style(scaling.scaling == state.configuration.dropout.scaling ? .strong : .text))
      }
  }
}
