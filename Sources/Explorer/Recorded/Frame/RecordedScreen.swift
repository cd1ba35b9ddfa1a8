public import TerminalCells

/// The screen of a recording as a function of the state.
public enum RecordedScreen {
  /// Draws the screen into a buffer of the state's size.
  public static func draw(_ state: RecordedState) -> CellBuffer { render(state).buffer }

  /// The places on the screen that the mouse can reach.
  public static func hitMap(_ state: RecordedState) -> HitMap { render(state).map }

  private static func render(_ state: RecordedState) -> (buffer: CellBuffer, map: HitMap) {
    var buffer = CellBuffer(width: state.size.columns, height: state.size.rows)
    guard !state.size.isTooSmall else {
      Screen.drawTooSmall(on: &buffer)
      return (buffer, HitMap())
    }
    let layout = RecordedLayout(state)
    var regions: [HitRegion] = []
    RecordedTitle.draw(state, in: layout.title, on: &buffer)
    RecordedSentence.draw(state, in: layout.sentence, on: &buffer)
    buffer.draw(rules: layout.rules, glyphs: state.glyphs)
    if let tabs = layout.tabs {
      regions += TabLine.draw(
        RecordedPanel.all.map(\.name), shown: state.tab, in: tabs, on: &buffer)
    }
    for (panel, area) in layout.panels {
      regions += panel.draw(state, in: area, on: &buffer)
      if panel == state.focus { buffer.markFocus(of: area) }
    }
    LookLine.draw(state, in: layout.timeLine, on: &buffer)
    FooterLine.draw(
      footer(state), help: FooterLine.key(state.keys[.help], "help"), message: state.message,
      in: layout.footer, glyphs: state.glyphs, on: &buffer)
    let body = Rect(
      x: 0, y: layout.sentence.maxY, width: state.size.columns,
      height: layout.footer.y - layout.sentence.maxY)
    let map = HitMap(regions: regions)
    if case .explanation(let place) = state.overlay {
      let room = Rect(x: 0, y: 1, width: state.size.columns, height: max(0, layout.footer.y - 1))
      if let cells = map.places.first(where: { $0.place == place })?.area {
        ExplanationBox.draw(
          state.explanation(of: place), keys: (state.keys[.panel(.next)], state.keys[.formula]),
          glyphs: state.glyphs, at: cells, in: room, on: &buffer)
      }
    }
    drawOverlay(state, in: body, on: &buffer)
    return (buffer, map)
  }

  private static func footer(_ state: RecordedState) -> [StyledLine] {
    let keys = state.keys
    return [
      FooterLine.key(keys[.quit], "quit"), FooterLine.key(keys[.help], "help"),
      FooterLine.key(keys.names(.look(.previous), .look(.next)), "look"),
      FooterLine.key(keys.arrows, "layer, unit"), FooterLine.key(keys[.verdicts], "verdicts"),
      FooterLine.key(keys[.formula], "explain"), FooterLine.key(keys[.writePicture], "picture"),
      FooterLine.key(keys.names(.look(.first), .look(.newest)), "first, newest"),
      FooterLine.key(keys[.nextFinding], "next finding"),
      FooterLine.key(keys[.hold], state.isFollowing ? "hold" : "follow"),
      FooterLine.key(keys[.logAxis], "logarithmic"), FooterLine.key(keys[.zoom], "zoom"),
    ]
  }

  private static func drawOverlay(
    _ state: RecordedState, in body: Rect, on buffer: inout CellBuffer
  ) {
    let title: String
    let lines: [BoxLine]
    let scroll: Int
    switch state.overlay {
    case .none, .explanation: return
    case .help(let line):
      (title, lines, scroll) = (
        "keys",
        RecordedHelp.lines(state.keys)
          + HelpText.screen(state.terminalType, state.size, state.theme, state.glyphs), line
      )
    case .formula(let line):
      let panel = state.formulaPanel
      (title, lines, scroll) = (
        "\(panel.name) explained  (\(state.keys[.panel(.next)]): the next panel)",
        panel.formulas(state), line
      )
    case .verdicts(let line):
      let activity = RecordedPlainText.activity(
        state.activity, unfinishedBytes: state.unfinishedBytes)
      (title, scroll) = ("verdicts", line)
      lines =
        VerdictLines.lines(state.shown, of: state.header) + [
          BoxLine(""), BoxLine(activity, Style(.dim)),
        ]
    }
    TextBox.draw(title, lines, scroll: scroll, in: body, glyphs: state.glyphs, on: &buffer)
  }
}

/// The text of the help where a recording is shown.
enum RecordedHelp {
  static func lines(_ keys: KeyMap<RecordedCommand>) -> [BoxLine] {
    HelpText.keyLines(keys.rows) + [
      BoxLine(""),
      BoxLine(
        "A gap lies between the output of one layer and the input of the next: what drops "
          + "activations lies in it.", Style(.dim)),
      BoxLine(
        "keep is the share of activations that is kept, factor their multiplier; keep times factor "
          + "is 1 where the mean of training is what testing gives.", Style(.dim)),
      BoxLine("A click selects a layer or a unit, the wheel goes through the units.", Style(.dim)),
    ]
  }
}
