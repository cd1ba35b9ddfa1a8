import DropoutEngine
import TerminalCells

extension Panel {
  /// The masks, signals and gradients of the units.
  public static let signals = Panel(
    "signals",
    parts: [
      "forward", "backward", "differ", "sent", "value", "signal", "let through", "output",
      "error", "at the sum", "bias", "gradient",
    ], minimum: ScreenSize(columns: 12, rows: 2), traits: [.rowsAreUnits, .wheelSelectsUnits],
    draw: SignalsPanel.draw, formulas: BackwardFormulas.signals,
    explain: StepExplanations.signals)
}

/// The units of the selected layer in both passes: what each was multiplied by forward and
/// backward, the signal that comes back to it before and behind the mask, and the gradient of its
/// weights.
enum SignalsPanel {
  /// A column of numbers.
  private struct Column {
    var title: String
    /// Its name as a place on the screen.
    var place: String
    /// The width of its numbers, without the space before them.
    var width: Int
    var phase: StepPhase
    var role: Role
    var value: (Int) -> Double
  }

  /// Draws the heading and a row for each unit that fits.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard frame.area.height > SignalStrip.rows else {
      SignalStrip.draw(state, in: &frame, on: &buffer)
      return
    }
    let layer = state.shownLayer
    let columns = columns(state, layer: layer, width: frame.area.width)
    let start = hasMasks(state) ? markWidth : 10
    markColumns(state, columns, start: start, in: &frame)
    let rows = frame.area.height - 1
    let places = state.unitRows(of: state.shownUnits, rows: rows)
    drawHeading(state, columns, start: start, in: frame.area, glyphs: frame.glyphs, on: &buffer)
    for unit in places.units {
      guard let row = places.row(of: unit) else { continue }
      let line = frame.area.row(row + 1)
      drawUnit(state, unit, in: line, glyphs: frame.glyphs, on: &buffer)
      var end = line.x + start
      for column in columns {
        end += column.width + 1
        guard state.isReached(column.phase) else { continue }
        buffer.write(
          text(of: unit, in: column, state), endX: end, y: line.y,
          style: state.style(of: column.phase, column.role))
        frame.mark(
          column.place, row: unit,
          at: Rect(x: end - column.width, y: line.y, width: column.width, height: 1))
      }
      frame.regions.append(
        HitRegion(area: line, target: .unit(Selection(layer: layer, unit: unit))))
    }
    if let rest = places.restRow {
      let text = "\(places.hidden) of \(places.count) units are not shown"
      buffer.write(
        text.columns < frame.area.width ? text : "+\(places.hidden) units", x: frame.area.x + 1,
        y: frame.area.y + 1 + rest, style: Style(.dim))
    } else if places.shown < rows, columns.contains(where: { $0.place == "gradient" }) {
      StyledLine.hint(gradientGlosses(state), fitting: frame.area.width - 1).write(
        x: frame.area.x + 1, y: frame.area.maxY - 1, on: &buffer)
    }
  }

  /// The meaning of the last column in words, from long to short, for the row below the units: the
  /// others are the watched example's.
  private static func gradientGlosses(_ state: ExplorerState) -> [String] {
    let dropout = state.evidence.configuration.dropout
    let mean = "mean gradient: mean of \(state.evidence.examples.count) examples"
    let isOwn = hasMasks(state) && dropout.maskSharing == .example
    return (isOwn ? [mean + ", each with its own mask"] : []) + [mean]
  }

  /// A number of a unit; a kept unit that sends 0 says that its own bend made it so.
  private static func text(of unit: Int, in column: Column, _ state: ExplorerState) -> String {
    let value = state.backwardUnit(layer: state.shownLayer, unit: unit)
    if column.place == "sent", value.forward != 0, value.activation == 0 {
      let word = "\(state.evidence.configuration.activation[state.shownLayer].rawValue) 0"
      if word.columns <= column.width { return word }
    }
    return NumberText.gradient(column.value(unit), width: column.width)
  }

  /// Whether the units of the selected layer may be masked.
  private static func hasMasks(_ state: ExplorerState) -> Bool {
    state.shownLayer < state.outputLayer && state.masksUnits
  }

  /// The columns that number and masks of a unit take.
  private static let markWidth = 28
  /// Where the marks of the passes stand, and that of their difference.
  private static let (forwardX, backwardX, differsX) = (8, 16, 25)

  /// Names the columns.
  private static func markColumns(
    _ state: ExplorerState, _ columns: [Column], start: Int, in frame: inout PanelFrame
  ) {
    let area = frame.area
    if hasMasks(state) {
      for (name, x, width) in [
        ("forward", forwardX, 7), ("backward", backwardX, 8), ("differ", differsX, 3),
      ] {
        frame.mark(name, at: Rect(x: area.x + x, y: area.y, width: width, height: area.height))
      }
    }
    var end = area.x + start
    for column in columns {
      end += column.width + 1
      frame.mark(
        column.place,
        at: Rect(x: end - column.width, y: area.y, width: column.width, height: area.height))
    }
  }

  private static func columns(_ state: ExplorerState, layer: Int, width: Int) -> [Column] {
    let forward = StepPhase.forward(layer)
    let backward = StepPhase.backward(layer)
    let values = state.evidence.layers[layer]
    func unit(_ index: Int) -> BackwardUnit { state.backwardUnit(layer: layer, unit: index) }
    let number = width >= 76 ? 8 : 7
    // Headings of two words need more than a space before them.
    let margin = width >= 60 ? 1 : 0
    func column(
      _ title: String, place: String? = nil, _ phase: StepPhase, _ role: Role = .text,
      _ value: @escaping (Int) -> Double
    ) -> Column {
      Column(
        title: title, place: place ?? title,
        width: max(number, title.count + (title.contains(" ") ? margin : 0)), phase: phase,
        role: role, value: value)
    }
    let before: Column
    let wanted: [Column]
    if layer == state.outputLayer {
      before = column("output", forward, .training) {
        Double(state.evidence.trainingOutput[state.watchedRow, $0])
      }
      wanted = [before, column("error", backward) { unit($0).delta }]
    } else {
      before = column("signal", backward) { unit($0).signal }
      let isMasked = hasMasks(state)
      wanted =
        [before] + (isMasked ? [column("let through", backward) { unit($0).maskedSignal }] : [])
    }
    // The masks and signals are the watched example's; the weights learn from all of them.
    let gradient = column("mean gradient", place: "gradient", backward) {
      state.gradientNorm(layer: layer, unit: $0)
    }
    let optional: [Column] = [
      column("sent", forward, .training) { unit($0).sent },
      column("value", forward, .training) { unit($0).activation },
      column("at the sum", backward) { unit($0).delta },
      column("bias", backward) { Double(values.biasGradient[$0]) },
    ]
    let start = hasMasks(state) ? markWidth : 10
    func used(_ columns: [Column]) -> Int { start + columns.reduce(0) { $0 + $1.width + 1 } }
    var chosen = wanted + [gradient]
    // The least needed columns are given up first where there is no room; more stand in the order
    // of the two passes.
    while used(chosen) > width, chosen.count > 1 { chosen.removeLast() }
    let isOutput = layer == state.outputLayer
    for extra in optional
    where !(isOutput && ["sent", "value", "at the sum"].contains(extra.place)) {
      guard used(chosen + [extra]) <= width else { break }
      switch extra.place {
      case "sent", "value": chosen.insert(extra, at: 0)
      default: chosen.insert(extra, at: chosen.count - 1)
      }
    }
    return chosen
  }

  private static func drawHeading(
    _ state: ExplorerState, _ columns: [Column], start: Int, in area: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    buffer.write(state.layerName(state.shownLayer), x: area.x, y: area.y, style: Style(.title))
    if hasMasks(state) {
      for (name, x, phase) in [
        ("forward", forwardX, StepPhase.forward(state.shownLayer)),
        ("backward", backwardX, .backward(state.shownLayer)),
      ] {
        let isNow = state.phase == phase
        buffer.write(name, x: area.x + x, y: area.y, style: Style(isNow ? .selected : .dim))
      }
      let differing = state.differingUnits(layer: state.shownLayer)
      if differing > 0, state.isReached(.backward(state.shownLayer)) {
        let mark = glyphs.isUnicode ? "\u{2260}" : "!"
        buffer.write(
          mark + "\(differing)", x: area.x + differsX, y: area.y, style: Style(.warning))
      }
    }
    var end = area.x + start
    for column in columns {
      end += column.width + 1
      let isNow = state.phase == column.phase
      buffer.write(
        column.title, endX: end, y: area.y, style: Style(isNow ? .selected : .dim))
    }
  }

  /// The number of a unit, and its masks in both passes.
  private static func drawUnit(
    _ state: ExplorerState, _ unit: Int, in line: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    let layer = state.shownLayer
    let isSelected = unit == state.shownUnit
    if isSelected { buffer[line.x, line.y] = Cell(glyphs.selected, Style(.selected)) }
    let name =
      layer == state.outputLayer
      ? state.snapshot.dataset.outputNames[unit].truncated(to: 8, ellipsis: glyphs.ellipsis)
      : "\(unit + 1)"
    buffer.write(
      name, x: line.x + 1, y: line.y, style: Style(isSelected ? .selected : .text), maxWidth: 8)
    guard hasMasks(state) else { return }
    let (forward, backward) = state.multipliers(layer: layer, unit: unit)
    for (value, x, phase) in [
      (forward, forwardX, StepPhase.forward(layer)), (backward, backwardX, .backward(layer)),
    ] where state.isReached(phase) {
      let role: Role = value == 0 ? .masked : .kept
      let mark = value == 0 ? glyphs.masked : glyphs.kept
      buffer[line.x + x, line.y] = Cell(mark, state.style(of: phase, role))
      buffer.write(
        NumberText.fitted(value, decimals: value == value.rounded() ? 0 : 2, width: 4)
          .trimmingSpaces, x: line.x + x + 1, y: line.y, style: state.style(of: phase, role),
        maxWidth: 4)
    }
    if forward != backward, state.isReached(.backward(layer)) {
      buffer.write(
        glyphs.isUnicode ? "≠" : "!", x: line.x + differsX, y: line.y, style: Style(.warning))
    }
  }
}

extension String {
  /// The text without spaces at its start.
  fileprivate var trimmingSpaces: String { String(drop { $0 == " " }) }
}
