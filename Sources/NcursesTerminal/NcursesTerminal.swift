import CLibrary
internal import CNcurses
public import TerminalCells

/// The terminal on standard input and output, as long as it is ours.
///
/// It is given back on every way out: ``restore()`` or the end of this object, `exit`, the signals
/// TERM, HUP and QUIT, Ctrl-Z (and taken again by `fg`), and any crash on any thread. Output to the
/// standard error is kept back meanwhile, and shown afterwards. A process has one terminal, and
/// only the thread that created it uses it.
public final class NcursesTerminal {
  /// The number of colours in use.
  public let colorDepth: ColorDepth
  /// The characters that can be drawn.
  public let glyphs: GlyphSet
  /// The background for which colours are chosen.
  public let background: Theme.Background
  /// The look of every meaning on this terminal.
  public let theme: Theme
  /// The content of the screen, as far as known.
  private var shown: CellBuffer?
  private var pens: PenTable
  private var isOpen = true
  private var isSuspended = false
  private var input: TerminalInput

  /// Takes the terminal: alternate screen, single keys without echo.
  ///
  /// - Parameter options: The options of its use.
  /// - Throws: ``TerminalError`` if a standard stream is no terminal, or its type is unknown.
  public init(options: TerminalOptions = TerminalOptions()) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1 else { throw .notATerminal(.input) }
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal(.output) }
    guard !nc_is_open() else { throw .alreadyInUse }
    let isUnicode = nc_use_locale(options.glyphs == .unicode)
    guard nc_can_draw() else {
      throw .noScreen(Environment.value(of: "TERM") ?? "")
    }
    guard nc_open(options.mouse) else {
      throw .unknownTerminal(Environment.value(of: "TERM") ?? "")
    }
    let depth = Environment.colorDepth(
      asked: options.colors, available: Int(nc_colors()), pairs: Int(nc_pairs()))
    colorDepth = depth
    let usesUnicode = isUnicode && options.glyphs != .ascii
    glyphs = (usesUnicode ? GlyphSet.unicode : GlyphSet.ascii).adjusted(to: depth)
    background =
      options.background
      ?? Environment.background(colorFgBg: Environment.value(of: "COLORFGBG")) ?? .dark
    theme = Theme(depth: depth, background: background)
    pens = PenTable(theme: theme, pairs: depth == .none ? 0 : Int(nc_pairs()))
    input = TerminalInput(
      escapeDelay: Environment.escapeDelay(
        asked: Environment.value(of: "ESCDELAY"),
        isRemote: Environment.value(of: "SSH_CONNECTION") != nil))
  }

  deinit {
    if isOpen { nc_close() }
  }

  /// The number of columns and rows.
  public var size: (width: Int, height: Int) { (Int(nc_width()), Int(nc_height())) }

  /// Ends a wait from another thread.
  public var waker: TerminalWaker { TerminalWaker() }

  /// Gives the calling thread a separate stack for crash handlers.
  ///
  /// Without it the terminal is not given back if this thread's stack overflows. The thread that
  /// creates the terminal is prepared already. Returns whether the thread has one.
  @discardableResult
  public static func prepareThread() -> Bool { nc_prepare_thread() }

  /// Shows a buffer; only cells that changed since the last one are sent.
  ///
  /// Cells outside the screen are left out; if the buffer is smaller, the rest is blank. Between
  /// ``suspend()`` and ``resume()`` nothing is shown.
  public func present(_ buffer: CellBuffer) {
    guard isOpen, !isSuspended else { return }
    if shown == nil { nc_erase() }
    if !put(buffer) {
      // No colour pair is left, so start again with the pairs of this buffer only.
      pens.forgetPairs()
      nc_forget_pairs()
      shown = nil
      nc_erase()
      _ = put(buffer)
    }
    nc_show(shown == nil)
    shown = buffer
  }

  /// Puts the changed cells into the next frame; false if there were not enough colour pairs.
  private func put(_ buffer: CellBuffer) -> Bool {
    let (width, height) = size
    var hasPairs = true
    for run in buffer.changes(from: shown) where run.y < height {
      for x in run.columns where x < width {
        let cell = buffer[x, run.y]
        let columns = cell.columns
        guard columns > 0, x + columns <= width else { continue }
        let known = pens.entry(for: cell.style)
        if known == nil { hasPairs = false }
        let entry = known ?? pens.colorlessEntry(for: cell.style)
        nc_put(
          Int32(x), Int32(run.y), cell.scalar.value, Int32(columns), entry.attributes, entry.pair)
      }
    }
    return hasPairs
  }

  /// The next report of the terminal, or `nil` if there is none in time.
  ///
  /// Ctrl-Z stops the process in here; ``TerminalCells/TerminalEvent/resumed`` comes after it.
  /// After ``TerminalCells/TerminalEvent/terminating(signal:)`` the program has two seconds to call
  /// ``die(bySignal:)``. After that, or when told again, the process ends by itself.
  /// - Parameter timeoutMilliseconds: The time to wait; 0 is not at all, a negative number for
  ///   ever.
  /// - Returns: The event.
  public func nextEvent(timeoutMilliseconds: Int) -> TerminalEvent? {
    guard isOpen else { return .endOfInput }
    if let event = pendingEvent() { return event }
    let isForEver = timeoutMilliseconds < 0
    let deadline = Self.milliseconds() + min(timeoutMilliseconds, Int(Int32.max))
    while true {
      let now = Self.milliseconds()
      let rest = min(isForEver ? 60_000 : deadline - now, input.patience(at: now) ?? 60_000)
      if nc_wait(Int32(min(max(0, rest), 60_000))) { return pendingEvent() ?? .endOfInput }
      if let event = pendingEvent() { return event }
      if !isForEver, deadline <= Self.milliseconds() { return nil }
    }
  }

  private func pendingEvent() -> TerminalEvent? {
    while true {
      while case let signal = nc_take_signal(), signal != 0 {
        if let event = event(ofSignal: signal) { return event }
      }
      guard let event = input.next(at: Self.milliseconds()) else {
        return nc_take_wake() ? .wake : nil
      }
      // The signal comes back as an event, as one from outside does.
      guard event.signalKey.map({ nc_signal_by_key($0) }) ?? false else { return event }
    }
  }

  private func event(ofSignal signal: Int32) -> TerminalEvent? {
    switch signal {
    case SIGTERM, SIGHUP, SIGQUIT: return .terminating(signal: signal)
    case SIGINT: return .interrupted
    case SIGTSTP:
      suspend()
      _ = nc_stop(SIGTSTP)
      return takeAgain()
    case SIGCONT: return takeAgain()
    case SIGWINCH:
      guard nc_take_size() else { return nil }
      shown = nil
      let (width, height) = size
      return .resize(width: width, height: height)
    default: return nil
    }
  }

  /// Takes the terminal after the process was resumed; `nil` if it is to end instead.
  private func takeAgain() -> TerminalEvent? {
    nc_discard_signal(SIGCONT)
    // The process was resumed with `bg`, or by a signal from elsewhere, while the shell has the
    // terminal.
    while nc_is_in_background(), !nc_is_ending() {
      suspend()
      if !nc_stop(SIGTTOU) { break }
    }
    guard !nc_is_ending() else { return nil }
    resume()
    return .resumed
  }

  /// Makes the next ``present(_:)`` draw everything, whatever stands on the screen.
  public func forgetScreen() { shown = nil }

  /// Puts a text on the clipboard, where the terminal knows the sequence (OSC 52) and allows it.
  ///
  /// > Source: XTerm Control Sequences, Operating System Commands, Ps = 5 2.
  public func copy(_ text: String) {
    guard isOpen, !isSuspended else { return }
    nc_tell("\u{1B}]52;c;\(Base64.text(Array(text.utf8)))\u{7}")
  }

  /// Gives the terminal back for a while: for Ctrl-Z, or for a program that needs the screen.
  public func suspend() {
    guard isOpen else { return }
    isSuspended = true
    nc_suspend()
  }

  /// Takes the terminal again after ``suspend()``; the next ``present(_:)`` draws everything.
  public func resume() {
    guard isOpen else { return }
    nc_resume()
    isSuspended = false
    shown = nil
  }

  /// Gives the terminal back for good; calling it again does nothing.
  public func restore() {
    guard isOpen else { return }
    isOpen = false
    nc_close()
  }

  /// Gives the terminal back and ends the process by a signal, so that its status names the cause.
  public func die(bySignal signal: Int32) -> Never {
    isOpen = false
    nc_die(signal)
  }

  private static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}

extension TerminalEvent {
  /// The byte of a key for which terminals send a signal; nil for other events.
  fileprivate var signalKey: Int32? {
    switch self {
    case .key(.control("c")): 0x03
    case .key(.control("z")): 0x1A
    default: nil
    }
  }
}
