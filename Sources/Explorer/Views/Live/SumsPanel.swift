import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The sums into the selected layer, a row for each unit.
  public static let sums = Panel(
    "sums", minimum: ScreenSize(columns: 20, rows: 2),
    traits: [.wheelSelectsUnits, .turnsOneLayer], draw: SumsPanel.draw,
    formulas: SelectedSumFormulas.lines)
}

/// The sums into the selected layer, each on the row of its unit: this step's, its mean over masks,
/// that of the test pass, their ratio and a bar of both.
enum SumsPanel {
  /// The columns of numbers: how wide they are and with how many decimals.
  struct Columns {
    var width: Int
    var decimals: Int
    /// The first column of the numbers, counted from the left of the panel.
    var start: Int

    init(panelWidth: Int) {
      // The bars keep at least 23 columns: what their heading needs.
      if panelWidth >= 84 {
        (width, decimals, start) = (9, 4, 13)
      } else if panelWidth >= 74 {
        (width, decimals, start) = (8, 3, 13)
      } else if panelWidth >= 66 {
        (width, decimals, start) = (6, 2, 13)
      } else {
        (width, decimals, start) = (5, 2, 6)
      }
    }

    /// The column behind the last one of number `index`.
    func end(_ index: Int) -> Int { start + (index + 1) * (width + 1) }
  }

  /// Draws the heading and a row for each unit that fits.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let columns = Columns(panelWidth: frame.area.width)
    let places = state.unitRows(node: state.shownLayer + 1, rows: frame.area.height - 1)
    drawHeading(state, columns, in: frame.area, glyphs: frame.glyphs, on: &buffer)
    let scale = barScale(state)
    for unit in places.units {
      guard let row = places.row(of: unit) else { continue }
      let line = frame.area.row(row + 1)
      drawRow(
        state, unit: unit, columns, scale: scale, in: line, glyphs: frame.glyphs, on: &buffer)
      frame.regions.append(
        HitRegion(
          area: line, target: .unit(Selection(layer: state.shownLayer, unit: unit))))
    }
    if let rest = places.restRow {
      buffer.write(
        "\(places.hidden) of \(places.count) units are not shown", x: frame.area.x + 2,
        y: frame.area.y + 1 + rest, style: Style(.dim))
    }
  }

  private static func drawHeading(
    _ state: ExplorerState, _ columns: Columns, in area: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    let isOutput = state.shownLayer == state.outputLayer
    let isNarrow = columns.start < 10
    let name =
      isNarrow
      ? (isOutput ? "OUTPUT" : "INTO \(state.shownLayer + 1)")
      : "INTO \(state.layerName(state.shownLayer))"
    buffer.write(name, x: area.x, y: area.y, style: Style(.title))
    let headings: [(String, Role)] = [
      ("step", .text), ("train", .training), ("test", .test), ("ratio", .text),
    ]
    for (index, heading) in headings.enumerated() {
      buffer.write(
        heading.0, endX: area.x + columns.end(index), y: area.y, style: Style(heading.1))
    }
    let x = area.x + columns.end(3) + 1
    let bar = String(glyphs.pattern)
    let extra = String(glyphs.extra)
    let train = (bar + bar + "train ", Style(.training))
    StyledLine.longest(
      of: [
        StyledLine([train, (extra + extra + "extra in test", Style(.extra))]),
        StyledLine([train, (extra + extra + "extra", Style(.extra))]),
        StyledLine([(extra + "extra", Style(.extra))]), StyledLine(),
      ], fitting: area.maxX - x
    ).write(x: x, y: area.y, on: &buffer)
  }

  private static func drawRow(
    _ state: ExplorerState, unit: Int, _ columns: Columns, scale: Double, in line: Rect,
    glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    let layer = state.evidence.layers[state.shownLayer]
    let isSelected = unit == state.shownUnit
    let step = Double(layer.trainingSum[state.watchedRow, unit])
    let test = Double(layer.testSum[state.watchedRow, unit])
    let train = state.meanTrainingSum(layer: state.shownLayer, unit: unit)
    if isSelected {
      buffer[line.x, line.y] = Cell(glyphs.selected, Style(.selected))
    }
    buffer.write(
      "\(unit + 1)", x: line.x + 1, y: line.y, style: Style(isSelected ? .selected : .text))
    let isCurrent = state.snapshot.isCurrent(state.snapshot.watched)
    func style(_ role: Role, bold: Bool = false) -> Style {
      isCurrent ? Style(role, bold: bold) : Style(.dim)
    }
    let numbers: [(Double, Style)] = [
      (step, style(.text)), (train, style(.training)), (test, style(.test)),
      (test / train, style(.text, bold: isSelected)),
    ]
    for (index, number) in numbers.enumerated() {
      let decimals = index == 3 ? 2 : columns.decimals
      buffer.write(
        NumberText.fitted(number.0, decimals: decimals, width: columns.width),
        endX: line.x + columns.end(index), y: line.y, style: number.1)
    }
    Bar(
      value: train, total: test, scale: scale, valueRole: isCurrent ? .training : .dim,
      extraRole: isCurrent ? .extra : .dim
    ).draw(
      in: line.inset(left: columns.end(3) + 1), on: &buffer, glyphs: glyphs)
  }

  /// The largest magnitude of the layer's sums, rounded up to 1, 2 or 5 times a power of ten, so
  /// that the bars keep their scale while the weights move a little.
  private static func barScale(_ state: ExplorerState) -> Double {
    let layer = state.evidence.layers[state.shownLayer]
    var largest = 0.0
    for unit in 0..<layer.testSum.columns {
      let test = Double(layer.testSum[state.watchedRow, unit]).magnitude
      let train = state.meanTrainingSum(layer: state.shownLayer, unit: unit).magnitude
      for value in [test, train] where value.isFinite { largest = max(largest, value) }
    }
    guard largest > 0 else { return 1 }
    var power = 1.0
    while power > largest, power > 1e-30 { power /= 10 }
    while power * 10 <= largest, power < 1e30 { power *= 10 }
    for factor in [1.0, 1.5, 2, 2.5, 3, 4, 5, 6, 8] where power * factor >= largest {
      return power * factor
    }
    return power * 10
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
