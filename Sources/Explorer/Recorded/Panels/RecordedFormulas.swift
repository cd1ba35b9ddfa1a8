import DropoutEngine
import Recordings
import TerminalCells

/// The meaning of the numbers of a recording, with the values that are drawn put in.
enum RecordedFormulas: Formulas {
  private static func value(_ number: Double?, _ decimals: Int = 4) -> String {
    number.map { Self.number($0, decimals) } ?? "not measured"
  }

  private static func name(_ state: RecordedState) -> String {
    state.selectedLayer.map { ForeignText.shown($0.title) } ?? "no layer"
  }

  /// The gap in front of the selected layer.
  static func gap(_ state: RecordedState) -> [BoxLine] {
    let gap = state.layer
    let place = ForeignText.shown(state.header.place(ofGap: gap))
    let verdict = state.shown.verdict(ofGap: gap)
    var lines = [
      title("gap \(gap), \(place): \(verdict.words)"),
      BoxLine(
        "  a gap is all that happens between the output of one layer and the next one's input"),
    ]
    guard let gaps = state.shown.gaps else { return lines + [BoxLine("  no look has judged yet")] }
    lines.append(
      BoxLine(
        "  judged by look \(state.shown.judgedAt ?? 0); draws so far: "
          + value(gaps.draws[gap], 0)))
    if let keep = gaps.keep[gap] {
      let error = gaps.error[gap].map { " \(state.glyphs.plusMinus) \(number($0))" } ?? ""
      lines.append(
        BoxLine("  keep = share of activations that is kept = \(number(keep))\(error)"))
    }
    if let factor = gaps.factor[gap] {
      lines.append(BoxLine("  factor = multiplier of what is kept = \(number(factor))"))
    }
    if let keep = gaps.keep[gap], let factor = gaps.factor[gap] {
      lines += [
        BoxLine("  right means keep * factor = 1: the mean of training is what testing gives"),
        BoxLine(
          "    \(number(keep)) * \(number(factor)) = \(number(keep * factor))", Style(.strong)
        ),
        BoxLine(
          "    test / train = 1 / (keep * factor) = \(number(1 / (keep * factor)))",
          Style(.strong)),
      ]
    }
    if state.shown.look.mask(of: gap) != nil {
      let unknown = RecordedMark.unknown.scalar(state.glyphs)
      lines.append(
        BoxLine("  mask: \(unknown) cannot be told, since an input of 0 is 0 when dropped, too"))
    }
    if let finding = state.shown.finding(ofGap: gap) {
      lines += [BoxLine(""), BoxLine("  " + ForeignText.shown(finding.sentence, limit: 400))]
      if !finding.cure.isEmpty {
        lines.append(BoxLine("  cure: " + ForeignText.shown(finding.cure, limit: 400)))
      }
    }
    return lines
  }

  /// The sums of the selected unit, and the divergence that they add to.
  static func sums(_ state: RecordedState) -> [BoxLine] {
    guard let units = state.shown.look.units(of: state.layer), let layer = state.selectedLayer,
      units.test.indices.contains(state.unit)
    else { return [BoxLine("no sums of this layer are recorded")] }
    let unit = state.unit
    let ratio = (units.test[unit] ?? .nan) / (units.training[unit] ?? .nan)
    return [
      title("unit \(layer.shownUnits[unit]) of \(name(state)), example 1 of the probe batch"),
      BoxLine("  a sum is what the layer gives before its bias, averaged over positions"),
      BoxLine("  step: under the mask of the last training pass = \(value(units.step[unit]))"),
      BoxLine(
        "  train: mean of \(state.header.passes) training passes = \(value(units.training[unit]))"
          + ", standard deviation \(value(units.deviation[unit]))"),
      BoxLine("  test: in eval mode = \(value(units.test[unit]))"),
      BoxLine(
        "  ratio = test / train = \(value(units.test[unit])) / \(value(units.training[unit])) = "
          + number(ratio, 3), Style(.strong)),
      BoxLine("  the extra is the part of the test sum that training did not have"),
      BoxLine(""),
    ] + divergence(state)
  }

  /// The divergence of the selected layer.
  static func divergence(_ state: RecordedState) -> [BoxLine] {
    let look = state.shown.look
    guard look.divergence.indices.contains(state.layer) else { return [] }
    let divergence = look.divergence[state.layer]
    let floor = look.floor[state.layer]
    return [
      title("divergence of \(name(state)), at step \(look.step)"),
      BoxLine(
        "  divergence = sum |mean train - test| / sum |test|, over all units and probe examples"),
      BoxLine("    = \(value(divergence))", Style(.strong)),
      BoxLine(
        "  noise: what it alone would show with \(state.header.passes) passes = "
          + value(floor)),
      BoxLine(
        "  divergence / noise = \(number((divergence ?? .nan) / (floor ?? .nan), 1)): near 1 is "
          + "noise; bends of the network (Jensen) raise it even where each gap is right, so it is "
          + "not judged"),
      BoxLine(
        "  size of the sums, train / test = sum |mean train| / sum |test| = "
          + value(look.ratio[state.layer], 3)),
    ]
  }

  /// The losses.
  static func losses(_ state: RecordedState) -> [BoxLine] {
    let losses = state.shown.look.losses
    let calls = state.shown.look.calls
    return [
      title("losses at step \(state.shown.look.step)"),
      BoxLine("  test: of the probe batch in eval mode = \(value(losses.test))"),
      BoxLine(
        "  masked: of the probe batch in training mode, mean of \(state.header.passes) passes = "
          + value(losses.training)),
      BoxLine(
        "  minibatch: of the training itself, as handed to step(loss=) = \(value(losses.batch))"),
      BoxLine("  test and masked are not measured without loss_fn", Style(.dim)),
    ]
      + (calls.map { calls in
        [
          BoxLine(""), title("calls of the model by the training itself"),
          BoxLine(
            "  training mode \(calls.training), backward \(calls.backward), eval mode \(calls.eval)"
              + ", eval mode with gradient \(calls.evalWithGradient)"),
        ]
      } ?? []) + [
        BoxLine(""),
        BoxLine(
          "  looks took \(number(state.shown.look.spent, 2)) s of "
            + "\(number(state.shown.look.seconds, 2)) s", Style(.dim)),
      ]
  }
}
