import DropoutEngine
import TerminalCells

/// The first line: what runs, and how far it is.
enum TitleLine {
  static func draw(_ state: ExplorerState, in area: Rect, on buffer: inout CellBuffer) {
    let snapshot = state.snapshot
    let progress = progress(state)
    var x = area.x + 1
    let room = area.width - progress.columns - 3
    x += buffer.write("dropscope", x: x, y: area.y, style: Style(.title))
    x += 2
    let name = snapshot.dataset.name.truncated(
      to: state.size.columns < 100 ? 14 : 40, ellipsis: state.glyphs.ellipsis)
    let parts = [
      "\(name) \(shape(state).description)", activations(snapshot.configuration),
      "seed \(snapshot.configuration.maskSeed)",
    ]
    let long = parts.joined(separator: "  ") + "  " + variantText(snapshot.configuration)
    let short = parts[0] + " " + parts[1] + "  " + parts[2]
    let forms: [String]
    if let learner = state.learnerText {
      forms = [long, short, parts[0]].map { $0 + "  " + learner } + [learner]
    } else {
      forms = [long, short, parts[0]]
    }
    for text in forms where text.columns <= room - x || text == forms.last {
      buffer.write(
        text.truncated(to: max(0, room - x + 1), ellipsis: state.glyphs.ellipsis), x: x, y: area.y)
      break
    }
    buffer.write(
      progress, endX: area.maxX - 1, y: area.y, style: Style(state.isRunning ? .strong : .warning))
  }

  /// The network that is shown: a race keeps its own where the live one has another by now.
  private static func shape(_ state: ExplorerState) -> NetworkShape {
    var shape = state.snapshot.shape
    if state.view == .race, let lane = state.shownLane {
      shape = NetworkShape(
        inputs: shape.inputs, hidden: lane.configuration.hidden, outputs: shape.outputs)
    }
    return shape
  }

  private static func progress(_ state: ExplorerState) -> String {
    if state.view == .race, let race = state.race { return progress(race, state) }
    let mark = String(state.isRunning ? state.glyphs.running : state.glyphs.paused)
    let speed: String
    if !state.isRunning {
      speed = "paused"
    } else if state.speed == .infinity {
      speed = NumberText.compact(state.snapshot.stepsPerSecond) + " steps/s"
    } else {
      speed = TrainingSpeed.text(state.speed)
    }
    return "\(mark) step \(state.snapshot.step)  epoch \(state.snapshot.epoch)  \(speed)"
  }

  private static func progress(_ race: RaceSnapshot, _ state: ExplorerState) -> String {
    let mark = String(race.isRunning ? state.glyphs.running : state.glyphs.paused)
    let speed =
      !race.isRunning
      ? "paused"
      : state.speed == .infinity
        ? NumberText.compact(race.stepsPerSecond) + " steps/s each"
        : TrainingSpeed.text(state.speed)
    return "\(mark) race step \(race.step)  \(speed)"
  }

  private static func activations(_ configuration: ExperimentConfiguration) -> String {
    configuration.hidden.isEmpty
      ? "linear" : configuration.activation.values.map(\.rawValue).joined(separator: ",")
  }

  private static func variantText(_ configuration: ExperimentConfiguration) -> String {
    "variant \(configuration.variantName)"
  }
}

/// The names of the panels where they are folded into tabs.
enum TabLine {
  static func draw(
    _ state: ExplorerState, in area: Rect, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    var regions: [HitRegion] = []
    var x = area.x + 1
    for (index, panel) in state.view.panels.enumerated() {
      let isShown = index == state.tab
      let text = isShown ? "[\(panel.name)]" : " \(panel.name) "
      let width = buffer.write(
        text, x: x, y: area.y, style: Style(isShown ? .selected : .dim, reverse: isShown))
      regions.append(
        HitRegion(area: Rect(x: x, y: area.y, width: width, height: 1), target: .tab(index)))
      x += width
    }
    return regions
  }
}
