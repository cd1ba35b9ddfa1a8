import DropoutEngine
import TerminalCells

extension ViewDefinition {
  /// All subnetworks of the network on one example.
  public static let ensemble: ViewDefinition = .init(
    name: "average", olderName: "ensemble",
    panels: [.subnetworks, .means, .ranked, .convergence, .gapMap],
    lay: EnsembleLayout.lay, sentence: EnsembleSentence.forms, hero: EnsembleSentence.hero,
    explain: EnsembleExplanations.hero,
    footer: { FooterLine.close($0, arrows: "output") },
    subject: {
      .ensemble(
        output: $0.chosenOutput, enumeratedUnits: $0.enumeratedUnits,
        choosesExample: !$0.hasChosenExample)
    },
    menu: ViewMenu.init(ensembleOf:), perform: { $0.performInEnsemble($1) },
    arrived: { $0.watchMeasuredExample() })
}

extension ExplorerState {
  /// Lets the arrows choose an output; nil where a key means what it means everywhere.
  fileprivate mutating func performInEnsemble(_ command: KeyCommand) -> [Effect]? {
    switch command {
    case .layer(let neighbor): chooseOutput(by: neighbor.offset)
    case .unit(let direction) where focus == nil && zoomed == nil:
      chooseOutput(by: direction.offset)
    case .page(let direction) where focus == nil && zoomed == nil:
      chooseOutput(by: 10 * direction.offset)
    default: return nil
    }
    return []
  }

  /// Watches the example that was measured in the place of the watched one, so that all views show
  /// it; while training runs, each minibatch has another one, and none is watched.
  fileprivate mutating func watchMeasuredExample() -> [Effect] {
    guard !hasChosenExample, !isRunning, !awaitsAnswer, overlay == .none, snapshot.notFinite == nil,
      let measured = snapshot.measurement(of: EnsembleSubject.self),
      snapshot.isCurrent(measured), measured.step == evidence.step
    else { return [] }
    let row = measured.value.row
    // A lesson speaks of one example from its start to its end.
    if lesson != nil { hasChosenExample = true }
    guard row != watchedRow, evidence.examples.indices.contains(row) else { return [] }
    return send(
      .watch(
        offset: row - watchedRow, isChoice: hasChosenExample, of: snapshot.experiment.start))
  }

  /// Chooses the next output, or the one before, for the ensemble view to show.
  private mutating func chooseOutput(by offset: Int) {
    let count = snapshot.dataset.outputCount
    let next = (shownOutput + offset) % count
    chosenOutput = next < 0 ? next + count : next
  }
}

extension ViewMenu {
  /// How many masked units are enumerated: more take longer, with progress on the screen.
  fileprivate init(ensembleOf state: ExplorerState) {
    title = "enumerate all masks of"
    hint = "beyond that masks are drawn, and the standard error is shown"
    items = [20, 22, 24, 26, 28, 30].map { units in
      let count = NumberText.grouped(1 << units)
      return Item(
        title: "up to \(units) units",
        help: units == 20
          ? "\(count) subnetworks, many times a second" : "\(count) subnetworks, with progress",
        isNow: units == state.enumeratedUnits
      ) { state in
        state.enumeratedUnits = units
        return []
      }
    }
  }
}
