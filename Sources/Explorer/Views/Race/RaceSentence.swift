import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The sentence of the race and its large number: the loss that scaling alone makes, or the lead of
/// the first over the last; who leads, and whether it is early; or how far twins are apart.
enum RaceSentence {
  /// The number that stands large beside the sentence.
  static func hero(_ state: ExplorerState) -> HeroBlock? {
    guard let race = state.race, race.step > 0 else { return nil }
    if let distance = race.twinDistance {
      return HeroBlock(distanceText(distance), distance < 1e-3 ? .calm : .neutral)
    }
    let contest = RaceContest(state)
    if let loss = contest.lossOfScaling(race.lanes), loss.isFinite {
      return HeroBlock(
        number(loss, decimals: 2),
        loss.magnitude < 0.005 ? .calm : contest.earliness == .fewSteps ? .neutral : .alarm)
    }
    guard let lead = contest.lead(race.lanes) else { return nil }
    return HeroBlock(number(lead, decimals: 2), .neutral)
  }

  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] {
    let lanes = state.lanes
    guard !lanes.isEmpty, let race = state.race else {
      return ["The variants of the race are being set up."]
    }
    guard race.step > 0 else {
      let start =
        lanes.contains { $0.entry.isTwin }
        ? "They see the same data and masks. The second one starts with other weights, and has "
          + "other rates, which are made of those of the first one."
        : "\(lanes.count) variants start from the same weights, with the same data and masks."
      return ["\(start) \(state.keys[.toggleRunning]) starts and pauses them."]
    }
    if let distance = race.twinDistance { return twinForms(distance, step: race.step) }
    let contest = RaceContest(state)
    guard let leader = contest.leader else { return ["No variant has a finite test loss."] }
    let effect = scalingForms(contest, lanes)
    let standing = standing(contest, lanes, leader: leader, step: race.step)
    let selected = selected(contest, state, leader: leader)
    guard let earliness = contest.earliness else {
      let proof = "One seed proves little: dropscope compare runs it over seeds."
      return [
        "\(effect.long)\(standing) \(selected)\(proof)", "\(effect.long)\(standing) \(selected)",
        "\(effect.short)\(standing) \(selected)", "\(effect.long)\(standing)",
        "\(effect.short)\(standing)", standing,
      ]
    }
    let steps = race.step == 1 ? "1 step" : "\(race.step) steps"
    let early =
      earliness == .fewSteps
      ? "\(steps): too early to judge."
      : "\(steps): the order still changes, too early to judge."
    return [
      "\(early) \(effect.long)\(standing) \(selected)", "\(early) \(effect.long)\(standing)",
      "\(early) \(effect.short)\(standing)", "\(early) \(effect.short)", early,
    ]
  }

  private static func number(_ value: Double, decimals: Int = 3) -> String {
    NumberText.fixed(value, decimals: decimals)
  }

  private static func distanceText(_ distance: Double) -> String {
    distance == 0 ? "0" : NumberText.significant(distance, digits: 1)
  }

  private static func twinForms(_ distance: Double, step: Int) -> [String] {
    let apart = distance == 0 ? "0, to the bit" : distanceText(distance)
    return [
      "Under the map (another start and other rates for the weights behind masks) classic and "
        + "inverted are one run in two forms: after \(step) steps the largest difference of any "
        + "weight is \(apart). Where keep is a power of two it is 0.",
      "Under the map (another start, other rates) they are one run in two forms: after \(step) "
        + "steps the largest difference of any weight is \(apart).",
      "One run in two forms under the map: after \(step) steps the largest difference is "
        + "\(apart).",
    ]
  }

  /// The loss that scaling alone makes, with a space behind it; empty where no two runners show it.
  private static func scalingForms(
    _ contest: RaceContest, _ lanes: [LaneSnapshot]
  ) -> (long: String, short: String) {
    guard let pair = contest.sameWeights, let loss = contest.lossOfScaling(lanes), loss.isFinite
    else { return ("", "") }
    let (one, other) = (lanes[pair.unscaled], lanes[pair.scaled])
    let made =
      loss >= 0.005
      ? "no scaling costs \(number(loss, decimals: 2)) of loss"
      : loss <= -0.005
        ? "no scaling saves \(number(-loss, decimals: 2)) of loss here"
        : "scaling changes the loss by less than 0.005"
    return (
      "\(one.shortName) and \(other.shortName) have the same weights and masks; TESTING gives them "
        + "\(number(one.test.loss)) and \(number(other.test.loss)): \(made). ",
      "Same weights and masks: \(made). "
    )
  }

  /// Who leads the contest, and who is last.
  private static func standing(
    _ contest: RaceContest, _ lanes: [LaneSnapshot], leader: Int, step: Int
  ) -> String {
    let among = contest.references.isEmpty ? "" : " the contest"
    let lead = "\(lanes[leader].shortName) leads\(among) with \(number(lanes[leader].test.loss))"
    let start = contest.earliness == nil ? "After \(step) steps \(lead)" : "So far \(lead)"
    guard let last = contest.last, let ahead = contest.lead(lanes), contest.sameWeights == nil
    else { return start + "." }
    return start + ", \(number(ahead, decimals: 2)) less than \(lanes[last].shortName), the last."
  }

  /// The selected runner, with a space behind it; empty where the sentence has it already.
  private static func selected(
    _ contest: RaceContest, _ state: ExplorerState, leader: Int
  ) -> String {
    let lane = state.raceLine
    let known = [leader, contest.sameWeights?.unscaled, contest.sameWeights?.scaled]
    guard let value = state.shownLane, !known.contains(lane),
      contest.sameWeights != nil || lane != contest.last
    else { return "" }
    let kind = contest.references.contains(lane) ? ", a reference," : ""
    return "\(value.shortName)\(kind) has \(number(value.test.loss)). "
  }
}
