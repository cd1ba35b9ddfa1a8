import CLibrary
import DropoutEngine
import Explorer
import NcursesTerminal
import Recordings
import Sessions
import TerminalCells

/// Brings the terminal and a recording together: looks at the recording twenty times a second, and
/// draws where something changed.
final class LiveRecording {
  private static let frame = Duration.milliseconds(33)
  /// The time between two looks at the file.
  private static let pause = Duration.milliseconds(50)

  private var recording: FollowedRecording
  private let display: DisplaySettings
  private let keys: KeyMap<RecordedCommand>
  /// One line about preferences that are ignored; nil where they are not.
  private let complaint: String?

  init(
    _ recording: FollowedRecording, display: DisplaySettings, _ preferences: PreferencesInForce
  ) {
    self.recording = recording
    self.display = display
    keys = preferences.keys.recording
    complaint = preferences.error?.notice
  }

  /// Runs until the person quits.
  ///
  /// - Throws: status 65 where the recording turned out to be broken meanwhile.
  func run() throws(CommandFailure) {
    let terminal = try NcursesTerminal.opened(display)
    if var state = try opening(on: terminal) { try follow(&state, on: terminal) }
    terminal.restore()
    if let failure = recording.failure { throw CommandFailure(failure) }
  }

  /// Waits for the first look; nil where the person quits before, or none can come.
  private func opening(on terminal: NcursesTerminal) throws(CommandFailure) -> RecordedState? {
    while true {
      _ = recording.advance()
      if recording.failure != nil { return nil }
      let size = ScreenSize(columns: terminal.size.width, rows: terminal.size.height)
      if var state = try recording.state(
        size: size, glyphs: terminal.glyphs, theme: terminal.theme, keys: keys)
      {
        if let complaint { state.message = complaint }
        state.terminalType = ThisProcess.environment["TERM"] ?? ""
        return state
      }
      terminal.present(
        OpeningScreen.draw(
          "waiting for the first look", details: recording.wait, size: size,
          glyphs: terminal.glyphs, quit: keys[.quit]))
      switch terminal.nextEvent(timeoutMilliseconds: 50) {
      case .key(let key) where keys.command(for: key) == .quit: return nil
      case .interrupted, .endOfInput: return nil
      case .terminating(let signal): terminal.die(bySignal: signal)
      case .key(let key) where keys.command(for: key) == .redraw: terminal.forgetScreen()
      case .key, .pasted, .mouse, .resize, .resumed, .wake, nil: break
      }
    }
  }

  private func follow(
    _ state: inout RecordedState, on terminal: NcursesTerminal
  ) throws(CommandFailure) {
    let clock = ContinuousClock()
    var drawn = clock.now - LiveRecording.frame
    var isDirty = true
    var hasMore = true
    var toldDeparture: RecordingDeparture?
    while true {
      let wait: Duration =
        hasMore ? .zero : isDirty ? LiveRecording.frame - (clock.now - drawn) : LiveRecording.pause
      let milliseconds = Int(nearest: (wait / .milliseconds(1)).rounded(.up), in: 0...1_000)
      var actions: [RecordedAction] = []
      switch terminal.nextEvent(timeoutMilliseconds: milliseconds) {
      case .key(let key): actions = [.keyPressed(key)]
      case .pasted: actions = [.told("pasted text means nothing here; it was left out")]
      case .mouse(let mouse): actions = [.mouseUsed(mouse)]
      case .resize(let width, let height):
        actions = [.resized(ScreenSize(columns: width, rows: height))]
      case .interrupted, .endOfInput: return
      case .terminating(let signal): terminal.die(bySignal: signal)
      case .resumed: isDirty = true
      case .wake, nil: break
      }
      hasMore = recording.advance()
      actions += news(state)
      if let departure = recording.reader.departure, departure != toldDeparture {
        toldDeparture = departure
        let name = ForeignText.path(recording.reader.name)
        actions.append(.told(departure.sentence(name)))
      }
      for action in actions {
        isDirty = true
        for effect in state.update(action) {
          switch effect {
          case .quit: return
          case .redraw: terminal.forgetScreen()
          case .show(let index):
            do {
              _ = state.update(.lookArrived(try recording.look(at: index)))
            } catch {
              _ = state.update(.failed(error.message))
            }
          case .writePicture: _ = state.update(.told(writePicture(of: state)))
          }
        }
      }
      if isDirty, clock.now - drawn >= LiveRecording.frame {
        terminal.present(RecordedScreen.draw(state))
        drawn = clock.now
        isDirty = false
      }
    }
  }

  /// The changes in the recording.
  private func news(_ state: RecordedState) -> [RecordedAction] {
    var news: [RecordedAction] = []
    let reader = recording.reader
    if reader.lookCount > state.lookCount, let history = reader.history {
      news.append(.grew(lookCount: reader.lookCount, history: history))
    }
    if let failure = recording.failure {
      if state.failure.isEmpty { news.append(.failed(failure.description)) }
    } else if case let activity = recording.activity,
      activity != state.activity || reader.unfinishedBytes != state.unfinishedBytes
    {
      news.append(.activityChanged(activity, unfinishedBytes: reader.unfinishedBytes))
    }
    return news
  }

  private func writePicture(of state: RecordedState) -> String {
    let model = ForeignText.shown(state.header.model, limit: 40)
    return PictureFile.write(
      RecordedScreen.draw(state), theme: state.theme, title: state.pictureTitle,
      stem: "dropscope-\(model)-\(state.shown.look.step)")
  }
}

extension NcursesTerminal {
  /// Takes the terminal for a recording.
  fileprivate static func opened(
    _ display: DisplaySettings
  ) throws(CommandFailure) -> NcursesTerminal {
    do {
      return try NcursesTerminal(options: TerminalOptions(display))
    } catch {
      throw .usage(
        "\(error.description). Without a terminal, `dropscope view --plain` prints lines.")
    }
  }
}
