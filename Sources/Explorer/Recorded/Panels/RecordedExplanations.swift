import DropoutEngine
import Recordings
import TerminalCells

/// The meaning of each number of a recording in its place, with its values put in.
enum RecordedExplanations: Formulas {
  /// A value; a dash where it was not measured.
  private static func text(_ value: Double?, _ decimals: Int = 4) -> String {
    value.map { number($0, decimals) } ?? "not measured"
  }

  private static func shown(_ text: String) -> String { ForeignText.shown(text, limit: 400) }

  /// A number of a layer, or of the gap in front of it.
  static func layers(_ state: RecordedState, _ place: ScreenPlace) -> [BoxLine] {
    let gap = place.row ?? state.layer
    let gaps = state.shown.gaps
    let at = Explained.note(
      "The gap \(shown(state.header.place(ofGap: gap))), judged by look "
        + "\(state.shown.judgedAt ?? 0).")
    func entry(_ values: [Double?]?) -> Double? {
      values.flatMap { $0.indices.contains(gap) ? $0[gap] : nil }
    }
    let (keep, factor, draws) = (entry(gaps?.keep), entry(gaps?.factor), entry(gaps?.draws))
    let product = keep.flatMap { keep in factor.map { keep * $0 } }
    switch place.name {
    case "size":
      let layer = state.header.layers[gap]
      let sizes = [layer.inputs, layer.units].map { $0.map { "\($0)" } ?? "unknown" }
      return [
        title("\(shown(layer.title)): \(shown(layer.kind))"),
        Explained.gloss("Its inputs and its units."),
        Explained.formula("inputs > units = \(sizes[0]) > \(sizes[1])"),
      ]
    case "keep":
      let error = entry(gaps?.error).map { "; standard error \(number($0))" } ?? ""
      let kept = draws.map { draws in
        "kept / draws = \(number((keep ?? .nan) * draws, 0)) / \(number(draws, 0)) = "
      }
      return [
        Explained.head("keep", text(keep)),
        Explained.gloss("The share of activations that is kept in training."),
        Explained.formula((kept ?? "") + text(keep) + error), at,
      ]
    case "factor":
      return [
        Explained.head("factor", text(factor)),
        Explained.gloss("The multiplier of what is kept, in training over testing."),
        Explained.formula("right is 1 / keep = 1 / \(text(keep)) = \(text(keep.map { 1 / $0 }))"),
        at,
      ]
    case "product":
      return [
        Explained.head("product", text(product)),
        Explained.gloss("1 is right: the mean of training is then what testing gives."),
        Explained.formula("keep * factor = \(text(keep)) * \(text(factor)) = \(text(product))"),
        at,
      ]
    case "test / train":
      return [
        Explained.head("test / train", text(product.map { 1 / $0 })),
        Explained.gloss("How many times as large the sums behind the gap are in testing."),
        Explained.formula(
          "1 / (keep * factor) = 1 / \(text(product)) = \(text(product.map { 1 / $0 }))"), at,
      ]
    case "mask":
      let marks = state.shown.look.mask(of: gap)?.marks ?? []
      func count(_ mark: RecordedMark) -> Int { marks.count { $0 == mark } }
      let unknown = RecordedMark.unknown.scalar(state.glyphs)
      return [
        title("the mask of the last training pass"),
        Explained.gloss("Of example 1 of the probe batch: the inputs that are recorded."),
        Explained.formula(
          "\(count(.kept)) kept, \(count(.dropped)) dropped, \(count(.unknown)) of which it cannot "
            + "be told"),
        Explained.note("\(unknown): an input of 0 is 0 when dropped, too."), at,
      ]
    default: return verdict(state, gap) + [at]
    }
  }

  /// The verdict on a gap, with what was found and its cure.
  private static func verdict(_ state: RecordedState, _ gap: Int) -> [BoxLine] {
    let finding = state.shown.finding(ofGap: gap)
    let found = [finding?.sentence, finding?.cure].compactMap(\.self).filter { !$0.isEmpty }
    return [title("verdict: \(state.shown.worstVerdict(ofGap: gap).words)")]
      + (found.isEmpty
        ? [Explained.gloss("Right is a gap in which keep * factor = 1.")]
        : found.map { Explained.gloss(shown($0)) })
  }

  /// A sum of a unit.
  static func sums(_ state: RecordedState, _ place: ScreenPlace) -> [BoxLine] {
    guard let units = state.shown.look.units(of: state.layer), let layer = state.selectedLayer,
      let unit = place.row, units.test.indices.contains(unit)
    else { return RecordedFormulas.sums(state) }
    let (training, test) = (units.training[unit], units.test[unit])
    let passes = state.header.passes
    let of = Explained.note(
      "Unit \(layer.shownUnits[unit]) of \(shown(layer.title)), example 1 of the probe batch: "
        + "before the bias, averaged over positions.")
    switch place.name {
    case "step":
      return [
        Explained.head("this step", text(units.step[unit])),
        Explained.gloss("The sum under the mask of the last training pass."),
        Explained.formula(
          "this step - train = \(text(units.step[unit])) - \(text(training)) = "
            + text(difference(units.step[unit], training))), of,
      ]
    case "train":
      let deviation = units.deviation[unit]
      return [
        Explained.head("train", text(training)),
        Explained.gloss("The mean of \(passes) training passes, each with its own mask."),
        Explained.formula(
          "standard error = spread / sqrt(passes) = \(text(deviation)) / sqrt(\(passes)) = "
            + text(deviation.map { $0 / Double(passes).squareRoot() })), of,
      ]
    case "test":
      return [
        Explained.head("test", text(test)),
        Explained.gloss("The sum in eval mode: right code drops nothing there."), of,
      ]
    case "ratio":
      let ratio = quotient(test, training)
      return [
        Explained.head("ratio", text(ratio, 3)),
        Explained.gloss("How many times the test sum is as large as the mean sum of training."),
        Explained.formula("test / train = \(text(test)) / \(text(training)) = \(text(ratio, 3))"),
        of,
      ]
    default:
      return [
        title("the bar"),
        Explained.gloss(
          "The test sum, and in it the mean sum of training; the rest is extra, or is missing."),
        Explained.formula(
          "test - train = \(text(test)) - \(text(training)) = \(text(difference(test, training)))"),
        of,
      ]
    }
  }

  private static func difference(_ one: Double?, _ other: Double?) -> Double? {
    one.flatMap { one in other.map { one - $0 } }
  }

  private static func quotient(_ one: Double?, _ other: Double?) -> Double? {
    one.flatMap { one in other.map { one / $0 } }
  }

  /// The divergence of a layer, or what noise alone would show.
  static func depth(_ state: RecordedState, _ place: ScreenPlace) -> [BoxLine] {
    divergence(state, layer: place.row ?? state.layer, isNoise: place.name == "noise")
  }

  private static func divergence(
    _ state: RecordedState, layer: Int, isNoise: Bool = false
  ) -> [BoxLine] {
    let look = state.shown.look
    guard look.divergence.indices.contains(layer) else { return [] }
    let (divergence, noise) = (look.divergence[layer], look.floor[layer])
    let ratio = quotient(divergence, noise)
    let passes = state.header.passes
    return [
      isNoise
        ? Explained.head("noise", text(noise)) : Explained.head("divergence", text(divergence)),
      Explained.gloss(
        isNoise
          ? "The divergence that \(passes) passes would show by chance, with right dropout."
          : "How far the sums of training and testing are apart on average."),
      Explained.formula(
        isNoise
          ? "divergence / noise = \(text(divergence)) / \(text(noise)) = \(text(ratio, 1))"
          : "sum |mean train - test| / sum |test| = \(text(divergence))"),
      Explained.note(
        isNoise
          ? "Near 1 is noise. Bends of the network raise it even where each gap is right."
          : "Noise alone would show \(text(noise)). At step \(look.step), of "
            + "\(shown(state.header.layers[layer].title))."),
    ]
  }

  /// A part of the picture of the divergence over the steps.
  static func course(_ state: RecordedState, _ place: ScreenPlace) -> [BoxLine] {
    axis(state, place, heights: "The divergence of the selected layer: 0 where both agree.")
      ?? divergence(state, layer: state.layer)
  }

  /// A part of the picture of the losses.
  static func losses(_ state: RecordedState, _ place: ScreenPlace) -> [BoxLine] {
    let losses = state.shown.look.losses
    return axis(state, place, heights: "The loss, as the training computes it: lower is better.")
      ?? [
        title("the losses at step \(state.shown.look.step)"),
        Explained.formula("test: the probe batch in eval mode = \(text(losses.test))"),
        Explained.formula(
          "masked: in training mode, mean of \(state.header.passes) passes = "
            + text(losses.training)),
        Explained.formula(
          "masked - test = \(text(losses.training)) - \(text(losses.test)) = "
            + text(difference(losses.training, losses.test))),
        Explained.formula("minibatch: of the training itself = \(text(losses.batch))"),
      ]
  }

  /// The numbers of an axis; nil for another place.
  private static func axis(
    _ state: RecordedState, _ place: ScreenPlace, heights: String
  ) -> [BoxLine]? {
    switch place.name {
    case "heights":
      let key = "\(state.keys[.logAxis]) makes the axis "
      return [
        title("the heights"), Explained.gloss(heights),
        Explained.note(key + (state.logAxis ? "linear." : "logarithmic.")),
      ]
    case "steps":
      return [
        title("the steps, from left to right"),
        Explained.gloss("How often the training updated its weights; each look is a point."),
        Explained.formula(
          "\(state.lookCount) looks, the newest at step "
            + "\(state.history.points.last?.step ?? state.shown.look.step)"),
      ]
    default: return nil
    }
  }
}
