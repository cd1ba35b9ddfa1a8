import DropoutEngine
import DropoutMeasure
import Explorer
import TerminalCells

/// The invariants that hold after every input, however late it is answered.
package enum ExplorerInvariants {
  /// Checks all of them.
  ///
  /// - Parameters:
  ///   - explorer: the explorer.
  ///   - place: the input that they are checked after, for the error.
  /// - Throws: ``BrokenInvariant`` with the first one that does not hold.
  package static func check(
    _ explorer: SlowExplorer, _ place: @autoclosure () -> String = ""
  ) throws(BrokenInvariant) {
    let state = explorer.state
    func unless(_ holds: Bool, _ sentence: String) throws(BrokenInvariant) {
      try BrokenInvariant.unless(holds, sentence, place())
    }
    try checkScreen(state, place)
    let (raceData, experimentData) = explorer.shownData
    let data = state.snapshot.dataset
    try unless(experimentData == data.values, "the data are those of the experiment")
    try unless(state.race == nil || raceData == data.values, "the race is one of the same data")
    try checkSelection(state, unless)
    try checkSnapshot(state.snapshot, unless)
  }

  /// Everything can be drawn, inside the screen, and numbers are numbers.
  ///
  /// Parts that do not fit together would be read out of bounds here.
  private static func checkScreen(
    _ state: ExplorerState, _ place: () -> String
  ) throws(BrokenInvariant) {
    let (buffer, map) = Screen.render(state)
    try BrokenInvariant.unless(
      buffer.width == max(0, state.size.columns) && buffer.height == max(0, state.size.rows),
      "the screen has its size", place())
    let bounds = buffer.bounds
    for region in map.regions {
      try BrokenInvariant.unless(
        region.area.intersection(bounds) == region.area || region.area.isEmpty,
        "what the mouse can reach is inside the screen", "\(place()) \(region)")
    }
    for row in buffer.plainRows {
      for scalar in row.unicodeScalars {
        try BrokenInvariant.unless(
          ForeignText.isPlain(scalar), "a cell shows a character", "\(place()) \(scalar.value)")
      }
    }
    let lines = PlainText.lines(state)
    // A person can type any word into a box, and is told what was typed.
    guard state.overlay == .none, state.message.isEmpty else { return }
    let faults = NumberWords.faults(in: lines)
    try BrokenInvariant.unless(
      faults.isEmpty, "a number in a line is one", "\(place()) \(faults)")
  }

  private static func checkSelection(
    _ state: ExplorerState, _ unless: (Bool, String) throws(BrokenInvariant) -> Void
  ) throws(BrokenInvariant) {
    let shape = state.snapshot.shape
    let units = (0..<shape.layerCount).map { shape.units(of: $0) }
    func exists(_ unit: Selection) -> Bool {
      units.indices.contains(unit.layer) && (0..<units[unit.layer]).contains(unit.unit)
    }
    try unless(exists(state.selection), "the unit that is selected exists")
    try unless(state.watchedUnit.map(exists) ?? true, "the unit that is watched exists")
    let panels = state.view.panels
    try unless(
      state.focus.map(panels.contains) ?? true, "the panel that is focused is one of the view")
    try unless(
      state.zoomed.map(panels.contains) ?? true, "the panel that is zoomed is one of the view")
    try unless(panels.indices.contains(state.tab), "the tab that is shown is one of the view")
  }

  private static func checkSnapshot(
    _ snapshot: TrainingSnapshot, _ unless: (Bool, String) throws(BrokenInvariant) -> Void
  ) throws(BrokenInvariant) {
    let (data, shape) = (snapshot.dataset, snapshot.shape)
    let units = (0..<shape.layerCount).map { shape.units(of: $0) }
    let watched = snapshot.watched.value
    let evidence = watched.evidence
    try unless(
      evidence.examples.indices.contains(watched.row), "the example that is watched exists")
    for (row, example) in evidence.examples.enumerated() {
      try unless((0..<data.count).contains(example), "the examples of the evidence exist")
      try unless(
        Array(evidence.inputs.row(row)) == data.inputs(of: example),
        "the evidence is of the same data")
    }
    try unless(evidence.layers.map(\.biases.count) == units, "the evidence has these layers")
    try unless(watched.sums.map(\.test.count) == units, "the sums have these layers")
    let examples = snapshot.measured.examples.value
    try unless(examples.asItIs.columns == shape.outputs, "predictions have these outputs")
    try unless(examples.examples.allSatisfy { $0 < data.count }, "predicted examples exist")
    let layers = snapshot.measured.divergence.value.count
    try unless(layers == 0 || layers == units.count, "the divergence has these layers")
    if let maps = snapshot.measured.maps {
      try unless(
        data.plane != nil && maps.value.asItIs.columns == shape.outputs,
        "a map is one of these outputs")
    }
    try unless(
      snapshot.journal.entries.allSatisfy { $0.step <= snapshot.step },
      "the journal has no change that is to come")
    switch snapshot.close.subject?.value {
    case let unit as UnitMeasurement:
      let sums = unit.sums
      try unless(
        sums.layer < units.count && sums.unit < units[sums.layer] && sums.example < data.count,
        "the unit that is measured exists")
    case let ensemble as WatchedEnsemble:
      try unless(
        ensemble.ensemble.arithmeticMean.count == shape.outputs,
        "the ensemble has these outputs")
    case let moments as GradientMoments:
      try unless(
        moments.passes.allSatisfy { $0.layers.count == units.count },
        "the gradients have these layers")
    case nil: break
    case let other?: try unless(false, "somebody measures a \(type(of: other))")
    }
  }
}
