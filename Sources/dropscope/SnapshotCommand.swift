import ArgumentParser
import Charts
import DropoutEngine
import Explorer
import TerminalCells

/// `dropscope snapshot`: draws a view after some steps; no terminal is needed.
struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Draw any view of the explorer after some steps, without a terminal.",
    discussion: """
      --keys presses keys of the explorer before the picture is taken, one character each: --keys s draws the \
      screen after s. Keys that begin with a colon are one line of the palette: --keys ':keep 0.8'.
      """)

  /// How a screen is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, ansi, svg
  }

  @Option(help: "The view.")
  var view = ViewDefinition.live

  @Option(help: "How the screen is written: text, ansi (with colours), or svg.")
  var format = Format.text

  @Option(help: ArgumentHelp("Columns and rows.", valueName: "COLUMNSxROWS"))
  var size = PictureSize(columns: 80, rows: 24)

  @Option(help: ArgumentHelp("Keys to press before the picture is taken.", valueName: "KEYS"))
  var keys = ""

  @OptionGroup var options: ScreenOptions

  func run() throws {
    let experiment = try options.load()
    let kernels = try KernelPath.chosen(ThisProcess.environment)
    experiment.announce("snapshot")
    let training: SteeredTraining
    do {
      training = try SteeredTraining(experiment.loaded, kernels: kernels, load: Experiment.loader)
    } catch {
      throw Experiment.failure(error)
    }
    let steps = experiment.settings.run.stepCount(
      examples: experiment.dataset.trainingExamples.count,
      batch: experiment.settings.experiment.batch)
    training.train(to: steps, points: 100)

    let depth = experiment.settings.display.colors.depth ?? .colors256
    let glyphs: GlyphSet = experiment.settings.display.glyphs == .ascii ? .ascii : .unicode
    let background: Theme.Background =
      experiment.settings.display.theme == .light ? .light : .dark
    var state = ExplorerState(
      snapshot: training.snapshot, size: ScreenSize(columns: size.columns, rows: size.rows),
      run: experiment.settings.run, display: experiment.settings.display,
      glyphs: glyphs.adjusted(to: depth), theme: Theme(depth: depth, background: background))
    var race = RaceTraining(
      on: state.snapshot, allowedMemory: experiment.allowedMemory, kernels: kernels)
    // The view is reached as a person reaches it, so that what it shows is measured.
    let digit = Key.character(Unicode.Scalar(UInt8(ascii: "0") + UInt8(view.number)))
    for key in [digit] + PlainText.keys(of: keys) {
      perform(
        state.update(.keyPressed(key)), &state, training, &race, kernels,
        allowedMemory: experiment.allowedMemory, steps: steps)
    }
    try write(Screen.draw(state), state)
  }

  private func perform(
    _ effects: [Effect], _ state: inout ExplorerState, _ training: SteeredTraining,
    _ race: inout RaceTraining, _ kernels: KernelPath, allowedMemory: Int?, steps: Int
  ) {
    for effect in effects {
      if case .race(let command) = effect {
        // A picture is taken of a race that stands still.
        if case .run = command { continue }
        if case .start = command {
          race = RaceTraining(on: state.snapshot, allowedMemory: allowedMemory, kernels: kernels)
        }
        race.perform(command)
        if case .start = command { race.train(to: steps, points: 100) }
        _ = state.update(.raceArrived(race.snapshot))
      }
      if case .takeFromRace(let lane, of: let identity) = effect,
        let handover = race.handover(of: lane, in: identity)
      {
        perform(
          state.adopt(handover), &state, training, &race, kernels, allowedMemory: allowedMemory,
          steps: steps)
      }
      guard case .train(let command) = effect else { continue }
      training.perform(command)
      if case .change = command { training.measure() }
      if case .step = command { training.measure() }
      if case .drawLearner = command { training.measure() }
      training.measureSubject()
      let more = state.update(.snapshotArrived(training.snapshot))
      perform(more, &state, training, &race, kernels, allowedMemory: allowedMemory, steps: steps)
    }
  }

  private func write(_ screen: CellBuffer, _ state: ExplorerState) throws {
    var output = OutputStream.standardOutput()
    switch format {
    case .text: for row in screen.plainRows { try output.writeLine(row) }
    case .ansi: try output.write(screen.ansi(theme: state.theme).utf8)
    case .svg:
      try output.write(
        ScreenPicture.svg(
          of: screen, theme: state.theme,
          title: "dropscope, \(state.snapshot.dataset.name), step \(state.snapshot.step)"
        ).utf8)
    }
    try output.flush()
  }
}

/// Columns and rows of a picture, such as `120x40`.
struct PictureSize: ExpressibleByArgument, CustomStringConvertible {
  var columns: Int
  var rows: Int

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  init?(argument: String) {
    let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count == 2, let columns = sides[0], let rows = sides[1],
      (1...1000).contains(columns), (1...1000).contains(rows)
    else { return nil }
    self.init(columns: columns, rows: rows)
  }

  var description: String { "\(columns)x\(rows)" }
}
