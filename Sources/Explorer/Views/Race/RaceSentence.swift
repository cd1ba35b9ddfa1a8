import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The sentence of the race: who is ahead at the test, and by how much; or how far twins are apart.
enum RaceSentence {
  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] {
    let lanes = state.lanes
    guard !lanes.isEmpty, let race = state.race else {
      return ["The variants of the race are being set up."]
    }
    guard race.step > 0 else {
      return [
        "\(lanes.count) variants start from the same weights, with the same data and masks. "
          + "\(state.keys[.toggleRunning]) starts and pauses them."
      ]
    }
    if let distance = race.twinDistance {
      let apart = distance == 0 ? "0, to the bit" : NumberText.significant(distance, digits: 2)
      return [
        "Classic and inverted are one run in two forms: under the exact map the largest difference "
          + "of any weight after \(race.step) steps is \(apart). "
          + "Where p is a power of two it is 0.",
        "One run in two forms: after \(race.step) steps the largest difference of any weight is "
          + "\(apart).",
      ]
    }
    let ranked = lanes.indices.filter { lanes[$0].test.loss.isFinite }
      .sorted { lanes[$0].test.loss < lanes[$1].test.loss }
    guard let best = ranked.first else { return ["No variant has a finite test loss."] }
    func name(_ lane: Int) -> String { "\(RaceMarks.letter(lane)) \(lanes[lane].name)" }
    func loss(_ lane: Int) -> String { NumberText.fixed(lanes[lane].test.loss, decimals: 3) }
    let selected = state.raceLine
    let lead = "After \(race.step) steps \(name(best)) has the least test loss, \(loss(best))."
    guard lanes.indices.contains(selected), selected != best else {
      return [
        lead + " One seed proves little: the same race over seeds is dropscope compare.", lead,
      ]
    }
    let value = lanes[selected]
    let behind = value.test.loss - lanes[best].test.loss
    let own =
      "\(name(selected)) has \(loss(selected)), "
      + "\(NumberText.fixed(behind, decimals: 3, plus: true)); its output sums in TESTING are "
      + "\(NumberText.fixed(value.output.ratio, decimals: 2)) times those of TRAINING."
    return [lead + " " + own, own, lead]
  }
}
