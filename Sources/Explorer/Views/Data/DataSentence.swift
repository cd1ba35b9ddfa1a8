import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The sentence of the data view: what is trained and tested on, how well it is tested, and what
/// becomes of the inputs.
enum DataSentence {
  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] {
    let summary = state.snapshot.summary
    let training = "TRAINING uses \(count(summary.trainingCount, "example"))"
    let testing =
      summary.testCount > 0
      ? "TESTING \(count(summary.testCount, "other"))" : "TESTING the same"
    let (trained, tested) = parts(state)
    let score = score(state)
    let inputs = inputs(state)
    let short = shortInputs(state)
    return [
      "\(training)\(trained), \(testing)\(tested)\(score.full). \(inputs)",
      "\(training)\(trained), \(testing)\(score.full). \(inputs)",
      "\(training)\(trained), \(testing)\(score.full). \(short)",
      "\(training), \(testing)\(score.full). \(short)",
      "\(training), \(testing)\(score.brief). \(short)", "\(training), \(testing). \(short)",
    ]
  }

  /// The number that stands large beside the sentence: the share that testing gets right, or R2.
  static func hero(_ state: ExplorerState) -> HeroBlock? {
    guard let own = state.snapshot.ownEvaluation else { return nil }
    if let accuracy = own.accuracy, accuracy.isFinite {
      return HeroBlock(NumberText.percent(accuracy).filter { $0 != " " }, .neutral)
    }
    guard let r2 = own.r2, r2.isFinite, r2.magnitude < 1000 else { return nil }
    return HeroBlock(NumberText.fixed(r2, decimals: 2), .neutral)
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(NumberText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// The classes of both parts, or the range of the target.
  private static func parts(_ state: ExplorerState) -> (training: String, test: String) {
    let summary = state.snapshot.summary
    guard state.snapshot.dataset.isClassification else {
      guard let target = summary.targets.first else { return ("", "") }
      let range =
        "\(NumberText.significant(target.minimum, digits: 3)) to "
        + NumberText.significant(target.maximum, digits: 3)
      return (" with \(target.name) from \(range)", "")
    }
    func text(_ counts: [Int]) -> String {
      guard counts.count > 3 else {
        let names = zip(counts, summary.classes).map { "\($0) \($1.name)" }
        return " (\(names.joined(separator: ", ")))"
      }
      let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
      let each = least == most ? "\(least)" : "\(least) to \(most)"
      return " (\(counts.count) classes, \(each) of each)"
    }
    return (
      text(summary.classes.map(\.training)),
      summary.testCount > 0 ? text(summary.classes.map(\.test)) : ""
    )
  }

  /// How well they are tested; nothing while that is measured.
  private static func score(_ state: ExplorerState) -> (full: String, brief: String) {
    guard let own = state.snapshot.ownEvaluation else { return ("", "") }
    if let accuracy = own.accuracy {
      guard accuracy.isFinite else { return ("", "") }
      // Without its space, so that no line ends between the number and the sign.
      let share = NumberText.percent(accuracy).filter { $0 != " " }
      return (" and gets \(share) of them right", ", \(share) right")
    }
    guard let value = own.r2, value.isFinite else { return ("", "") }
    let r2 = "R2 \(NumberText.fixed(value, decimals: 2))"
    return (" with \(r2), where 1 is perfect and 0 no better than the mean", ", \(r2)")
  }

  /// The inputs on the screen, and those that the network gets.
  private static func inputs(_ state: ExplorerState) -> String {
    let scaling = scaling(state)
    return scaling.isEmpty
      ? "The network gets the inputs as they stand here."
      : "Inputs stand here as they were read; the network gets them \(scaling)."
  }

  private static func shortInputs(_ state: ExplorerState) -> String {
    let scaling = scaling(state)
    return scaling.isEmpty ? "Inputs are not scaled." : "The network gets inputs \(scaling)."
  }

  /// The scaling of the inputs, in words; nothing where they stay as they are.
  static func scaling(_ state: ExplorerState) -> String {
    let normalization = state.snapshot.configuration.normalization
    if case .bytes = state.snapshot.dataset.values, normalization != .none {
      return "divided by 255"
    }
    switch normalization {
    case .standard: return "scaled to mean 0 and spread 1"
    case .unit: return "scaled to 0...1"
    case .none: return ""
    }
  }
}
