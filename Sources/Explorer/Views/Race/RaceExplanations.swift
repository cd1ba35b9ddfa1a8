import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The meaning of each number of the race.
enum RaceExplanations: Formulas {
  /// Explains the number that stands large on the screen.
  static func hero(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard place == .hero, let race = state.race else { return nil }
    if let distance = race.twinDistance {
      return [
        Explained.head("largest difference", NumberText.significant(distance, digits: 3)),
        Explained.gloss("How far any weight of the one run is from that of the other one."),
        Explained.formula("max |W of one - mapped W of the other|"),
      ]
    }
    let contest = RaceContest(state)
    if let pair = contest.sameWeights, let loss = contest.lossOfScaling(race.lanes) {
      let (one, other) = (race.lanes[pair.unscaled], race.lanes[pair.scaled])
      return [
        Explained.head("the loss that scaling makes", number(loss)),
        Explained.gloss(
          "\(one.shortName) and \(other.shortName) trained alike, to the bit: only their tests "
            + "differ."),
        Explained.formula(
          "\(number(one.test.loss)) - \(number(other.test.loss)) = \(number(loss))"),
      ]
    }
    guard let leader = contest.leader, let last = contest.last, let lead = contest.lead(race.lanes)
    else { return nil }
    let (one, other) = (race.lanes[leader], race.lanes[last])
    return [
      Explained.head("the lead", number(lead)),
      Explained.gloss(
        "How much less \(one.shortName), the first of the contest, loses than \(other.shortName), "
          + "the last."),
      Explained.formula("\(number(other.test.loss)) - \(number(one.test.loss)) = \(number(lead))"),
    ]
  }

  /// Explains a column of the table, in the row of a runner; a heading speaks of the selected one.
  static func lines(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    let index = place.row ?? state.raceLine
    guard state.lanes.indices.contains(index), let first = state.lanes.first else { return nil }
    let lane = state.lanes[index]
    let of = Explained.note("Of \(lane.shortName), after \(state.race?.step ?? 0) steps.")
    switch place.name {
    case "loss":
      return [
        Explained.head("test loss", number(lane.test.loss)),
        Explained.gloss("The mean loss over the test part, tested the variant's own way."),
        mean("losses", lane.test.loss, over: state), of,
      ]
    case "difference":
      return [
        Explained.head(
          "test loss less that of \(first.shortName)",
          NumberText.fixed(lane.test.loss - first.test.loss, decimals: 4, plus: true)),
        Explained.gloss("How much less or more it loses than \(first.shortName); less is better."),
        Explained.formula(
          "\(number(lane.test.loss)) - \(number(first.test.loss)) = "
            + number(lane.test.loss - first.test.loss)), of,
      ]
    case "accuracy": return accuracy(lane, state) + [of]
    case "ratio":
      return [
        Explained.head("test/train", number(lane.output.ratio, 3)),
        Explained.gloss(
          "How many times the sums into the outputs are as large in testing as in training."),
        Explained.formula("sum |s_test| / sum |E s_train| = \(number(lane.output.ratio, 3))"),
        Explained.note("1.00 where both agree."), of,
      ]
    case "masked":
      return [
        Explained.head("masked loss", number(lane.minibatchLoss)),
        Explained.gloss(
          "The mean loss of the masked minibatches since the last measurement\(last(lane))."),
        Explained.note("It is what training sees; the test loss is without masks."), of,
      ]
    case "divergence":
      return [
        Explained.head("divergence", number(lane.output.drawn, 3)),
        Explained.gloss("How far the outputs' sums are apart in training and testing on average."),
        Explained.formula(
          "sum |E s_train - s_test| / sum |s_test| = \(number(lane.output.drawn, 3))"), of,
      ]
    case "weights":
      return [
        Explained.head("weight size", number(lane.weightNorm, 2)),
        Explained.gloss("The length of all weights together, biases left out."),
        Explained.formula(
          "|W| = sqrt(sum of w^2) = sqrt(\(number(lane.weightNorm * lane.weightNorm, 2))) = "
            + number(lane.weightNorm, 2)), of,
      ]
    case "settings", "name":
      let settings = RaceSettings(of: lane, among: state.lanes)
      let start = settings.differs ? "It differs from \(first.shortName) in " : "Its settings: "
      return [title(lane.shortName), Explained.gloss(start + settings.text + ".")]
    default: return nil
    }
  }

  /// The step of the measurement before the last one; empty where there was none.
  private static func last(_ lane: LaneSnapshot) -> String {
    lane.points.dropLast().last.map { ", at step \($0.step)" } ?? ""
  }

  /// The curves: where each of them ends.
  static func curves(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    guard let race = state.race, !race.lanes.isEmpty else { return nil }
    return [
      title("the test losses at step \(race.step)"),
      Explained.gloss("The mean loss over the test part, each variant tested its own way."),
    ]
      + race.lanes.map { Explained.formula("\($0.name): \(number($0.test.loss))") }
  }

  /// The mean of something over the examples that are tested, with its sum and their number.
  private static func mean(
    _ what: String, _ value: Double, over state: ExplorerState, text: String? = nil
  ) -> BoxLine {
    let dataset = state.snapshot.dataset
    let examples =
      dataset.testExamples.isEmpty ? dataset.trainingExamples.count : dataset.testExamples.count
    let sum = value * Double(examples)
    let sumText = text == nil ? number(sum, 2) : NumberText.fixed(sum, decimals: 0)
    return Explained.formula(
      "\(what) / examples = \(sumText) / \(examples) = \(text ?? number(value))")
  }

  private static func accuracy(_ lane: LaneSnapshot, _ state: ExplorerState) -> [BoxLine] {
    guard let accuracy = lane.test.accuracy else {
      return [
        Explained.head("R2", number(lane.test.r2 ?? .nan, 3)),
        Explained.gloss("The share of the targets' variance that the outputs explain; 1 is all."),
      ]
    }
    return [
      Explained.head("right", NumberText.percent(accuracy, decimals: 1)),
      Explained.gloss("The share of the test examples whose likeliest class is the right one."),
      mean(
        "right", accuracy, over: state, text: NumberText.percent(accuracy, decimals: 1)),
    ]
  }
}
