import DropoutEngine
import DropoutMeasure
import TerminalCells

extension ExplorerState {
  /// The one place where the state changes: takes up what happened, and says what is to be done
  /// outside.
  public mutating func update(_ action: Action) -> [Effect] {
    let effects = takeUp(action) + attendToLesson()
    return effects + lookAtSubject()
  }

  private mutating func takeUp(_ action: Action) -> [Effect] {
    switch action {
    case .keyPressed(let key):
      (message, greeting) = ("", "")
      return press(key)
    case .pasted(let text):
      (message, greeting) = ("", "")
      paste(text)
      return []
    case .mouseUsed(let mouse): return use(mouse)
    case .resized(let size):
      self.size = size
      return []
    case .snapshotArrived(let snapshot): return take(snapshot)
    case .raceArrived(let race):
      take(race)
      return []
    case .told(let text):
      message = text
      return []
    case .autosaved(let failure):
      autosaveFailure = failure
      message = failure.map { "not saved by itself: \($0)" } ?? "saved by itself again"
      return []
    case .written(let folder, let names):
      self.folder = folder
      let place = folder == "." ? "" : " in \(ForeignText.path(folder))"
      message = "written\(place): " + names.joined(separator: ", ")
      return []
    case .notWritten(let folder, let reason):
      var form = SaveForm(name: folder)
      form.error = reason
      (self.folder, overlay) = (nil, .writeTo(form))
      return []
    case .saved(let outcome):
      take(outcome)
      return []
    case .displayChanged(let glyphs, let theme):
      self.glyphs = glyphs
      self.theme = theme
      return []
    }
  }

  /// Whether the test pass has reached the loss or the accuracy at which the run was to stop.
  var isGoalReached: Bool {
    guard snapshot.step > 0, let own = snapshot.ownEvaluation else { return false }
    if let goal = settings.run.untilLoss, own.loss <= goal { return true }
    if let goal = settings.run.untilAccuracy, let accuracy = own.accuracy {
      return accuracy >= goal
    }
    return false
  }

  private mutating func use(_ mouse: Mouse) -> [Effect] {
    let map = Screen.hitMap(self)
    switch mouse.action {
    case .release: return []
    case .wheelUp, .wheelDown:
      guard overlay == .none, let panel = map.panel(x: mouse.x, y: mouse.y) else { return [] }
      let direction: KeyCommand.Direction = mouse.action == .wheelUp ? .up : .down
      if panel.traits.contains(.wheelSelectsUnits) { return perform(.unit(direction)) }
      scroll(panel, by: 3 * direction.offset)
      return []
    case .press:
      let asked = explanation(of: map.place(x: mouse.x, y: mouse.y))
      switch overlay {
      case .none: break
      case .explanation(let place):
        overlay = asked == overlay || asked == nil ? .none : asked ?? .explanation(place)
        return []
      default: return []
      }
      if let asked { overlay = asked }
      switch map.target(x: mouse.x, y: mouse.y) {
      case .unit(let selection): (self.selection, isSelectionChosen) = (selection, true)
      case .panel(let panel):
        // A number that is asked about does not move the focus.
        if asked == nil { focus = focus == panel ? nil : panel }
      case .view(let view): return perform(.view(view))
      case .tab(let tab): self.tab = tab
      case .example, .place, nil: return []
      }
      return []
    }
  }

  /// Scrolls a panel by a number of rows, never above its first one.
  mutating func scroll(_ panel: Panel, by rows: Int) {
    scroll[panel] = max(0, min((scroll[panel] ?? 0) + rows, 1_000_000_000))
  }

  /// Hands a command to the training thread.
  mutating func send(_ command: TrainingCommand) -> [Effect] {
    sentCommands += 1
    return [.train(command)]
  }

  /// Changes a parameter from the next step on; says why where that cannot be.
  mutating func change(_ name: String, to value: String) -> [Effect] {
    do {
      return try changeWhileRunning(name, to: value)
    } catch {
      message = error.description
      return []
    }
  }

  /// Changes a parameter from the next step on; a variant that cannot take over the networks
  /// starts again.
  ///
  /// - Throws: `ConfigurationError` where the value is wrong or makes no sense.
  mutating func changeWhileRunning(
    _ name: String, to value: String
  ) throws(ConfigurationError) -> [Effect] {
    try ParameterTable.definition(named: name)?.checkTyped(value)
    if name == "variant", let variant = Variant(rawValue: value),
      settings.experiment.startsAnew(with: variant)
    {
      return try startAnew(with: name, value)
    }
    let changed = try settings.experiment.changing(name, to: value)
    guard changed != settings.experiment else { return [] }
    settings.experiment = changed
    // It is a change of what was asked for: where that cannot be started, it is dropped with it.
    return send(.change(.parameter(name: name, value: value), of: askedStart))
  }

  /// Starts again with one parameter changed.
  ///
  /// - Throws: `ConfigurationError` where the value is wrong or makes no sense.
  mutating func startAnew(
    with name: String, _ value: String
  ) throws(ConfigurationError) -> [Effect] {
    var changed = settings
    try changed.set(name, to: value)
    // Options of a file may be set before the file is named.
    if changed.experiment.source == .files { try changed.checkApplies(name) }
    try changed.validated()
    settings = changed
    message = "starting anew with \(name) \(value)"
    return startAnew()
  }

  /// Starts again with the requested configuration.
  mutating func startAnew() -> [Effect] {
    arrivalMessage = ""
    let effects = send(.startAnew(settings.experiment))
    askedStart = sentCommands
    return effects
  }
}

extension ExplorerState {
  /// Opens the explorer: training runs at the speed asked for, up to the step asked for.
  ///
  /// - Parameter isPaused: whether it stands still until the person starts it.
  /// - Returns: the commands to the training.
  public mutating func start(isPaused: Bool = false) -> [Effect] {
    isRunning = pauseStep != 0 && !isPaused
    return send(.speed(speed)) + send(.pauseAt(pauseStep)) + send(.run(isRunning))
  }
}
