import CLibrary
import DatasetFiles
import DropoutEngine
import Explorer
import NcursesTerminal
import Sessions
import TerminalCells
import Threads

/// Brings terminal, state and training together.
///
/// Events go to the state's update and its effects to training. The screen is drawn after changes,
/// at most 30 times a second.
final class LiveExplorer {
  private static let frame = Duration.milliseconds(33)

  /// The time for which a frame waits for the answer to a key.
  private static let answerPatience = Duration.milliseconds(250)

  /// The time for which the end waits for the race, so that no change of it is lost: all runners
  /// are measured after each command.
  private static let racePatience = Duration.seconds(2)

  /// The time to wait for the experiment before the screen opens without it.
  private static let patience = Duration.milliseconds(150)

  private let start: StartingPoint
  private let kernels: KernelPath
  /// The autosave that it goes on in; nil begins one of its own.
  private let entry: SessionFolderEntry?
  private let keys: KeyMap<KeyCommand>
  /// One line about preferences that are ignored; nil where they are not.
  private let complaint: String?
  private var saver = SessionSaver()
  private let progress = ProgressKeeper()
  private let chosen: ChosenLesson

  /// Creates an explorer that starts with an experiment, a session or a lesson.
  init(
    _ start: StartingPoint, continuing entry: SessionFolderEntry? = nil,
    lesson chosen: ChosenLesson = .none, kernels: KernelPath, _ preferences: PreferencesInForce
  ) {
    (self.start, self.entry, self.chosen) = (start, entry, chosen)
    self.kernels = kernels
    keys = preferences.keys.explorer
    complaint = preferences.error?.notice
  }

  /// Runs until the person quits.
  func run() throws {
    let bell = WakeBell()
    let started = ExplorerStart(start, kernels: kernels, wake: { bell.ring() })
    // Nearly always the experiment is ready at once. Its errors then appear before the screen
    // opens.
    var early = try started.wait(LiveExplorer.patience)
    if start.settings.experiment.data == DatasetFiles.standardInput {
      // Keys can come only when the data have been read to their end.
      while early == nil { early = try started.wait(.seconds(60)) }
      try StandardDescriptors.takeKeysFromTerminal(
        instead: "dropscope --plain prints lines, dropscope train writes metrics")
    }
    var terminal = try open(start.settings.display)
    bell.hang(at: terminal.waker)
    guard let (experiment, training, sentences) = try early ?? opening(started, on: terminal)
    else { return }
    var state = ExplorerState(
      snapshot: training.snapshot,
      size: ScreenSize(columns: terminal.size.width, rows: terminal.size.height),
      run: experiment.settings.run, display: experiment.settings.display, glyphs: terminal.glyphs,
      theme: terminal.theme)
    state.terminalType = ThisProcess.environment["TERM"] ?? ""
    state.program = Dropscope.version
    state.savesItself = true
    state.keys = keys
    (state.ownLessons, state.lessonProgress) = (chosen.own, progress.progress)
    training.start()
    defer { training.stop() }
    var opening = state.start(isPaused: start.resumed != nil)
    if let session = start.resumed?.session {
      if let race = session.race { opening += state.goOn(with: race) }
      opening += state.look(as: session.view)
      // The name of the file is known to who gave it.
      let title = start.resumed.map { "\($0.title): " } ?? ""
      let said = sentences.map { $0.replacing(title, with: "") } + (complaint.map { [$0] } ?? [])
      opening += state.update(.told(said.joined(separator: ". ")))
    } else if let complaint = complaint ?? progress.complaint?.notice {
      opening += state.update(.told(complaint))
    } else if chosen.lesson == nil {
      // The end is left out where it does not fit: the notice of a file stands in its view, too.
      let hints = [LastSession.hint ?? FirstStart.hint(keys) ?? "", state.notesHint]
      state.greeting = hints.filter { !$0.isEmpty }.joined(separator: "; ")
    }
    if let lesson = chosen.lesson {
      opening += state.begin(
        lesson, isLecture: chosen.isLecture, notice: complaint ?? progress.complaint?.notice ?? "")
    }
    var isBeginning = chosen.lesson != nil
    var race = ExplorerRace(
      allowedMemory: experiment.allowedMemory, kernels: kernels, wake: { bell.ring() })
    defer { race.stop() }
    for effect in opening {
      switch effect {
      case .train(let command): training.send(command)
      case .race(let command): race.perform(command, on: state.snapshot)
      default: preconditionFailure("an explorer opens with \(effect)")
      }
    }
    let autosave = Autosave(
      continuing: entry, of: AutosaveSubject(state.saved), wake: { bell.ring() })
    var schedule = AutosaveSchedule(state.saved)
    defer {
      schedule.end(state.saved, with: autosave)
      autosave.close()
    }

    let clock = ContinuousClock()
    var drawn = clock.now - LiveExplorer.frame
    var isDirty = true
    while true {
      let least = state.awaitsAnswer ? Duration.milliseconds(5) : .zero
      // Where nothing happens, what was done last is recorded all the same.
      let wait =
        isDirty
        ? max(least, LiveExplorer.frame - (clock.now - drawn))
        : schedule.rest(state.saved, with: autosave)
      let event = terminal.nextEvent(
        timeoutMilliseconds: wait.map {
          Int(nearest: ($0 / .milliseconds(1)).rounded(.up), in: 0...1_000)
        } ?? -1)
      var actions: [Action] = []
      switch event {
      case .key(let key): actions = [.keyPressed(key)]
      case .pasted(let text): actions = [.pasted(text)]
      case .mouse(let mouse): actions = [.mouseUsed(mouse)]
      case .resize(let width, let height):
        actions = [.resized(ScreenSize(columns: width, rows: height))]
      case .interrupted:
        settle(&state, training, race)
        schedule.end(state.saved, with: autosave)
        autosave.close()
        terminal.restore()
        return Farewell.write(state.saved, autosave)
      case .endOfInput:
        terminal.restore()
        return
      case .terminating(let signal):
        // The last look is kept; nothing that trains is waited for.
        schedule.end(state.saved, with: autosave)
        autosave.close()
        terminal.die(bySignal: signal)
      case .resumed: isDirty = true
      case .wake:
        actions = [.snapshotArrived(training.snapshot)]
        if let snapshot = race.snapshot { actions.append(.raceArrived(snapshot)) }
        let failure = autosave.failure
        if failure != state.autosaveFailure { actions.append(.autosaved(failure: failure)) }
      case nil: break
      }
      while !actions.isEmpty {
        isDirty = true
        for effect in state.update(actions.removeFirst()) {
          switch effect {
          case .train(let command): training.send(command)
          case .race(let command): race.perform(command, on: state.snapshot)
          case .takeFromRace(let lane, of: let identity):
            guard let handover = race.handover(of: lane, in: identity) else {
              actions.append(.told("this race is over: nothing is taken"))
              continue
            }
            for effect in state.adopt(handover) {
              if case .train(let command) = effect { training.send(command) }
            }
          case .save(let path, replacing: let replacing):
            actions.append(.saved(saver.save(state, to: path, replacing: replacing)))
          case .keepProgress(let lessons):
            if let failure = progress.keep(lessons) { actions.append(.told(failure)) }
          case .copy(let text): terminal.copy(text)
          case .write(let folder): actions.append(ScreenFiles.write(state, to: folder))
          case .redraw: terminal.forgetScreen()
          case .setUpDisplay:
            terminal.restore()
            terminal = try open(state.settings.display)
            actions.append(.displayChanged(glyphs: terminal.glyphs, theme: terminal.theme))
          case .quit:
            settle(&state, training, race)
            schedule.end(state.saved, with: autosave)
            autosave.close()
            terminal.restore()
            return Farewell.write(state.saved, autosave)
          }
        }
      }
      if isBeginning {
        if let refusal = state.lessonRefusal {
          terminal.restore()
          throw CommandFailure.badData(refusal)
        }
        isBeginning = !(state.lesson?.isShown ?? true)
      }
      schedule.follow(state.saved, with: autosave)
      // A key's change is drawn once it is in force, and saved, so that no crash can take back a
      // change that was seen; but nobody waits long for that.
      let isAnswered = !state.awaitsAnswer || clock.now - drawn >= LiveExplorer.answerPatience
      if isDirty, isAnswered, clock.now - drawn >= LiveExplorer.frame {
        terminal.present(Screen.draw(state))
        drawn = clock.now
        isDirty = false
      }
    }
  }

  /// Shows the current activity until the experiment is ready; nil where the person quits before.
  private func opening(
    _ start: ExplorerStart, on terminal: NcursesTerminal
  ) throws -> ExplorerStart.Made? {
    while true {
      do {
        if let made = try start.made { return made }
      } catch {
        terminal.restore()
        throw error
      }
      terminal.present(
        OpeningScreen.draw(
          start.activity,
          size: ScreenSize(columns: terminal.size.width, rows: terminal.size.height),
          glyphs: terminal.glyphs, quit: keys[.quit]))
      switch terminal.nextEvent(timeoutMilliseconds: -1) {
      case .key(let key) where keys.command(for: key) == .quit:
        terminal.restore()
        return nil
      case .interrupted, .endOfInput:
        terminal.restore()
        return nil
      case .terminating(let signal): terminal.die(bySignal: signal)
      case .key(let key) where keys.command(for: key) == .redraw: terminal.forgetScreen()
      case .key, .pasted, .mouse, .resize, .resumed, .wake, nil: break
      }
    }
  }

  /// Pauses a training that runs or goes somewhere, and takes up where it stands: what is kept is
  /// the last step.
  private func settle(
    _ state: inout ExplorerState, _ training: TrainingThread, _ race: ExplorerRace
  ) {
    race.settle(within: LiveExplorer.racePatience)
    if let snapshot = race.snapshot { _ = state.update(.raceArrived(snapshot)) }
    guard state.snapshot.isRunning || state.awaitsAnswer else { return }
    training.send(.callOff)
    training.send(.run(false))
    state.sentCommands += 2
    let clock = ContinuousClock()
    let end = clock.now + LiveExplorer.answerPatience
    while training.snapshot.handledCommands < state.sentCommands, clock.now < end { usleep(2_000) }
    _ = state.update(.snapshotArrived(training.snapshot))
  }

  private func open(_ display: DisplaySettings) throws -> NcursesTerminal {
    do {
      return try NcursesTerminal(options: TerminalOptions(display))
    } catch {
      throw CommandFailure.usage(
        "\(error.description). Without a terminal, `dropscope train` writes metrics, "
          + "`dropscope snapshot` draws a screen, and `dropscope --plain` prints lines.")
    }
  }
}

extension ExplorerState {
  /// The state that is saved: a lesson never takes the place of the person's own experiment.
  fileprivate var saved: ExplorerState { own ?? self }
}

/// Wakes the terminal, as soon as there is one.
private final class WakeBell: Sendable {
  private let waker = Guarded<TerminalWaker?>(nil)

  /// Rings at this terminal from now on.
  func hang(at waker: TerminalWaker) { self.waker.withLock { $0 = waker } }

  func ring() { waker.withLock { $0 }?.wake() }
}

extension TerminalOptions {
  /// The options from the display parameters.
  init(_ display: DisplaySettings) {
    self.init(
      colors: display.colors.depth,
      glyphs: display.glyphs == .auto ? nil : display.glyphs == .unicode ? .unicode : .ascii,
      background: display.theme == .auto ? nil : display.theme == .light ? .light : .dark,
      mouse: display.usesMouse)
  }
}

extension ColorChoice {
  /// The chosen number of colours; nil lets the terminal decide.
  var depth: ColorDepth? {
    switch self {
    case .auto: nil
    case .colors256: .colors256
    case .colors8: .colors8
    case .none: ColorDepth.none
    }
  }
}
