public import Recordings
public import TerminalCells

/// Something that happened where a recording is shown.
public enum RecordedAction: Sendable {
  /// A key was pressed.
  case keyPressed(Key)
  /// The mouse was used.
  case mouseUsed(Mouse)
  /// The screen has another size.
  case resized(ScreenSize)
  /// The recording has more looks.
  case grew(lookCount: Int, history: RecordingHistory)
  /// A look that was asked for is there.
  case lookArrived(ShownLook)
  /// The training runs on, or not.
  case activityChanged(RecordingActivity, unfinishedBytes: Int)
  /// The recording cannot be read on.
  case failed(String)
  /// Something outside has a sentence for the person.
  case told(String)
}

/// Something that an update asks of the world outside the state.
public enum RecordedEffect: Equatable, Sendable {
  /// Read a look, counted from 0.
  case show(Int)
  /// Write a picture of the screen as it is.
  case writePicture
  /// Draw everything again.
  case redraw
  /// End the program.
  case quit
}

extension RecordedState {
  /// The one place where the state changes: takes up what happened, and says what is to be done
  /// outside.
  public mutating func update(_ action: RecordedAction) -> [RecordedEffect] {
    switch action {
    case .keyPressed(let key):
      message = ""
      return press(key)
    case .mouseUsed(let mouse): return use(mouse)
    case .resized(let size): self.size = size
    case .grew(let lookCount, let history):
      self.lookCount = lookCount
      self.history = history
      if isFollowing, asked != lookCount - 1 { return ask(lookCount - 1) }
    case .lookArrived(let shown):
      // An earlier request may be answered late.
      if shown.index == asked { self.shown = shown }
    case .activityChanged(let activity, let unfinishedBytes):
      self.activity = activity
      self.unfinishedBytes = unfinishedBytes
    case .failed(let text):
      failure = text
      activity = .broken
    case .told(let text): message = text
    }
    return []
  }

  private mutating func ask(_ index: Int) -> [RecordedEffect] {
    let index = min(max(0, index), max(0, lookCount - 1))
    guard index != asked else { return [] }
    asked = index
    return [.show(index)]
  }

  private mutating func press(_ key: Key) -> [RecordedEffect] {
    if key == .control("c") { return [.quit] }
    if key == .alt {
      message = "Alt with a key means nothing here; \(keys[.help]) shows the keys"
      return []
    }
    if let next = overlayScroll.flatMap({ keys.scrolled(key, from: $0) }) {
      scrollOverlay(to: next)
      return []
    }
    let command = keys.command(for: key)
    if case .explanation(let place) = overlay,
      let effects = press(key, explaining: place, command)
    {
      return effects
    }
    guard overlay != .none else {
      guard let command else {
        message = "this key means nothing here; \(keys[.help]) shows the keys"
        return []
      }
      return perform(command)
    }
    if case .formula = overlay, case .panel? = command { return perform(command ?? .back) }
    let isClosing = key == .enter || command == .back || command == openCommand
    guard isClosing || command != nil else { return [] }
    overlay = .none
    // Any other key of the table closes the overlay and does its work.
    return isClosing ? [] : command.map { perform($0) } ?? []
  }

  /// The first line that the box shows; nil where there is none.
  private var overlayScroll: Int? {
    switch overlay {
    case .none, .explanation: nil
    case .help(let scroll), .formula(let scroll), .verdicts(let scroll): scroll
    }
  }

  private mutating func scrollOverlay(to line: Int) {
    switch overlay {
    case .none, .explanation: break
    case .help: overlay = .help(scroll: line)
    case .formula: overlay = .formula(scroll: line)
    case .verdicts: overlay = .verdicts(scroll: line)
    }
  }

  /// The command that opened the box.
  private var openCommand: RecordedCommand? {
    switch overlay {
    case .none, .explanation: nil
    case .help: .help
    case .formula: .formula
    case .verdicts: .verdicts
    }
  }

  private mutating func use(_ mouse: Mouse) -> [RecordedEffect] {
    let map = RecordedScreen.hitMap(self)
    switch overlay {
    case .none: break
    case .explanation:
      guard case .press = mouse.action else { return [] }
      let asked = explained(map.place(x: mouse.x, y: mouse.y))
      overlay = asked == overlay ? .none : asked
      return []
    default: return []
    }
    switch mouse.action {
    case .release: break
    case .wheelUp: return perform(.unit(.up))
    case .wheelDown: return perform(.unit(.down))
    case .press:
      overlay = explained(map.place(x: mouse.x, y: mouse.y))
      switch map.target(x: mouse.x, y: mouse.y) {
      case .unit(let selection):
        layer = selection.layer
        unit = selection.unit
      case .tab(let tab): self.tab = tab
      case .view, .panel, .example, .place, nil: break
      }
    }
    return []
  }

  mutating func perform(_ command: RecordedCommand) -> [RecordedEffect] {
    switch command {
    case .quit: return [.quit]
    case .redraw: return [.redraw]
    case .help: overlay = .help(scroll: 0)
    case .formula: explain()
    case .verdicts: overlay = .verdicts(scroll: 0)
    case .writePicture: return [.writePicture]
    case .back: if zoomed != nil { zoomed = nil } else { focus = nil }
    case .look(let look): return go(to: look)
    case .hold:
      isFollowing.toggle()
      if isFollowing { return ask(lookCount - 1) }
    case .layer(let neighbor): select(layer + neighbor.offset)
    case .unit(let direction): select(unit: unit + direction.offset)
    case .page(let direction): select(unit: unit + 10 * direction.offset)
    case .nextFinding: selectNextFinding()
    case .panel(let neighbor): turnFocus(neighbor)
    case .zoom: zoomed = zoomed == nil ? focus ?? .layers : nil
    case .logAxis: logAxis.toggle()
    }
    return []
  }

  private mutating func go(to look: RecordedCommand.Look) -> [RecordedEffect] {
    let leap = max(1, lookCount / 20)
    let last = lookCount - 1
    let wanted =
      switch look {
      case .previous: asked - 1
      case .next: asked + 1
      case .back: asked - leap
      case .on: asked + leap
      case .first: 0
      case .newest: last
      }
    let isEdge = wanted < 0 || wanted > last
    isFollowing = look == .newest || (isFollowing && wanted > last)
    if isEdge, asked == min(max(0, wanted), last) {
      message = wanted < 0 ? "this is the first look" : "this is the newest look"
    }
    return ask(wanted)
  }

  private mutating func select(_ layer: Int) {
    guard header.layers.indices.contains(layer) else { return }
    self.layer = layer
    unit = min(unit, max(0, unitCount - 1))
  }

  private mutating func select(unit: Int) { self.unit = min(max(0, unit), max(0, unitCount - 1)) }

  private mutating func selectNextFinding() {
    let count = header.layers.count
    let found = Set((shown.findings ?? []).filter { $0.severity > .fine }.compactMap(\.gap))
    let (from, shown) = (layer + 1, shown)
    let next = (0..<count).lazy.map { (from + $0) % count }.first { gap in
      found.contains(gap) || shown.verdict(ofGap: gap).severity > .fine
    }
    guard let next else {
      message = "no gap in front of a layer has anything against it"
      return
    }
    select(next)
  }

  private mutating func turnFocus(_ neighbor: KeyCommand.Neighbor) {
    let panels = RecordedPanel.all
    if size.isFolded {
      tab = (tab + panels.count + neighbor.offset) % panels.count
      focus = panels[tab]
    } else {
      let stops: [RecordedPanel?] = [nil] + panels.map { $0 }
      let now = stops.firstIndex(of: focus) ?? 0
      focus = stops[(now + stops.count + neighbor.offset) % stops.count]
    }
    if zoomed != nil, let focus { zoomed = focus }
  }
}
