import DropoutEngine
import TerminalCells

/// The first line's text about a training: its network, and how far it is.
struct TitleText {
  /// The sizes of the network that is shown.
  var shape: NetworkShape
  /// Whether it runs, at which step and how fast; in forms from long to short.
  var progress: [String]

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
    let mark = TitleText.mark(state, isRunning: state.isRunning)
    let unsaved = state.autosaveFailure == nil ? "" : "  NOT SAVED"
    progress = [
      "\(mark) \(place)  epoch \(snapshot.epoch)  \(speed)", "\(mark) \(place)  \(speed)",
      "\(mark) \(place)",
    ].map { $0 + unsaved }
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

/// The first line: the views, the experiment that runs, and how far it is.
enum TitleLine {
  /// Draws the line, and returns what a click on it reaches.
  static func draw(
    _ state: ExplorerState, in area: Rect, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let forms = forms(state)
    let fitting = TabStrip.Form.allCases.lazy.map { TabStrip(state, $0) }.compactMap { strip in
      forms.first { $0.columns + strip.columns + 2 <= area.width }.map { (strip, $0) }
    }.first
    let (strip, text) = fitting ?? (TabStrip(state, .brief), forms[forms.count - 1])
    let regions = strip.draw(in: area, glyphs: state.glyphs, on: &buffer)
    let x = max(area.x + strip.columns, area.maxX - 1 - text.columns)
    let columns = text.write(x: x, y: area.y, on: &buffer)
    let cells = Rect(x: x, y: area.y, width: columns, height: 1)
    return regions + [HitRegion(area: cells, target: .place(.title))]
      + parameters(state, in: text.parts.map(\.text).joined(), at: cells)
  }

  /// The values of parameters in the text of the line.
  private static func parameters(
    _ state: ExplorerState, in text: String, at cells: Rect
  ) -> [HitRegion] {
    let configuration = state.snapshot.configuration
    let values = [
      ("data", dataName(state)), ("hidden", state.view.title(state).shape.description),
      ("activation", activations(configuration)), ("seed", "seed \(configuration.maskSeed)"),
      ("variant", variantText(configuration)),
    ]
    return values.compactMap { name, value in
      guard let range = text.firstRange(of: value) else { return nil }
      let x = cells.x + String(text[..<range.lowerBound]).columns
      return HitRegion(
        area: Rect(x: x, y: cells.y, width: value.columns, height: 1),
        target: .place(.parameter(name)))
    }
  }

  private static func dataName(_ state: ExplorerState) -> String {
    state.snapshot.dataset.name.truncated(
      to: state.size.columns < 100 ? 14 : 40, ellipsis: state.glyphs.ellipsis)
  }

  /// The experiment and how far it is, in forms from long to short.
  private static func forms(_ state: ExplorerState) -> [StyledLine] {
    let title = state.view.title(state)
    let progress = preparing(state).map { [$0] } ?? title.progress
    let names = names(state, shape: title.shape)
    // The network shrinks before the course of the training does. Then the name of the data goes
    // before the speed does, and that before the learner.
    let name = names[names.count - 1]
    let brief = (1..<max(1, progress.count)).flatMap { index in
      state.learnerText == nil ? [(name, index), ("", index)] : [(name, index)]
    }
    let pairs = names.map { ($0, 0) } + brief + [("", progress.count - 1)]
    return pairs.map { name, index in
      StyledLine([
        (name + (name.isEmpty ? "" : "  "), Style(.text)), (progress[index], Style(.strong)),
      ])
    }
  }

  /// The data and the network, in forms from long to short.
  private static func names(_ state: ExplorerState, shape: NetworkShape) -> [String] {
    let configuration = state.snapshot.configuration
    let name = dataName(state)
    let network = "\(name) \(shape.description)"
    let all = "\(network)  \(activations(configuration))  seed \(configuration.maskSeed)"
    return ["\(all)  \(variantText(configuration))", all, network, name].map { text in
      state.learnerText.map { "\(text)  \($0)" } ?? text
    } + (state.learnerText.map { [$0] } ?? [])
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
