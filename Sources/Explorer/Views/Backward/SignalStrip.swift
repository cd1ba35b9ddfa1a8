import DropoutEngine
import TerminalCells

/// The masks of the selected layer in both passes, a line for each pass, and the selected unit in
/// words: where there is no room for a row for each unit.
enum SignalStrip {
  /// The rows that it takes.
  static let rows = 5
  /// The columns of names.
  private static let names = 10

  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let area = frame.area
    let layer = state.shownLayer
    let count = state.unitCount(of: .result(of: layer))
    let room = max(1, (area.width - names - 6) / 3)
    let places = UnitRows(count: count, rows: room, visible: state.shownUnit)
    buffer.write(state.layerName(layer), x: area.x, y: area.y, style: Style(.title))
    let passes: [(name: String, phase: StepPhase, value: (Int) -> Double)] = [
      ("forward", .forward(layer), { state.multipliers(layer: layer, unit: $0).forward }),
      ("backward", .backward(layer), { state.multipliers(layer: layer, unit: $0).backward }),
    ]
    for (row, pass) in passes.enumerated() {
      buffer.write(
        pass.name, x: area.x + 1, y: area.y + 1 + row, style: state.style(of: pass.phase, .dim))
      frame.mark(pass.name, at: area.row(1 + row))
    }
    for unit in places.units {
      guard let place = places.row(of: unit) else { continue }
      let end = area.x + names + (place + 1) * 3
      let isSelected = unit == state.shownUnit
      buffer.write(
        "\(unit + 1)", endX: end, y: area.y, style: Style(isSelected ? .selected : .dim))
      for (row, pass) in passes.enumerated() where state.isReached(pass.phase) {
        let value = pass.value(unit)
        buffer[end - 1, area.y + 1 + row] = Cell(
          value == 0 ? frame.glyphs.masked : frame.glyphs.kept,
          state.style(of: pass.phase, value == 0 ? .masked : .kept))
      }
      let (forward, backward) = (passes[0].value(unit), passes[1].value(unit))
      if forward != backward, state.isReached(.backward(layer)) {
        buffer[end - 2, area.y + 2] = Cell(
          frame.glyphs.isUnicode ? "\u{2260}" : "!", Style(.warning))
      }
      frame.regions.append(
        HitRegion(
          area: area.intersection(Rect(x: end - 3, y: area.y, width: 3, height: 3)),
          target: .unit(Selection(layer: layer, unit: unit))))
    }
    if places.hidden > 0 {
      buffer.write(
        "+\(places.hidden)", x: area.x + names + places.shown * 3 + 2, y: area.y,
        style: Style(.dim))
    }
    let legends = GradientPicture.wireLegends(state, frame.glyphs)
    let marks: [(String, Style)] = [
      (String(frame.glyphs.kept), Style(.kept)), (" kept  ", Style(.dim)),
      (String(frame.glyphs.masked), Style(.masked)), (" masked   ", Style(.dim)),
    ]
    StyledLine.longest(
      of: legends.map { StyledLine(marks + $0) } + [StyledLine(marks)],
      fitting: area.width
    ).write(x: area.x + 1, y: area.y + 3, on: &buffer)
    drawUnit(state, layer: layer, in: &frame, on: &buffer)
  }

  /// The selected unit: what it sends on, the signal that comes back, and its gradient.
  private static func drawUnit(
    _ state: ExplorerState, layer: Int, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let unit = state.shownUnit
    let value = state.backwardUnit(layer: layer, unit: unit)
    func factor(_ value: Double) -> String {
      NumberText.factor(value, decimals: value == value.rounded() ? 0 : 2)
    }
    let isOutput = layer == state.outputLayer
    let examples = state.evidence.examples.count
    // The heading of the strip says that it is the output.
    let name = isOutput ? state.outputName(unit) : "unit \(unit + 1)"
    var parts: [(place: String, texts: [String], phase: StepPhase)] = []
    if state.isReached(.forward(layer)) {
      let sent =
        isOutput
        ? Double(state.evidence.trainingOutput[state.watchedRow, unit]) : value.sent
      parts.append(
        (
          isOutput ? "output" : "sent",
          [(isOutput ? "says " : "sends ") + SignalText.digits(sent)], .forward(layer)
        ))
    }
    if state.isReached(.backward(layer)) {
      // The loss is the mean over the minibatch, so each example has its share of an error.
      let error = SignalText.digits(value.delta)
      let whole = SignalText.digits(value.delta * Double(examples))
      parts.append(
        isOutput
          ? (
            "at the sum",
            ["error \(whole) / \(examples) examples = \(error)", "error \(error)"],
            .backward(layer)
          )
          : (
            "signal",
            [
              "signal \(SignalText.digits(value.signal)) x \(factor(value.backward)) = "
                + SignalText.digits(value.maskedSignal)
            ], .backward(layer)
          ))
      let gradient = SignalText.digits(state.gradientNorm(layer: layer, unit: unit))
      parts.append(
        (
          "gradient",
          [
            "gradient, mean of \(examples) examples: \(gradient)",
            "mean gradient \(gradient)",
          ], .backward(layer)
        ))
    }
    let y = frame.area.y + 4
    var x = frame.area.x
    x += buffer.write(name + ": ", x: x, y: y, style: Style(.selected))
    for (index, part) in parts.enumerated() {
      let texts = part.texts.map { (index > 0 ? ", " : "") + $0 }
      // The long form of a part leaves room for the short ones of the parts behind it.
      let rest = parts[(index + 1)...].reduce(0) { $0 + 2 + ($1.texts.last?.columns ?? 0) }
      let fitting = texts.filter { x + $0.columns <= frame.area.maxX }
      guard
        let text = fitting.first(where: { x + $0.columns + rest <= frame.area.maxX })
          ?? fitting.last
      else { return }
      x += buffer.write(text, x: x, y: y, style: state.style(of: part.phase))
      frame.mark(
        part.place, row: unit,
        at: Rect(x: x - text.columns, y: y, width: text.columns, height: 1))
    }
  }
}
