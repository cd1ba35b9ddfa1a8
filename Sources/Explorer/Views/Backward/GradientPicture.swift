import DropoutEngine
import TerminalCells

/// Units and the strongest edges between them, coloured by the sign of the gradient and by its
/// size.
struct GradientPicture {
  /// The most edges of a layer that are drawn: more are a blur.
  static let edgesOfLayer = 24
  /// The weakest edge that is drawn, beside the strongest one of its layer.
  static let weakestShare = 0.12

  let state: ExplorerState
  private let layers: [UnitColumn]
  /// The columns between two layers.
  private let gap: Int

  init(state: ExplorerState, width: Int) {
    self.state = state
    // Each gap wants eleven columns; the selected layer and the one below it come first.
    let most = max(2, (width - 8) / 11 + 1)
    let target = state.shownUnits
    var chosen: Set = [.source(of: state.shownLayer), target]
    let nearest = (UnitLayer.inputs...state.outputUnits).sorted {
      abs(target.distance(to: $0)) < abs(target.distance(to: $1))
    }
    for units in nearest where chosen.count < most { chosen.insert(units) }
    let shown = chosen.sorted()
    let gap = (width - 10) / max(1, shown.count - 1)
    self.gap = gap
    layers = shown.enumerated().map { UnitColumn(units: $0.element, x: 3 + $0.offset * gap) }
  }

  /// The colour of a gradient beside the strongest one.
  static func role(_ gradient: Double, scale: Double) -> Role {
    guard gradient.isFinite, scale > 0, scale.isFinite else { return .dim }
    let top = Role.divergingLevels
    let share = gradient / scale * Double(top)
    let level = Int(drawn: share.rounded(share < 0 ? .down : .up), in: -top...top)
    // The weakest levels are hardly seen on the background.
    return .diverging(level: level < 0 ? min(-4, level) : max(4, level))
  }

  /// The meaning of the wires in words, from long to short; empty before anything is computed.
  static func wireLegends(_ state: ExplorerState, _ glyphs: GlyphSet) -> [[(String, Style)]] {
    let top = Role.divergingLevels
    let signs: [(String, Style)] = [
      (glyphs.usesBraille ? "above 0" : "+ above 0", Style(.diverging(level: top))),
      (", ", Style(.dim)),
      (glyphs.usesBraille ? "below 0" : "- below 0", Style(.diverging(level: -top))),
    ]
    let pale: [(String, Style)] = glyphs.usesBraille ? [(", pale: small", Style(.dim))] : []
    switch state.phase {
    case .minibatch, .inputMask: return []
    case .forward(let layer):
      let target = layer == state.outputLayer ? "" : "kept units of "
      return [
        [("bright wires: the most that flows into \(target)\(state.layerName(layer))", Style(.dim))]
      ]
    case .loss: return [[("wires: the most that flowed forward", Style(.dim))]]
    case .backward, .update, nil:
      let own = [("wires: gradients of this example alone, ", Style(.dim))]
      let short = [("wires: this example's gradients, ", Style(.dim))]
      let isKept = state.masksUnits && state.evidence.configuration.dropout.maskPass == .both
      let kept = [("wires between kept units: gradients of this example alone, ", Style(.dim))]
      return (isKept ? [kept + signs + pale] : []) + [own + signs + pale, own + signs]
        + [short + signs]
    }
  }

  /// Draws headings, edges and units, and says where the units are.
  func draw(in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) -> [HitRegion] {
    let (head, body) = area.splitTop(1)
    guard body.height > 0, body.width > 12 else { return [] }
    var regions: [HitRegion] = []
    buffer.clipped(to: area) { buffer in
      for (left, right) in zip(layers, layers.dropFirst())
      where left.units.distance(to: right.units) == 1 {
        drawEdges(from: left, to: right, in: body, glyphs: glyphs, on: &buffer)
      }
      for layer in layers {
        let units = layer.units
        let name =
          units == .inputs
          ? "inputs" : units == state.outputUnits ? "output" : "hidden\(units.index)"
        let start = min(max(0, layer.x - name.count / 2), max(0, area.width - name.count))
        buffer.write(
          name, x: head.x + start, y: head.y, style: Style(isNow(units) ? .selected : .title))
        regions += drawUnits(layer, in: body, glyphs: glyphs, on: &buffer)
      }
    }
    return regions.map { HitRegion(area: area.intersection($0.area), target: $0.target) }
  }

  /// Whether the phase at hand, or the selection where there is none, is about a layer of units.
  private func isNow(_ units: UnitLayer) -> Bool {
    switch state.phase {
    case .forward(let layer), .backward(let layer): units == .result(of: layer)
    case .minibatch, .inputMask: units == .inputs
    case .loss: units == state.outputUnits
    case .update: false
    case nil: units == state.shownUnits
    }
  }

  private func rows(_ units: UnitLayer, in body: Rect) -> UnitRows {
    UnitRows(
      count: state.unitCount(of: units), rows: body.height,
      visible: units == state.shownUnits ? state.shownUnit : nil, isSpread: true)
  }

  private func drawUnits(
    _ layer: UnitColumn, in body: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let units = layer.units
    let places = rows(units, in: body)
    var regions: [HitRegion] = []
    let x = body.x + layer.x
    for unit in places.units {
      guard let row = places.row(of: unit) else { continue }
      let y = body.y + row
      let isSelected = units == state.shownUnits && unit == state.shownUnit
      let mark = state.mark(of: unit, in: units)
      let isOutput = units == state.outputUnits
      let isReached = units.layer.map { state.isReached(.forward($0)) } ?? true
      let style = isSelected ? Style(.selected) : isReached ? mark.style : Style(.dim)
      buffer[x, y] = Cell(isReached ? mark.scalar(glyphs) : glyphs.bullet, style)
      let name =
        isOutput
        ? state.snapshot.dataset.outputNames[unit]
        : units == .inputs ? inputName(unit) : hasNumbers(units) ? "\(unit + 1)" : ""
      let text = name.truncated(to: isOutput ? 5 : 3, ellipsis: glyphs.ellipsis)
      if isOutput {
        buffer.write(text, x: x + 2, y: y, style: style, maxWidth: 5)
      } else {
        buffer.write(text, endX: x, y: y, style: style, maxWidth: 3)
      }
      if let selected = units.layer {
        regions.append(
          HitRegion(
            area: Rect(x: x - 1, y: y, width: 3, height: 1),
            target: .unit(Selection(layer: selected, unit: unit))))
      }
    }
    if let rest = places.restRow {
      buffer.write("+\(places.hidden)", x: x - 1, y: body.y + rest, style: Style(.dim))
    }
    return regions
  }

  /// Whether the units of a layer wear their numbers: where there is room beside wires.
  private func hasNumbers(_ units: UnitLayer) -> Bool {
    units != .inputs && units != state.outputUnits && gap - numberColumns(units) >= 9
  }

  /// The columns of the largest number of a layer's units.
  private func numberColumns(_ units: UnitLayer) -> Int {
    "\(state.unitCount(of: units))".count
  }

  /// The name of an input; of a pixel its number, since their names differ at their ends only.
  private func inputName(_ input: Int) -> String {
    state.snapshot.dataset.image == nil ? state.snapshot.dataset.inputNames[input] : "\(input + 1)"
  }

  // MARK: Edges

  private func drawEdges(
    from left: UnitColumn, to right: UnitColumn, in body: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    guard let layer = right.units.layer, let strength = strength(layer) else { return }
    let sources = rows(left.units, in: body)
    let targets = rows(right.units, in: body)
    var edges: [(source: Int, target: Int, value: Double)] = []
    for target in targets.units {
      for source in sources.units {
        let value = strength(target, source)
        if value != 0, value.isFinite { edges.append((source, target, value)) }
      }
    }
    edges.sort { $0.value.magnitude > $1.value.magnitude }
    guard let scale = edges.first?.value.magnitude, scale.isFinite else { return }
    let names = hasNumbers(right.units) ? numberColumns(right.units) : 0
    let place = Rect(
      x: body.x + left.x + 1, y: body.y, width: right.x - left.x - 1 - names, height: body.height)
    let strong = edges.prefix(GradientPicture.edgesOfLayer).filter {
      $0.value.magnitude >= GradientPicture.weakestShare * scale
    }
    let lines = strong.reversed().compactMap {
      edge -> (from: Int, to: Int, role: Role, isNegative: Bool)? in
      guard let from = sources.row(of: edge.source), let to = targets.row(of: edge.target) else {
        return nil
      }
      return (from, to, role(edge.value, scale: scale, into: layer), edge.value < 0)
    }
    guard glyphs.usesBraille else {
      for line in lines {
        drawPlain(
          from: line.from, to: line.to, in: place,
          cell: Cell(line.isNegative ? "-" : "+", Style(line.role)), on: &buffer)
      }
      return
    }
    var canvas = BrailleCanvas(width: place.width, height: place.height)
    for line in lines {
      canvas.line(
        from: (0, line.from * 4 + 2), to: (canvas.dotWidth - 1, line.to * 4 + 2), role: line.role)
    }
    canvas.draw(x: place.x, y: place.y, on: &buffer)
  }

  /// The numbers that the wires into a layer carry: in its forward phase what each sends, from its
  /// backward phase on the gradient of each from the watched example; nil before anything is
  /// computed.
  private func strength(_ layer: Int) -> ((_ target: Int, _ source: Int) -> Double)? {
    if state.isReached(.backward(layer)) {
      return { state.ownGradient(layer: layer, unit: $0, source: $1) }
    }
    guard state.phase != nil, state.isReached(.forward(layer)) else { return nil }
    return { state.carried(layer: layer, unit: $0, source: $1) }
  }

  /// The colour of a wire: while a step goes through its phases, the wires of the phase at hand are
  /// lit, and the others are quiet.
  private func role(_ value: Double, scale: Double, into layer: Int) -> Role {
    switch state.phase {
    case .forward(let now): now == layer ? .selected : .masked
    case .backward(let now) where now != layer: .masked
    case .minibatch, .inputMask, .loss: .masked
    case .backward, .update, nil: GradientPicture.role(value, scale: scale)
    }
  }

  /// A line of characters where there are no dots.
  private func drawPlain(
    from start: Int, to end: Int, in place: Rect, cell: Cell, on buffer: inout CellBuffer
  ) {
    for column in 0..<place.width {
      let share = (Double(column) + 0.5) / Double(max(1, place.width))
      let row = Double(start) + share * Double(end - start)
      let line = Int(drawn: row, in: min(start, end)...max(start, end))
      buffer[place.x + column, place.y + line] = cell
    }
  }
}
