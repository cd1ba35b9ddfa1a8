import Lessons

extension Panel {
  /// The panel as a place that lessons can name, with the names of its parts.
  var lessonPlace: LessonVocabulary.Place {
    LessonVocabulary.Place(name, parts: parts, hasUnits: hasUnits)
  }

  /// Whether its rows are units of a layer.
  private var hasUnits: Bool { [Panel.sums, .signals].contains(self) }

  /// The names of its columns and other parts; nil where they depend on what it shows.
  private var parts: [String]? {
    switch self {
    case .network: ["adds", "mask"]
    case .sums: SumRows.names
    case .divergence: ["measured", "theory", "ratio", "noise"]
    case .curves: ["masked", "unmasked", "scaled", "test", "right"]
    case .tested: ["loss", "right", "ratio"]
    case .outcome: nil
    case .distribution: ["bars", "mean", "step", "test", "all", "drawn", "theory"]
    case .terms: ["weight", "value", "product", "sum", "step"]
    case .bend: ["mean", "of mean", "gap", "bound", "test"]
    case .depth: nil
    case .raceCurves: ["lines", "names"]
    case .raceTable:
      [
        "name", "loss", "difference", "accuracy", "ratio", "masked", "divergence", "weights",
        "settings",
      ]
    case .raceNetwork: nil
    case .subnetworks: ["bars", "target", "geometric", "test", "averaged", "average"]
    case .means:
      [
        "loss", "each", "average", "geometric", "averaged", "test", "target", "gap", "gain",
        "gain of averaged", "ambiguity",
      ]
    case .convergence: ["lines", "match"]
    case .gapMap: ["map"]
    case .ranked: ["loss", "output", "mask"]
    case .signals:
      [
        "forward", "backward", "sent", "value", "signal", "let through", "output", "error",
        "at the sum", "bias", "gradient",
      ]
    case .gradientNetwork: ["wires", "gradients"]
    case .maskPasses:
      [
        "step cosine", "mean cosine", "mean share", "share theory", "noise", "squared cosine",
        "squared theory", "update", "update theory", "error", "mean apart", "apart theory",
        "update size", "unmasked", "step length", "mean length",
      ]
    case .phases, .examples, .classes, .inputs: nil
    default: preconditionFailure("no parts of \(self)")
    }
  }
}
