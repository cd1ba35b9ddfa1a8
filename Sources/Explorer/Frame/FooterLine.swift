import DropoutEngine
import TerminalCells

/// The last line: the keys that matter now with the values that they turn, or a message.
enum FooterLine {
  static func draw(_ state: ExplorerState, in area: Rect, on buffer: inout CellBuffer) {
    if !state.message.isEmpty {
      let text = state.message.truncated(to: area.width - 2, ellipsis: state.glyphs.ellipsis)
      buffer.write(text, x: area.x + 1, y: area.y, style: Style(.warning))
      return
    }
    var x = area.x + 1
    for entry in entries(state) {
      let width = entry.map(\.text.columns).reduce(0, +)
      guard x + width < area.maxX else { break }
      for part in entry { x += buffer.write(part.text, x: x, y: area.y, style: part.style) }
      x += 2
    }
  }

  private typealias Entry = [(text: String, style: Style)]

  private static func entries(_ state: ExplorerState) -> [Entry] {
    let configuration = state.configuration
    func key(_ text: String, _ rest: String) -> Entry {
      [(text, Style(.key)), (" " + rest, Style(.text))]
    }
    let keep = keepText(state)
    let more = [
      key("v", "variants"), key("( )", "rate \(rateText(configuration))"),
      key(":", "any parameter"),
      key("m", "unit"), key("i", "formulas"), key("2", "sums"), key("4", "ensemble"),
      key("5", "backward"), key("6", "data"), key("t", "tour"),
    ]
    let run = key("space", state.isRunning ? "pause" : "run")
    let help = key("?", "help")
    switch state.view {
    case .data:
      return [
        key("1", "live"), key("arrows", "scroll"), key("Tab", "panel"), key("z", "zoom"), run,
        help, key("q", "quit"),
      ]
    case .live:
      return [
        scaling(configuration), key("[ ]", keep), key("{ }", "L2 \(l2Text(configuration))"), run,
        help,
      ] + more
    case .race:
      return [
        key("arrows", "variant"), key("a", state.raceTurnsAll ? "turns ALL" : "turns this one"),
        key("s", "scaling"), key("[ ]", "keep"), key("{ }", "L2"), key("m", "races"),
        key("Enter", "take it"),
        key("space", state.race?.isRunning ?? false ? "pause" : "run"), key("?", "help"),
        key("1", "live"), key("r", "restart"), key("( )", "rate"), key("+ -", "speed"),
      ]
    case .backward:
      return [
        key("n N", "phase"), key(".", "finish step"), run, key("arrows", "unit"),
        key("s", "scaling"), key("i", "formulas"), key("1", "live"), help, key("Tab", "panel"),
        key("z", "zoom"), key("q", "quit"),
      ]
    case .sums, .ensemble:
      return [
        scaling(configuration), key("[ ]", keep), key("1", "live"), key("arrows", arrows(state)),
        run, help, key("e", "example"), key("i", "formulas"), key("Tab", "panel"),
        key("z", "zoom"),
      ]
    }
  }

  /// What the arrows choose in a view.
  private static func arrows(_ state: ExplorerState) -> String {
    state.view == .ensemble ? "output" : "unit"
  }

  private static func scaling(_ configuration: ExperimentConfiguration) -> Entry {
    var entry: Entry = [("s", Style(.key)), (" scaling:", Style(.text))]
    let now = configuration.dropout.scaling
    var choices: [Scaling] = [.off, .classic, .inverted]
    if !choices.contains(now) { choices.insert(now, at: 0) }
    for scaling in choices {
      let isNow = scaling == now
      entry.append((" ", Style(.text)))
      entry.append(
        (
          isNow ? scaling.rawValue.uppercased() : scaling.rawValue,
          Style(isNow ? .selected : .dim, underline: isNow)
        ))
    }
    return entry
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
    return "keep " + all.joined(separator: ",")
      + (drop ? " (drop \(KeepText(values[0]).drop))" : "")
      + (state.isLayerFocused && state.shownLayer < state.outputLayer
        ? " of \(state.layerName(state.shownLayer))" : "")
  }

  private static func l2Text(_ configuration: ExperimentConfiguration) -> String {
    configuration.l2.values.map { NumberText.shortest($0) }.joined(separator: ",")
  }

  private static func rateText(_ configuration: ExperimentConfiguration) -> String {
    configuration.learningRate.values.map { NumberText.shortest($0) }.joined(separator: ",")
  }
}

extension NumberText {
  /// A value as a person types it: `0.003`, `10`.
  static func shortest(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
