import DropoutEngine
import Recordings
import TerminalCells

extension RecordedPanel {
  /// The sums of the selected layer's shown units.
  static let sums = RecordedPanel(
    "sums", draw: RecordedSumsPanel.draw, formulas: RecordedFormulas.sums,
    explain: RecordedExplanations.sums)
}

/// The sums of the selected layer, of the watched example: this step's, the mean over the training
/// passes, that of the test pass, their ratio and a bar of both.
enum RecordedSumsPanel {
  static func draw(
    _ state: RecordedState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let layer = state.selectedLayer else { return }
    let columns = SumRows.Columns(panelWidth: frame.area.width, name: "")
    let name = ForeignText.shown(layer.title, limit: 200).ending(
      in: columns.end(0) - 5, ellipsis: state.glyphs.ellipsis)
    let units = state.shown.look.units(of: state.layer)
    let sums = units.map { units in
      zip(units.training, units.test).map { (training: $0 ?? .nan, test: $1 ?? .nan) }
    }
    let isRight = state.shown.isScalingRight(into: state.layer)
    SumRows.drawHeading(
      name, columns, differences: SumRows.Differences(sums ?? [], isScalingRight: isRight),
      in: frame.area, glyphs: frame.glyphs, on: &buffer)
    guard let units else {
      frame.note("this look has no sums of this layer", on: &buffer)
      return
    }
    let places = UnitRows(
      count: units.test.count, rows: frame.area.height - 1, visible: state.unit)
    let scale = SumRows.barScale((units.test + units.training).lazy.compactMap { $0 })
    for unit in places.units {
      guard let row = places.row(of: unit) else { continue }
      let line = frame.area.row(row + 1)
      SumRows.draw(
        SumRows.Row(
          name: "\(layer.shownUnits[unit])", step: units.step[unit] ?? .nan,
          training: units.training[unit] ?? .nan, test: units.test[unit] ?? .nan,
          isSelected: unit == state.unit, isScalingRight: isRight),
        columns, scale: scale, in: line, glyphs: frame.glyphs, on: &buffer)
      frame.regions.append(
        HitRegion(area: line, target: .unit(Selection(layer: state.layer, unit: unit))))
      for (index, name) in SumRows.names.enumerated() {
        frame.mark(name, row: unit, at: columns.cells(index, in: line))
      }
    }
    drawRest(state, layer, places, in: frame.area, on: &buffer)
  }

  private static func drawRest(
    _ state: RecordedState, _ layer: RecordedLayer, _ places: UnitRows, in area: Rect,
    on buffer: inout CellBuffer
  ) {
    let recorded = layer.units.map { " of \($0)" } ?? ""
    if let rest = places.restRow {
      buffer.write(
        "\(places.hidden) more of \(places.count) recorded\(recorded) units", x: area.x + 2,
        y: area.y + 1 + rest, style: Style(.dim))
    } else if places.count < area.height - 1, let units = layer.units, units > places.count {
      buffer.write(
        "\(places.count) of \(units) units are recorded", x: area.x + 2,
        y: area.y + 1 + places.count, style: Style(.dim))
    }
  }
}

extension ShownLook {
  /// Whether no gap that was judged is a bug as far as the sums of a layer, so that bends alone can
  /// part them.
  fileprivate func isScalingRight(into layer: Int) -> Bool {
    !(0...layer).contains { worstVerdict(ofGap: $0).severity == .bug }
  }
}
