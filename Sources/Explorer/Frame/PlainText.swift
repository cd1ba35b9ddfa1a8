import DropoutEngine
import DropoutMeasure
import Lessons
public import TerminalCells

/// The explorer as lines of text: the sentence and the numbers, in the order in which a screen
/// reader says them.
public enum PlainText {
  /// The first lines.
  public static func opening(_ keys: KeyMap<KeyCommand>) -> [String] {
    let parameter = keys[.palette] == ":" ? "a colon" : keys[.palette]
    return [
      "dropscope in plain lines. Type keys and Enter: \(keys[.nextScaling]) turns the scaling, "
        + "\(keys[.toggleRunning]) runs or pauses, \(keys[.keep(.less)]) and "
        + "\(keys[.keep(.more)]) turn keep, \(parameter) sets a parameter "
        + "(\(keys[.palette])keep 0.8), \(keys[.help]) lists the keys, \(keys[.quit]) quits."
    ]
  }

  /// The keys of a line: a colon, or what else opens the palette, takes all of it there; anything
  /// else is pressed character by character.
  public static func keys(
    of line: String, _ map: KeyMap<KeyCommand> = .standard
  ) -> [Key] {
    let keys = line.unicodeScalars.filter { $0 != "\r" }.map { Key.character($0) }
    return keys.first.flatMap { map.command(for: $0) } == .palette ? keys + [.enter] : keys
  }

  /// All that the view shows in numbers; a close view as its formulas with the numbers put in.
  public static func lines(_ state: ExplorerState) -> [String] {
    var lines = [state.view == .race ? raceOpening(state) : opening(state)]
    if state.hiddenPlaces.isEmpty {
      lines.append(Sentence.forms(state)[0])
      lines += overlay(state) + state.view.plainLines(state)
    } else {
      // Lines cannot hide a number among others: until the answer there is the lesson alone.
      lines += overlay(state)
    }
    if !state.message.isEmpty { lines.append("Note: \(state.message)") }
    return lines
  }

  /// The place of the training, and what it trains.
  private static func opening(_ state: ExplorerState) -> String {
    let snapshot = state.snapshot
    let keep = state.configuration.keep.values.map { "\($0)" }.joined(separator: ",")
    return "Step \(snapshot.step), epoch \(snapshot.epoch), "
      + "\(state.isRunning ? "running" : "paused"). \(snapshot.dataset.name) "
      + "\(snapshot.shape.description), scaling \(state.configuration.dropout.scaling.rawValue), "
      + "keep \(keep)."
  }

  /// The place of the race, and the runner that the keys turn.
  private static func raceOpening(_ state: ExplorerState) -> String {
    let isRunning = state.race?.isRunning ?? false
    let turned = state.raceTurnsAll ? "all" : state.shownLane?.name ?? "none yet"
    return "Race step \(state.race?.step ?? 0), \(isRunning ? "running" : "paused"). "
      + "\(state.snapshot.dataset.name), the keys turn \(turned)."
  }

  /// The formulas of every panel of the view, each line once.
  static func formulaLines(_ state: ExplorerState) -> [String] {
    var lines: [String] = []
    for panel in state.view.panels {
      for line in panel.formulas(state).map(\.text) where !lines.contains(line) {
        lines.append(line)
      }
    }
    return lines
  }

  /// The box over the view, as lines.
  private static func overlay(_ state: ExplorerState) -> [String] {
    switch state.overlay {
    case .none: lessonLines(state)
    case .help: HelpText.lines(state.keys).map(\.text)
    case .formula: state.formulaPanel.formulas(state).map(\.text)
    case .explanation(let place): PlaceExplanation.lines(state, place).map(\.text)
    case .message(let title, let lines, _): [title + ":"] + lines
    case .palette(let palette):
      [palette.error ?? "Palette: \(ForeignText.shown(palette.field.text))"]
    case .saveAs(let form):
      [form.error ?? "Save the session as: \(ForeignText.shown(form.field.text))"]
    case .writeTo(let form):
      [form.error ?? "Write to the folder: \(ForeignText.shown(form.field.text))"]
    case .goTo(let form): [form.error ?? "Go to: \(ForeignText.shown(form.field.text))"]
    case .branches(let line):
      BranchLine.all(state).enumerated().map {
        ($0.offset == line ? "> " : "  ") + $0.element.sentence
      }
    case .branchRemoval(let line):
      [BranchesBox.removal(state, line: line) + " x removes it, any other key keeps it."]
    case .branchName(let number, let field):
      ["The name of branch \(number): \(ForeignText.shown(field.text))"]
    case .menu(let line):
      state.menu.items.enumerated().map {
        ($0.offset == line ? "> " : "  ") + $0.element.title + ": " + $0.element.help
      }
    case .variants(let line):
      Variant.allCases.enumerated().map { index, variant in
        let text = VariantDescription(variant, keepProbability: state.configuration.keep[0])
        return (index == line ? "> " : "  ") + variant.rawValue + ": " + text.summary + "; "
          + state.outlookText(of: variant)
      }
    case .questions(let line):
      Question.all.enumerated().map {
        ($0.offset == line ? "> " : "  ") + "\($0.offset + 1) " + $0.element.text
      }
    case .answer(let question):
      Question.all.indices.contains(question)
        ? [
          (Question.all[question].text + " " + Question.all[question].answer(state))
            .replacing("\n", with: " ")
        ] : []
    case .lessons(let line):
      state.lessons.enumerated().map {
        ($0.offset == line ? "> " : "  ") + "\($0.offset + 1) " + $0.element.title + ": "
          + $0.element.about + "; " + LessonsBox.progress($0.element, state)
      }
    }
  }
}

extension PlainText {
  /// The step of the lesson on the screen as lines; none where there is no lesson.
  public static func lessonLines(_ state: ExplorerState) -> [String] {
    state.lesson.map { LessonBox.plainLines(state, $0) } ?? []
  }
}
