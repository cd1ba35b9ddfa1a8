import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of each number of the sums view.
enum CloseSumExplanations: Formulas {
  /// Explains the number that stands large on the screen.
  static func hero(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard place == .hero, let sums = state.shownUnitSums else { return nil }
    let mean = sums.distribution.mean
    return [
      Explained.head("test / mean", number(sums.testSum / mean)),
      Explained.gloss("How many times the test sum is as large as the mean sum of training."),
      Explained.formula(
        "\(number(sums.testSum)) / \(number(mean)) = \(number(sums.testSum / mean))"),
    ]
  }

  /// Explains the distribution: its columns, its marks and its moments.
  static func distribution(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard let sums = state.shownUnitSums else { return nil }
    let distribution = sums.distribution
    switch place.name {
    case "bars":
      return [
        title("the bars"),
        Explained.gloss(
          "Each mask gives the unit a sum; a bar is as high as the number of masks with such sums."
        ),
        Explained.note(
          "The dots are the normal curve of the same mean and spread, for comparison."),
      ]
    case "mean":
      let head = Explained.head("mean", number(distribution.mean))
      guard case .monteCarlo(let masks) = distribution.method else {
        return [
          head,
          Explained.gloss("The mean of the sum over all masks, from the weights and keep alone."),
        ] + mean(state, sums)
      }
      return [
        head, Explained.gloss("The mean of the sum over \(NumberText.grouped(masks)) drawn masks."),
        Explained.note("Theory has no chance in it: from the weights and keep alone"),
      ] + mean(state, sums)
    case "step":
      return [
        Explained.head("this step", number(sums.stepSum)),
        Explained.gloss("The sum under the mask that step \(sums.step) drew."),
        stepSum(sums),
      ]
    case "test":
      return [
        Explained.head("test", number(sums.testSum)),
        Explained.gloss("The sum in testing, where no unit is masked."),
        Explained.sum(
          sums.terms.map(\.weight),
          sums.terms.map { $0.weight == 0 ? 0 : $0.testContribution / $0.weight }, sums.testSum),
      ]
    case "all": return moments("all masks", distribution.mean, distribution.deviation)
    case "drawn":
      return moments("\(sums.drawn.masks) drawn masks", sums.drawn.mean, sums.drawn.deviation)
    case "theory": return moments("theory", sums.theory.mean, sums.theory.variance.squareRoot())
    default: return nil
    }
  }

  /// The sum of this step, term by term.
  private static func stepSum(_ sums: UnitSums) -> BoxLine {
    Explained.sum(
      sums.terms.map(\.weight), sums.terms.map { $0.activation * $0.mask * $0.factor },
      sums.stepSum)
  }

  /// The mean as keep times all products, where that is what it is.
  private static func mean(_ state: ExplorerState, _ sums: UnitSums) -> [BoxLine] {
    let all = sums.terms.reduce(0) { $0 + $1.offered }
    let keep = state.fedKeep
    guard (keep * all - sums.theory.mean).magnitude < 1e-5 * max(1, all.magnitude) else {
      return [Explained.formula("sum of weight * mean of what a unit sends")]
    }
    return [
      Explained.formula(
        "keep * sum of all products = \(number(keep, 2)) * \(number(all)) = "
          + number(sums.theory.mean))
    ]
  }

  private static func moments(_ name: String, _ mean: Double, _ spread: Double) -> [BoxLine] {
    [
      Explained.head(name, "mean \(number(mean)), spread \(number(spread))"),
      Explained.gloss("The spread is the standard deviation of the sum over masks."),
      Explained.formula(
        "spread: sqrt(mean of (sum - mean)^2) = sqrt(\(number(spread * spread))) = "
          + number(spread)),
    ]
  }

  /// Explains a term of this step's sum.
  static func terms(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard let sums = state.shownUnitSums else { return nil }
    if place.name == "step" {
      return [
        Explained.head("sum of this step", number(sums.stepSum)),
        Explained.gloss("What the kept units add up to; a masked one adds 0."),
        stepSum(sums),
      ]
    }
    guard let index = place.row ?? sums.terms.indices.first, sums.terms.indices.contains(index)
    else { return nil }
    let term = sums.terms[index]
    let from = sums.layer == 0 ? "input" : "unit"
    let name = "\(from) \(index + 1)"
    switch place.name {
    case "weight":
      return [
        Explained.head("weight", number(term.weight)),
        Explained.gloss("Of the wire from \(name) into the unit."),
      ]
    case "value":
      return [
        Explained.head("value", number(term.activation)),
        Explained.gloss("What \(name) would send, before the mask."),
      ]
    case "product":
      return [
        Explained.head("product", number(term.offered)),
        Explained.gloss("What \(name) adds to the sum where it is kept."),
        Explained.formula(
          "weight \(number(term.weight)) * value \(number(term.activation)) * factor "
            + "\(number(term.factor, 2)) = \(number(term.offered))"),
      ]
    case "sum":
      let sums = Waterfall(sums: sums).sums
      let (before, sum) = (sums[index], sums[index + 1])
      return [
        Explained.head("sum", number(sum)),
        Explained.gloss("The sum up to and with \(name), under the mask of this step."),
        Explained.formula(
          "\(number(before)) + \(number(term.contribution)) = \(number(sum))"),
      ]
    default: return nil
    }
  }

  /// The mean of f(sum + bias): its total and the number of masks, where each counts alike.
  private static func meanActivation(
    _ state: ExplorerState, _ sums: UnitSums, of f: String
  ) -> BoxLine {
    let (distribution, bias) = (sums.distribution, number(sums.bias))
    let mean = number(distribution.meanActivation)
    if case .exact = distribution.method, state.fedKeep != 0.5 {
      return Explained.formula("sum over masks of P(mask) * \(f)(sum + \(bias)) = \(mean)")
    }
    let total = number(distribution.meanActivation * Double(distribution.masks), 2)
    return Explained.formula(
      "sum over masks of \(f)(sum + \(bias)) / masks = \(total) / "
        + "\(NumberText.grouped(distribution.masks)) = \(mean)")
  }

  /// Explains what the nonlinearity does to the sums.
  static func bend(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard let sums = state.shownUnitSums else { return nil }
    let f = sums.activation.name
    let mean = sums.distribution.meanActivation
    guard sums.activation != .output else {
      let isMean = place.name == "mean"
      return [
        Explained.head(
          isMean ? "mean sum" : "sum in testing", number(isMean ? mean : sums.testActivation)),
        Explained.gloss("With the bias; it goes into the outputs."),
      ]
    }
    switch place.name {
    case "mean":
      return [
        Explained.head("mean of \(f)(sum)", number(mean)),
        Explained.gloss("What the unit sends in training on average: \(f) first, then the mean."),
        meanActivation(state, sums, of: f),
      ]
    case "of mean":
      return [
        Explained.head("\(f) of mean sum", number(sums.activationOfMean)),
        Explained.gloss("What the averaged unit sends: the mean first, then \(f)."),
        Explained.formula(
          "\(f)(\(number(sums.distribution.mean)) + \(number(sums.bias))) = "
            + number(sums.activationOfMean)),
      ]
    case "gap":
      return [
        Explained.head("gap", number(sums.jensenGap)),
        Explained.gloss("It is 0 where \(f) does not bend between the sums (Jensen's inequality)."),
        Explained.formula(
          "\(number(mean)) - \(number(sums.activationOfMean)) = \(number(sums.jensenGap))"),
      ]
    case "bound":
      return [
        Explained.head("gap at most", number(sums.jensenBound)),
        Explained.gloss("The largest gap that a sum with this mean and variance can have."),
        Explained.formula(sums.activation.boundFormula),
      ]
    case "test":
      return [
        Explained.head("\(f) of test sum", number(sums.testActivation)),
        Explained.gloss("What the unit sends in testing, before the factor of testing."),
        Explained.formula(
          "\(f)(\(number(sums.testSum)) + \(number(sums.bias))) = \(number(sums.testActivation))"),
      ]
    default: return nil
    }
  }

  /// A scaling in a sentence: its part in training and in testing.
  private static func meaning(of scaling: Scaling) -> String {
    switch scaling {
    case .off: "Nothing is scaled, in training or in testing."
    case .classic: "Testing multiplies by keep."
    case .inverted: "Training divides by keep."
    case .double: "A bug: training divides by keep, and testing multiplies by it as well."
    case .inverseDrop: "A bug: training divides by drop, 1 - keep, in the place of keep."
    case .swapped: "A bug: testing multiplies by drop, 1 - keep, in the place of keep."
    }
  }

  /// The scaling that a bug amounts to where keep and drop are both 0.5.
  private static func twin(of scaling: Scaling) -> [BoxLine] {
    let twin: String
    switch scaling {
    case .swapped: twin = "classic"
    case .inverseDrop: twin = "inverted"
    case .off, .classic, .inverted, .double: return []
    }
    return [Explained.note("The same as \(twin) here: keep and drop are both 0.5.")]
  }

  /// Explains a number of a layer under a scaling; a column speaks of the scaling in force.
  static func depth(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard let depth = state.snapshot.depth else { return nil }
    let words: String
    let value: (ScalingDepth, Int) -> Double
    switch place.name {
    case "ratio":
      words = "The test sum over the mean training sum, over the probe examples; 1.00 is right."
      value = { $0.layers[$1].ratio }
    case "theory":
      words = "The ratio if no unit bent its sum: the factors of all masked layers multiplied."
      value = { $0.compounded[$1] }
    case "divergence":
      words = "How far the sums of training and testing are apart on average, over test sums."
      value = { $0.layers[$1].drawn }
    default:
      return depth.first { $0.scaling.rawValue == place.name }.map { depth in
        [
          title("scaling \(place.name)"),
          Explained.gloss("The same weights under this scaling, layer by layer."),
          Explained.note(meaning(of: depth.scaling)),
        ]
          + (state.snapshot.configuration.isHalfKept ? twin(of: depth.scaling) : [])
      }
    }
    let layer = place.row ?? state.shownLayer
    let name = place.name == "theory" ? "ratio without bends" : place.name
    return [title("\(name) into \(state.layerName(layer))"), Explained.gloss(words)]
      + depth.filter { $0.layers.indices.contains(layer) }.map {
        Explained.formula("\($0.scaling.rawValue): \(number(value($0, layer), 3))")
      }
  }
}

extension MeanMethod {
  /// The mean over masks in words.
  var mean: String {
    switch self {
    case .monteCarlo(let count): "mean over \(count) drawn masks"
    case .none, .theory, .exact: "mean over all masks"
    }
  }
}
