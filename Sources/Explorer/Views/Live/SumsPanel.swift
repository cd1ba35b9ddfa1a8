import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The sums into the selected layer, a row for each unit.
  public static let sums = Panel(
    "sums", parts: SumRows.names, minimum: ScreenSize(columns: 20, rows: 2),
    traits: [.rowsAreUnits, .wheelSelectsUnits, .turnsOneLayer], draw: SumsPanel.draw,
    formulas: SelectedSumFormulas.lines, explain: SumExplanations.lines)
}

/// The sums into the selected layer, each on the row of its unit: this step's, its mean over masks,
/// that of the test pass, their ratio and a bar of both.
enum SumsPanel {
  /// Draws the heading and a row for each unit that fits.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    // The fewest columns leave the heading of the bars room for both its words.
    let name = (frame.area.width < 52 ? "TO " : "INTO ") + state.layerName(state.shownLayer)
    let columns = SumRows.Columns(panelWidth: frame.area.width, name: name)
    let places = state.unitRows(of: state.shownUnits, rows: frame.area.height - 1)
    let differences = SumRows.Differences(
      (0..<state.evidence.layers[state.shownLayer].testSum.columns).lazy.map {
        let sums = sums(state, unit: $0)
        return (training: sums.training, test: sums.test)
      }, isScalingRight: state.evidence.configuration.isScalingRight(into: state.shownLayer))
    SumRows.drawHeading(
      name, columns, differences: differences, in: frame.area, glyphs: frame.glyphs,
      on: &buffer)
    for (index, name) in SumRows.names.enumerated() {
      frame.mark(name, at: columns.cells(index, in: frame.area.row(0)))
    }
    let scale = barScale(state)
    for unit in places.units {
      guard let row = places.row(of: unit) else { continue }
      let line = frame.area.row(row + 1)
      SumRows.draw(
        sums(state, unit: unit), columns, scale: scale, in: line, glyphs: frame.glyphs, on: &buffer)
      frame.regions.append(
        HitRegion(
          area: line, target: .unit(Selection(layer: state.shownLayer, unit: unit))))
      for (index, name) in SumRows.names.enumerated() {
        frame.mark(name, row: unit, at: columns.cells(index, in: line))
      }
    }
    if let rest = places.restRow {
      buffer.write(
        "\(places.hidden) of \(places.count) units are not shown", x: frame.area.x + 2,
        y: frame.area.y + 1 + rest, style: Style(.dim))
    }
    drawGloss(state, below: places.shown, in: frame.area, on: &buffer)
  }

  /// Writes whose sums they are, and the meaning of the columns, where rows are left below the
  /// units.
  private static func drawGloss(
    _ state: ExplorerState, below units: Int, in area: Rect, on buffer: inout CellBuffer
  ) {
    guard units + 1 < area.height else { return }
    let examples = state.evidence.examples
    let example =
      examples.indices.contains(state.watchedRow) ? "example \(examples[state.watchedRow]); " : ""
    StyledLine.hint(
      (SumRows.glosses + [SumRows.shortGloss]).map { example + $0 } + SumRows.glosses,
      fitting: area.width - 1
    ).write(x: area.x + 1, y: area.maxY - 1, on: &buffer)
  }

  private static func sums(_ state: ExplorerState, unit: Int) -> SumRows.Row {
    let layer = state.evidence.layers[state.shownLayer]
    return SumRows.Row(
      name: "\(unit + 1)", step: Double(layer.trainingSum[state.watchedRow, unit]),
      training: state.meanTrainingSum(layer: state.shownLayer, unit: unit),
      test: Double(layer.testSum[state.watchedRow, unit]), isSelected: unit == state.shownUnit,
      isScalingRight: state.evidence.configuration.isScalingRight(into: state.shownLayer),
      isCurrent: state.snapshot.isCurrent(state.snapshot.watched))
  }

  /// The sum that fills a bar: the largest one that these weights give where nothing is scaled in
  /// testing, so that bars keep their scale while the scaling is switched.
  private static func barScale(_ state: ExplorerState) -> Double {
    let layer = state.evidence.layers[state.shownLayer]
    let unscaled = unscaledFactor(state)
    return SumRows.barScale(
      (0..<layer.testSum.columns).lazy.flatMap { unit in
        let test = Double(layer.testSum[state.watchedRow, unit])
        return [
          test, test * unscaled, state.meanTrainingSum(layer: state.shownLayer, unit: unit),
        ]
      })
  }

  /// How many times the test sums would be as large with activations as they are: measured over the
  /// layers below, and until then by the factor of the inputs of the layer alone.
  private static func unscaledFactor(_ state: ExplorerState) -> Double {
    let measured = state.snapshot.measured.divergence
    if state.snapshot.isCurrent(measured), measured.value.indices.contains(state.shownLayer) {
      let value = measured.value[state.shownLayer]
      let factor = (value.conventionRatio[.asTheyAre] ?? .nan) / value.ratio
      if factor.isFinite, factor > 0 { return max(1, factor) }
    }
    let own = Double(state.evidence.mask(of: .source(of: state.shownLayer)).testFactor)
    return own > 0 && own.isFinite ? max(1, 1 / own) : 1
  }
}

extension ExplorerState {
  /// The mean over masks of the training sum of a unit for the watched example; not a number where
  /// it was not measured.
  func meanTrainingSum(layer: Int, unit: Int) -> Double {
    let sums = snapshot.watched.value.sums
    guard sums.indices.contains(layer), sums[layer].meanTraining.indices.contains(unit) else {
      return .nan
    }
    return sums[layer].meanTraining[unit]
  }
}
