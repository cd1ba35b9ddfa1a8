import DropoutEngine
import DropoutMeasure
public import TerminalCells

/// The explorer as lines of text: the sentence and the numbers, in the order in which a screen reader says them.
public enum PlainText {
  /// What is said first.
  public static let opening = [
    "dropscope in plain lines. Type keys and Enter: s turns the scaling, space runs or pauses, [ and ] turn keep, "
      + "a colon sets a parameter (:keep 0.8), ? lists the keys, q quits."
  ]

  /// The keys of a line: a colon takes all of it to the palette, anything else is pressed character by character.
  public static func keys(of line: String) -> [Key] {
    let keys = line.unicodeScalars.filter { $0 != "\r" }.map { Key.character($0) }
    return keys.first == ":" ? keys + [.enter] : keys
  }

  /// All that the view shows in numbers; a close view as its formulas with the numbers put in.
  public static func lines(_ state: ExplorerState) -> [String] {
    let snapshot = state.snapshot
    let running = state.isRunning ? "running" : "paused"
    var lines = [
      "Step \(snapshot.step), epoch \(snapshot.epoch), \(running). \(snapshot.dataset.name) "
        + "\(snapshot.shape.description), scaling \(state.configuration.dropout.scaling.rawValue), keep "
        + state.configuration.keep.values.map { "\($0)" }.joined(separator: ",") + "."
    ]
    lines.append(Sentence.forms(state)[0])
    lines += overlay(state)
    lines += state.view == .live || state.view == .data ? live(state) : close(state)
    if !state.message.isEmpty { lines.append("Note: \(state.message)") }
    return lines
  }

  /// The phases of the backward view, or the formulas of every panel of another close view.
  private static func close(_ state: ExplorerState) -> [String] {
    if state.view == .race {
      return (state.race?.lanes ?? []).enumerated().map { RaceFormulas.line($0.offset, $0.element) }
    }
    if state.view == .backward { return backwardLines(state) }
    var lines: [String] = []
    for panel in state.view.panels {
      for line in FormulaText.lines(state, panel: panel).map(\.text) where !lines.contains(line) {
        lines.append(line)
      }
    }
    return lines
  }

  /// Divergence, counterfactual and loss.
  private static func live(_ state: ExplorerState) -> [String] {
    let snapshot = state.snapshot
    var lines: [String] = []
    for (layer, value) in snapshot.divergence.value.enumerated() {
      let name = "Divergence into \(state.layerName(layer)): "
      lines.append(
        value.method == .none
          ? name + "inputs kept."
          : name
            + "drawn \(number(value.drawn)), \(value.method.name) \(number(value.expected)), ratio "
            + "\(NumberText.fixed(value.ratio, decimals: 2)).")
    }
    for row in CounterfactualPanel.rows(state) {
      let score = row.result.accuracy.map { NumberText.percent($0) + " right" }
      lines.append(
        "Same weights tested \(row.label)\(row.isNow ? " (now)" : ""): loss "
          + NumberText.fixed(row.result.loss, decimals: 3) + ", "
          + (score ?? "R2 \(number(row.result.r2 ?? .nan))") + ".")
    }
    if let last = snapshot.curves.last, last.minibatchLoss.isFinite {
      lines.append("Masked training loss \(number(last.minibatchLoss)).")
    }
    return lines
  }

  /// What lies over the view, as lines.
  private static func overlay(_ state: ExplorerState) -> [String] {
    switch state.overlay {
    case .none: []
    case .help: HelpText.lines(width: 80).map(\.text)
    case .formula: FormulaText.lines(state, panel: state.formulaPanel).map(\.text)
    case .message(let title, let lines, _): [title + ":"] + lines
    case .palette(let palette):
      [palette.error ?? "Palette: \(ForeignText.shown(palette.field.text))"]
    case .menu(let line):
      state.unitMenu.enumerated().map {
        ($0.offset == line ? "> " : "  ") + $0.element.title + ": " + $0.element.help
      }
    case .variants(let line):
      Variant.allCases.enumerated().map { index, variant in
        let text = VariantDescription(variant, keepProbability: state.configuration.keep[0])
        return (index == line ? "> " : "  ") + variant.rawValue + ": " + text.summary + "; "
          + state.outlookText(of: variant)
      }
    case .tour(let stop):
      Tour.stops.indices.contains(stop)
        ? ["Tour: " + Tour.stops[stop].title + ". " + Tour.stops[stop].text(state)] : []
    }
  }

  private static func number(_ value: Double) -> String { NumberText.fixed(value, decimals: 3) }
}
