import DropoutEngine
import TerminalCells

/// The first line's text about a training: its network, and how far it is.
struct TitleText {
  /// The sizes of the network that is shown.
  var shape: NetworkShape
  /// Whether it runs, at which step and how fast.
  var progress: String

  init(shape: NetworkShape, progress: String) {
    self.shape = shape
    self.progress = progress
  }

  /// The live training.
  init(training state: ExplorerState) {
    let snapshot = state.snapshot
    let speed = TitleText.speed(
      state, isRunning: state.isRunning, measured: snapshot.stepsPerSecond, unit: "steps/s")
    shape = snapshot.shape
    let run = snapshot.timeline
    var place = "step \(snapshot.step)"
    if run.isInPast { place += " of \(max(run.branch.reached, snapshot.step))" }
    if run.branches.count > 1 {
      place = "\(run.branch.title.truncated(to: 16, ellipsis: state.glyphs.ellipsis))  " + place
    }
    progress =
      TitleText.mark(state, isRunning: state.isRunning)
      + " \(place)  epoch \(snapshot.epoch)  \(speed)"
      + (state.autosaveFailure == nil ? "" : "  NOT SAVED")
  }

  /// The character of a training that runs, or that is paused.
  static func mark(_ state: ExplorerState, isRunning: Bool) -> String {
    String(isRunning ? state.glyphs.running : state.glyphs.paused)
  }

  /// How fast a training goes: what was asked for, or what was measured at full speed.
  static func speed(
    _ state: ExplorerState, isRunning: Bool, measured: Double, unit: String
  ) -> String {
    guard isRunning else { return "paused" }
    guard state.speed == .infinity else { return TrainingSpeed.text(state.speed) }
    return NumberText.compact(measured) + " " + unit
  }
}

/// The first line: what runs, and how far it is.
enum TitleLine {
  static func draw(_ state: ExplorerState, in area: Rect, on buffer: inout CellBuffer) {
    let snapshot = state.snapshot
    let title = state.view.title(state)
    let progress = preparing(state) ?? title.progress
    var x = area.x + 1
    let room = area.width - progress.columns - 3
    x += buffer.write("dropscope", x: x, y: area.y, style: Style(.title))
    x += 2
    let name = snapshot.dataset.name.truncated(
      to: state.size.columns < 100 ? 14 : 40, ellipsis: state.glyphs.ellipsis)
    let parts = [
      "\(name) \(title.shape.description)", activations(snapshot.configuration),
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

  /// The work that is waited for, where an experiment that was asked for takes its time; nil where
  /// it is there at once, since a text would only flash.
  private static func preparing(_ state: ExplorerState) -> String? {
    let mark = String(state.glyphs.ellipsis)
    if let travel = state.snapshot.travel {
      return "\(mark) going to step \(travel.goal): \(travel.step)  \(state.keys[.back]): stop here"
    }
    guard state.isStartingAnew else { return nil }
    let configuration = state.configuration
    if let (learner, count) = state.snapshot.preparing {
      return "\(mark) preparing learner \(learner) of \(count)"
    }
    guard BuiltInDataset(rawValue: configuration.data) != nil else {
      let isKnown = configuration.data == state.snapshot.configuration.data
      let isSmall = state.snapshot.dataset.count < slowExamples
      return isKnown && isSmall ? nil : "\(mark) reading the data"
    }
    guard configuration.examples >= slowExamples else { return nil }
    return "\(mark) making \(configuration.examples) examples"
  }

  /// The examples from which on making them takes long enough to be read about.
  private static let slowExamples = 200_000

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
    draw(state.view.panels.map(\.name), shown: state.tab, in: area, on: &buffer)
  }

  /// Writes names, of which one is shown.
  static func draw(
    _ names: [String], shown: Int, in area: Rect, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    var regions: [HitRegion] = []
    var x = area.x + 1
    for (index, name) in names.enumerated() {
      let isShown = index == shown
      let text = isShown ? "[\(name)]" : " \(name) "
      let width = buffer.write(
        text, x: x, y: area.y, style: Style(isShown ? .selected : .dim, reverse: isShown))
      regions.append(
        HitRegion(area: Rect(x: x, y: area.y, width: width, height: 1), target: .tab(index)))
      x += width
    }
    return regions
  }
}
