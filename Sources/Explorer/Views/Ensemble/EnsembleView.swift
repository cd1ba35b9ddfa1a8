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
    subject: { .ensemble(output: $0.chosenOutput, enumeratedUnits: $0.enumeratedUnits) },
    menu: ViewMenu.init(ensembleOf:), perform: { $0.performInEnsemble($1) },
    arrived: { $0.watchWidestGap() })
}

extension ExplorerState {
  /// Lets the arrows choose an output; nil where a key means what it means everywhere.
  fileprivate mutating func performInEnsemble(_ command: KeyCommand) -> [Effect]? {
    switch command {
    case .example:
      // The person chooses from now on.
      hasChosenExample = true
      return nil
    case .layer(let neighbor): chooseOutput(by: neighbor.offset)
    case .unit(let direction) where focus == nil && zoomed == nil:
      chooseOutput(by: direction.offset)
    case .page(let direction) where focus == nil && zoomed == nil:
      chooseOutput(by: 10 * direction.offset)
    default: return nil
    }
    return []
  }

  /// Watches the example of the minibatch on which average and averaged network are farthest
  /// apart, as soon as that is known; never again once the person has chosen one.
  fileprivate mutating func watchWidestGap() -> [Effect] {
    guard !hasChosenExample, overlay == .none,
      let measured = snapshot.measurement(of: EnsembleSubject.self),
      snapshot.isCurrent(measured), measured.step == evidence.step
    else { return [] }
    let gaps = measured.value.gaps
    guard gaps.indices.contains(watchedRow) else { return [] }
    hasChosenExample = true
    let widest = gaps.indices.filter { gaps[$0].isFinite }.max { gaps[$0] < gaps[$1] }
    guard let widest, widest != watchedRow, gaps[widest] > gaps[watchedRow] + 0.001 else {
      return []
    }
    return send(.watch(offset: widest - watchedRow, of: snapshot.experiment.start))
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
