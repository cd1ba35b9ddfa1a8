import DropoutEngine
import TerminalCells

/// The last line: the keys that matter now with the values that they turn, or a message.
enum FooterLine {
  /// Writes the keys, and a message on the row above them; returns the places of the parameters.
  static func draw(
    _ state: ExplorerState, in area: Rect, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    // A greeting names the keys that help; the other ones follow where there is room.
    let greeting = fitted(
      state.greeting, width: area.width - 2, ellipsis: state.glyphs.ellipsis)
    buffer.write(greeting, x: area.x + 1, y: area.y, style: Style(.warning))
    return draw(
      state.view.footer(state), help: help(state), message: state.message, in: area,
      from: greeting.isEmpty ? 1 : greeting.columns + 3, glyphs: state.glyphs, on: &buffer)
  }

  /// The first parts of a greeting, which semicolons part, that fit a width; the first one, cut
  /// off, where it does not.
  private static func fitted(
    _ greeting: String, width: Int, ellipsis: Unicode.Scalar
  ) -> String {
    var text = ""
    for part in greeting.split(separator: "; ") {
      let longer = text.isEmpty ? String(part) : "\(text); \(part)"
      guard text.isEmpty || longer.columns <= width else { break }
      text = longer
    }
    return text.truncated(to: width, ellipsis: ellipsis)
  }

  /// Writes the keys that fit, from a column on, and above them a message, if there is one.
  ///
  /// The entry `help` stays. Returns the places of the parameters.
  @discardableResult
  static func draw(
    _ entries: [StyledLine], help: StyledLine, message: String, in area: Rect, from start: Int = 1,
    glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    var regions: [HitRegion] = []
    tell(message, above: area, glyphs: glyphs, on: &buffer)
    var x = area.x + start
    // The way to all keys stays, whatever else finds no room.
    let isRoomy = entries.reduce(x) { $0 + $1.columns + 2 } <= area.maxX
    var room = isRoomy ? 0 : entries.contains(help) ? help.columns + 2 : 0
    for entry in entries {
      if entry == help { room = 0 }
      guard x + entry.columns + room < area.maxX else {
        if room > 0, x + help.columns < area.maxX { _ = help.write(x: x, y: area.y, on: &buffer) }
        break
      }
      let columns = entry.write(x: x, y: area.y, on: &buffer)
      if let parameter = entry.parameter {
        let cells = Rect(x: x, y: area.y, width: columns, height: 1)
        regions.append(HitRegion(area: cells, target: .place(.parameter(parameter))))
      }
      x += columns + 2
    }
    return regions
  }

  /// Writes a message over the row above the keys, so that these stay; the next key takes it away.
  private static func tell(
    _ message: String, above keys: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    guard !message.isEmpty else { return }
    let row = Rect(x: keys.x, y: keys.y - 1, width: keys.width, height: 1)
    buffer.fill(row, with: Cell(" "))
    buffer.write(
      message.truncated(to: row.width - 2, ellipsis: glyphs.ellipsis), x: row.x + 1, y: row.y,
      style: Style(.warning))
  }

  /// A key and what it does.
  static func key(_ text: String, _ rest: String) -> StyledLine {
    StyledLine([(text, Style(.key)), (" " + rest, Style(.text))])
  }

  /// The key that runs and pauses.
  static func run(_ state: ExplorerState) -> StyledLine {
    run(state, isRunning: state.isRunning)
  }

  /// The key that runs and pauses something else than the training.
  static func run(_ state: ExplorerState, isRunning: Bool) -> StyledLine {
    key(state.keys[.toggleRunning], isRunning ? "pause" : "run")
  }

  /// The key of a command.
  static func key(_ state: ExplorerState, _ command: KeyCommand, _ rest: String) -> StyledLine {
    key(state.keys[command], rest)
  }

  /// The keys that turn keep, with its values.
  static func keep(_ state: ExplorerState) -> StyledLine {
    key(state.keys.keep, keepText(state)).showing("keep")
  }

  /// The keys that turn L2, with its values.
  static func l2(_ state: ExplorerState) -> StyledLine {
    let values = state.configuration.l2.values.map(ParameterText.text)
    return key(state.keys.l2, "L2 " + values.joined(separator: ",")).showing("l2")
  }

  /// The keys that turn the learning rate, with its values.
  static func rate(_ state: ExplorerState) -> StyledLine {
    let values = state.configuration.learningRate.values.map(ParameterText.text)
    return key(state.keys.learningRate, "rate " + values.joined(separator: ","))
      .showing("learning-rate")
  }

  /// The key that shows the keys.
  static func help(_ state: ExplorerState) -> StyledLine { key(state, .help, "help") }

  /// The key that shows a view.
  static func view(_ state: ExplorerState, _ view: ViewDefinition) -> StyledLine {
    key(state, .view(view), view.name)
  }

  /// The key that turns the scaling, with what it turns to.
  static func scaling(_ state: ExplorerState) -> StyledLine {
    var entry = StyledLine([(state.keys[.nextScaling], Style(.key)), (" scaling:", Style(.text))])
    let now = state.configuration.dropout.scaling
    var choices: [Scaling] = [.off, .classic, .inverted]
    if !choices.contains(now) { choices.insert(now, at: 0) }
    for scaling in choices {
      let isNow = scaling == now
      entry.append(" ", Style(.text))
      entry.append(
        isNow ? scaling.rawValue.uppercased() : scaling.rawValue,
        Style(isNow ? .selected : .dim, underline: isNow))
      if state.size.columns >= 180, let gloss = gloss(of: scaling, state.glyphs) {
        entry.append(" (\(gloss))", Style(.dim))
      }
    }
    return entry.showing("scaling")
  }

  /// The factor of a scaling that is no bug, in few words.
  private static func gloss(of scaling: Scaling, _ glyphs: GlyphSet) -> String? {
    switch scaling {
    case .classic: "test \(glyphs.times) keep"
    case .inverted: "train / keep"
    case .off, .double, .swapped, .inverseDrop: nil
    }
  }

  private static func keepText(_ state: ExplorerState) -> String {
    let configuration = state.configuration
    if configuration.variant.keepsEveryUnit { return "keep 1" }
    let values = configuration.keep.values
    let texts = values.map { value in
      let text = KeepText(value).keep
      return value < 1 && text.hasPrefix("0") ? String(text.dropFirst()) : text
    }
    let all = texts.count > 3 ? texts.prefix(2) + ["\(state.glyphs.ellipsis)"] : texts[...]
    let drop = state.size.columns >= 110 && values.count == 1
    let now = state.snapshot.configuration.keepProbability(hidden: 0)
    let course = configuration.dropout.keepSchedule == .curriculum && now > values[0]
    return "keep " + (course ? "\(KeepText(now).keep) to " : "") + all.joined(separator: ",")
      + (drop ? " (drop \(KeepText(values[0]).drop))" : "")
      + (state.isLayerFocused && state.shownLayer < state.outputLayer
        ? " of \(state.layerName(state.shownLayer))" : "")
  }
}
