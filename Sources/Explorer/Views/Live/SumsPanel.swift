import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The sums into the selected layer, a row for each unit.
  public static let sums = Panel(
    "sums", minimum: ScreenSize(columns: 20, rows: 2),
    traits: [.wheelSelectsUnits, .turnsOneLayer], draw: SumsPanel.draw,
    formulas: SelectedSumFormulas.lines, explain: SumExplanations.lines)
}

/// The sums into the selected layer, each on the row of its unit: this step's, its mean over masks,
/// that of the test pass, their ratio and a bar of both.
enum SumsPanel {
  /// Draws the heading and a row for each unit that fits.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let name = "INTO " + state.layerName(state.shownLayer)
    let columns = SumRows.Columns(panelWidth: frame.area.width, name: name)
    let places = state.unitRows(of: state.shownUnits, rows: frame.area.height - 1)
    SumRows.drawHeading(
      name, columns, in: frame.area, glyphs: frame.glyphs,
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
  }

  private static func sums(_ state: ExplorerState, unit: Int) -> SumRows.Row {
    let layer = state.evidence.layers[state.shownLayer]
    return SumRows.Row(
      name: "\(unit + 1)", step: Double(layer.trainingSum[state.watchedRow, unit]),
      training: state.meanTrainingSum(layer: state.shownLayer, unit: unit),
      test: Double(layer.testSum[state.watchedRow, unit]), isSelected: unit == state.shownUnit,
      isCurrent: state.snapshot.isCurrent(state.snapshot.watched))
  }

  private static func barScale(_ state: ExplorerState) -> Double {
    let layer = state.evidence.layers[state.shownLayer]
    return SumRows.barScale(
      (0..<layer.testSum.columns).lazy.flatMap { unit in
        [
          Double(layer.testSum[state.watchedRow, unit]),
          state.meanTrainingSum(layer: state.shownLayer, unit: unit),
        ]
      })
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
