import DropoutEngine
import DropoutMeasure
import ExperimentFiles
import TerminalCells

/// The convention of scaling that weights want at test, told by the examples of a dataset.
struct WeightDiagnosis {
  /// The name of the weights, as it may be shown.
  let name: String
  /// The data, and the settings under which the weights are tested.
  let experiment: Experiment
  /// The results.
  let test: ConventionTest

  /// Tests weights under each convention.
  ///
  /// - Parameters:
  ///   - given: the parameters of the command line, among them the weights.
  ///   - path: the file of the weights.
  ///   - saying: called before each task that takes time.
  /// - Throws: a failure where the keep probability is not known, or the files cannot be used.
  init(
    _ given: [(name: String, value: String)], path: String, saying: (String) -> Void
  ) throws(CommandFailure) {
    let names = Set(given.map(\.name))
    let layers = given.last { $0.name == "layers" && $0.value != "auto" }?.value
    let decided = try WeightFile.experiment(of: path, layers: layers, given: names)
    guard
      !names.isDisjoint(with: ["keep", "drop", "keep-input", "drop-input"])
        || decided.contains(where: { $0.name == "keep" })
    else {
      throw .usage(
        "with which probability was a unit kept? Give it as --keep, or as --drop, which frameworks "
          + "call p: the conventions differ by it")
    }
    var assignments = given + decided.filter { $0.name != "variant" && $0.name != "scaling" }
    // Weights of other programs know nothing of a scaling that they were not trained with.
    let metadata = try WeightFile.read(path, layers: layers).metadata
    let isOwn = metadata["program"]?.hasPrefix("dropscope ") ?? false
    var notes: [String] = []
    if let builtIn = given.last(where: { $0.name == "data" }),
      BuiltInDataset(rawValue: builtIn.value) == nil
    {
      if !names.contains("test-fraction") { assignments.append(("test-fraction", "0")) }
      if isOwn, let scaling = metadata["normalize"], !names.contains("normalize") {
        assignments.append(("normalize", scaling))
      }
      if !isOwn {
        if !names.contains("normalize") {
          assignments.append(("normalize", "none"))
          notes.append(
            "inputs are taken as they are; where they were scaled in training: --normalize standard"
          )
        }
        if !names.contains("normalize-target") { assignments.append(("normalize-target", "none")) }
      }
    }
    if !isOwn, !names.contains("activation") {
      notes.append("the hidden layers are taken for relu; --activation names another function")
    }
    experiment = try Experiment(assignments: assignments, saying: saying)
    guard let weights = experiment.initial?.first else {
      throw .usage("there are no weights: --weights names a safetensors file")
    }
    name = ForeignText.path(path)
    for note in experiment.dataset.notes {
      StandardError.writeLine("\(experiment.dataset.name): \(note)")
    }
    let shown = ForeignText.path(path)
    for note in experiment.notes + notes.map({ "\(shown): \($0)" }) {
      StandardError.writeLine(note)
    }
    let configuration = experiment.settings.experiment
    let shape = NetworkShape(
      inputs: experiment.dataset.inputCount, hidden: configuration.hidden,
      outputs: experiment.dataset.outputCount)
    do {
      try weights.check(against: shape)
      _ = try configuration.loss(for: experiment.dataset)
    } catch {
      throw CommandFailure(error)
    }
    saying("testing on \(experiment.dataset.count) examples")
    test = Measurer(dataset: experiment.dataset).testConventions(
      NetworkState(configuration: configuration, parameters: weights),
      seed: configuration.dataSeed)
  }

  /// The conclusion, in a sentence.
  var sentence: String {
    switch test.conclusion {
    case .decided(.asTheyAre):
      "These weights want activations as they are: they come from inverted dropout, or from "
        + "training without dropout, or a factor is in them already. Scale nothing at test."
    case .decided(.timesKeep):
      "These weights want activations times the keep probability: they were trained with masks and "
        + "nothing was scaled. Multiply by p at test, or divide by p in training."
    case .decided(.timesInverseKeep):
      "These weights want activations divided by the keep probability. Two causes leave the same "
        + "weights, and weights alone do not tell which: training divided by p twice, or p was "
        + "multiplied into them though training had scaled already. In the first case divide once "
        + "and train again, in the second take p out of them; then scale nothing at test."
    case .decided(.timesKeepOverDrop):
      "These weights want activations times keep/drop: training divided by the drop rate in the "
        + "place of the keep probability. Divide by p there and train again, or scale so at test."
    case .contradictory(let masked, let test):
      "It cannot be told: under masks activations \(masked.words) are best, in the test pass "
        + "\(test.words). Where another share was kept in training, --keep names it. Where "
        + "nothing was dropped, scale nothing at test. More examples, or others, may tell too."
    case .unbounded(let convention):
      "It cannot be told: activations \(convention.words) are best, and scaled so twice they are "
        + "no worse. That speaks for answers that are not sure enough, or too sure, and not for a "
        + "convention. Train longer, or test on other examples."
    case .uninformed:
      "It cannot be told: these weights answer hardly better than a constant does. "
        + "Are these data like those of the training, and scaled as there (--normalize)?"
    case .undecided(let conventions):
      "It cannot be told: \(conventions.map(\.words).joined(separator: " and ")) are equally good "
        + "under masks on these \(test.examples) examples. More examples, or others, may tell."
    case .nothingDropped:
      "It cannot be told: nothing is dropped at keep 1, so all conventions are the same."
    }
  }

  /// The results as lines of a table, and the sentence.
  var table: [String] {
    let hasAccuracy = test.results.contains { $0.accuracy != nil }
    var rows = [
      ["activations", "factor", "masked loss", "95 %", "test loss", "95 %"]
        + (hasAccuracy ? ["accuracy", "95 %"] : [])
    ]
    for result in test.results {
      var row = [result.convention.words, factor(result.convention)]
      for estimate in [result.masked, result.loss, result.accuracy].compactMap({ $0 }) {
        row += [number(estimate.mean), interval(estimate)]
      }
      rows.append(row)
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].columns }.max() ?? 0 }
    return rows.map { row in
      let padded = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.columns)
      }
      let line = padded.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    } + [sentence]
  }

  /// One object with all results.
  var json: String {
    var line = JSONLine()
    line.object { line in
      line.member("weights", name)
      line.member("data", experiment.dataset.name)
      line.member("examples", test.examples)
      line.key("conventions")
      line.array { line in
        for result in test.results {
          line.object { line in
            line.member("activations", result.convention.words)
            write("maskedLoss", result.masked, to: &line)
            write("loss", result.loss, to: &line)
            if let accuracy = result.accuracy { write("accuracy", accuracy, to: &line) }
            if let excess = result.excess { write("maskedLossAboveBest", excess, to: &line) }
          }
        }
      }
      line.key("conclusion")
      if case .decided(let convention) = test.conclusion {
        line.value(convention.words)
      } else {
        line.null()
      }
      line.member("sentence", sentence)
    }
    return line.text
  }

  private func write(
    _ name: String, _ estimate: ConventionTest.Estimate, to line: inout JSONLine
  ) {
    line.member(name, estimate.mean)
    line.key("\(name)Interval")
    line.array { line in
      line.value(estimate.interval.lowerBound)
      line.value(estimate.interval.upperBound)
    }
  }

  /// The factors of the masked layers under a convention, each different one once.
  private func factor(_ convention: TestConvention) -> String {
    let configuration = experiment.settings.experiment
    let hidden = configuration.hidden.indices.map { configuration.keepProbability(hidden: $0) }
    var shown: [String] = []
    for keep in [configuration.keepInput] + hidden where keep < 1 {
      let text = number(convention.factor(keep))
      if !shown.contains(text) { shown.append(text) }
    }
    return shown.isEmpty ? "1" : shown.joined(separator: ", ")
  }

  private func number(_ value: Double) -> String { NumberText.significant(value, digits: 4) }

  private func interval(_ estimate: ConventionTest.Estimate) -> String {
    "\(number(estimate.interval.lowerBound)) to \(number(estimate.interval.upperBound))"
  }
}

extension TestConvention {
  /// The convention in a few words.
  fileprivate var words: String {
    switch self {
    case .asTheyAre: "as they are"
    case .timesKeep: "times keep"
    case .timesInverseKeep: "times 1/keep"
    case .timesKeepOverDrop: "times keep/drop"
    }
  }
}
