import DropoutEngine
import Explorer
import Fuzzing
import RepeatableRandom
import TerminalCells

/// The use that is made of a dataset once it was accepted; the input says which.
enum DatasetUse: String {
  /// It is looked through.
  case look
  /// A few steps are trained on it.
  case train
  /// The explorer draws it.
  case draw

  /// The setting of an input that names the use.
  static let setting = "use"

  /// Every eighth is trained on, every fortieth drawn.
  static func random(_ random: inout Generator) -> DatasetUse {
    switch random.int(below: 40) {
    case 0: .draw
    case 1...5: .train
    default: .look
    }
  }

  /// The most bytes that an experiment may need to be tried.
  private static let mostMemory = 64 << 20

  /// Uses a dataset.
  ///
  /// - Throws: ``FuzzFault`` where it is none that the engine takes.
  func apply(to dataset: Dataset, _ configuration: ExperimentConfiguration) throws {
    try DatasetUse.check(dataset)
    guard self != .look else { return }
    var configuration = configuration
    configuration.hidden = [3]
    guard MemoryNeed(of: configuration, dataset: dataset, for: .evidence).total < Self.mostMemory
    else { return }
    do {
      switch self {
      case .look: return
      case .train:
        try LearnerGroup(configuration: configuration, dataset: dataset).advance(steps: 3)
      case .draw: try draw(dataset, configuration)
      }
    } catch is ConfigurationError {
      // A loss that does not fit the targets is refused with its own sentence.
      return
    } catch is NotFiniteError {
      return
    }
  }

  private func draw(_ dataset: Dataset, _ configuration: ExperimentConfiguration) throws {
    let training = try SteeredTraining(
      LoadedExperiment(configuration: configuration, dataset: dataset, initial: nil),
      load: { (_) throws(ExperimentLoadError) in throw .unreadable(FuzzError("no other data")) })
    training.train(to: 2, points: 2)
    var state = ExplorerState(
      snapshot: training.snapshot, size: ScreenSize(columns: 100, rows: 30))
    for key: Key in ["1", "2", "4", "5", "6", "j", "i", "o"] {
      for case .train(let command) in state.update(.keyPressed(key)) { training.perform(command) }
      training.measureSubject()
      _ = state.update(.snapshotArrived(training.snapshot))
      for row in Screen.draw(state).plainRows {
        try FuzzFault.unless(
          row.unicodeScalars.allSatisfy(ForeignText.isPlain), "a cell shows a character", row)
      }
      for line in PlainText.lines(state) where !line.isEmpty {
        try FuzzFault.unless(
          line.unicodeScalars.allSatisfy(ForeignText.isPlain), "a line can be shown", line)
      }
    }
  }

  /// The promises about an accepted dataset.
  private static func check(_ dataset: Dataset) throws(FuzzFault) {
    try FuzzFault.unless(
      !dataset.trainingExamples.isEmpty && dataset.inputCount > 0 && dataset.outputCount > 0,
      "an accepted dataset has something to train on")
    let all = Set(dataset.trainingExamples + dataset.testExamples)
    try FuzzFault.unless(
      all.count == dataset.count && all.allSatisfy { (0..<dataset.count).contains($0) },
      "each example is in one part")
    for example in all.prefix(200) {
      let inputs = dataset.inputs(of: example)
      try FuzzFault.unless(
        inputs.count == dataset.inputCount && inputs.allSatisfy(\.isFinite),
        "scaled inputs are finite", "example \(example): \(inputs.prefix(20))")
    }
    switch dataset.targets {
    case .classes(let classes):
      try FuzzFault.unless(
        classes.count == dataset.count
          && classes.allSatisfy { (0..<dataset.classNames.count).contains($0) },
        "each class has a name")
    case .values(let matrix):
      try FuzzFault.unless(
        matrix.rows == dataset.count && matrix.columns == dataset.outputCount
          && matrix.elements.allSatisfy(\.isFinite), "targets are finite")
    }
    for text in dataset.notes + dataset.inputNames + dataset.outputNames + [dataset.name]
    where !text.isEmpty {
      try RefusalLine.check(text)
    }
  }
}
