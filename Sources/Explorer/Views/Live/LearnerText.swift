import DropoutEngine
import TerminalCells

extension ExperimentConfiguration {
  /// Whether inputs are masked, or unseen by a learner.
  var hidesInputs: Bool { inputKeepProbability < 1 || variant.learners == .subsets }
}

extension ExplorerState {
  /// Which learner is drawn, as in `learner 3 of 10`; nil where there is only one.
  var learnerText: String? {
    let count = snapshot.configuration.learnerCount
    return count > 1 ? "learner \(snapshot.learner + 1) of \(count)" : nil
  }

  /// The sentence of the live view about the drawn learner, from long to short; nil where the
  /// variant has no learners to average.
  func learnerForms(unit name: String, sum: String) -> [String]? {
    let learner = learnerText ?? "the only learner"
    let what: String
    switch snapshot.configuration.variant.learners {
    case .one: return nil
    case .subsets:
      let seen = evidence.inputDropout.forwardMask.row(watchedRow).count { $0 != 0 }
      what =
        "it sees \(seen) of \(evidence.inputs.columns) inputs, in TRAINING and in TESTING alike"
    case .resamples: what = "it is trained on its own bootstrap resample"
    }
    let others = "\(keys[.learner(.previous)]) and \(keys[.learner(.next)])"
    let start = "This is \(learner) (\(others) draw another): \(what), and nothing is masked"
    return [
      "\(start): \(name) gets \(sum) in both passes. The test loss is that of the averaged "
        + "outputs, and the faint curves are the learners' own.",
      "\(start): \(name) gets \(sum) in both. The test loss is that of the averaged outputs.",
      "\(learner.prefix(1).uppercased() + learner.dropFirst()): \(what). The test loss is that of "
        + "the average.",
    ]
  }
}
