import CLibrary
import NcursesTerminal
import TerminalCells

/// Takes the terminal, shows its reports, and ends in the way of a key.
///
/// Arguments: the file for the report, then any of `plain` (no mouse), `unicode`, `ascii`, `keys`
/// (keys other than `q` have no meaning), `deaf` (TERM, HUP and Ctrl-C are only reported), `cost`
/// (reports what frames cost and ends).
@main struct Probe {
  let report: Report
  let options: Set<String>
  let terminal: NcursesTerminal
  var count = 0
  var last = "none"
  var drawsAlways = false

  static func main() {
    guard CommandLine.argc > 1, let report = Report(path: CommandLine.arguments[1]) else {
      exit(64)
    }
    let options = Set(CommandLine.arguments.dropFirst(2))
    do throws(TerminalError) {
      let terminal = try NcursesTerminal(
        options: TerminalOptions(
          glyphs: options.contains("unicode") ? .unicode : options.contains("ascii") ? .ascii : nil,
          mouse: !options.contains("plain")))
      if options.contains("cost") {
        FrameCost(terminal: terminal, report: report).measure()
        terminal.restore()
        return
      }
      var probe = Probe(report: report, options: options, terminal: terminal)
      probe.run()
    } catch {
      report.write("error \(error)")
      exit(2)
    }
  }

  mutating func run() {
    report.write(
      "open \(getpid()) \(terminal.colorDepth) \(terminal.glyphs.isUnicode ? "unicode" : "ascii") "
        + "\(terminal.background) \(terminal.size.width)x\(terminal.size.height)")
    draw()
    while true {
      let event = terminal.nextEvent(timeoutMilliseconds: drawsAlways ? 0 : -1)
      if let event {
        last = Self.name(of: event)
        report.write(last)
        if case .key(.character("q")) = event { break }
        handle(event)
      }
      draw()
    }
    terminal.restore()
    terminal.restore()
    report.write("restored")
  }

  private mutating func handle(_ event: TerminalEvent) {
    switch event {
    case .key(.character(let scalar)) where !options.contains("keys"): handleKey(scalar)
    case .interrupted where !options.contains("deaf"): terminal.die(bySignal: SIGINT)
    case .terminating(let signal) where !options.contains("deaf"):
      terminal.die(bySignal: signal)
    case .endOfInput:
      terminal.restore()
      exit(4)
    default: break
    }
  }

  private mutating func handleKey(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "d": drawsAlways.toggle()
    case "e": Report.standardError.write("told to standard error")
    case "w": terminal.waker.wake()
    case "z":
      terminal.suspend()
      terminal.suspend()
      draw()
      report.write("suspended")
      _ = getchar()
      terminal.resume()
    default: Misbehavior(rawValue: String(scalar))?.happen()
    }
  }

  private mutating func draw() {
    let (width, height) = terminal.size
    var buffer = CellBuffer(width: width, height: height)
    count += 1
    buffer.write("MARKER \(terminal.glyphs.kept) 漢字│", x: 0, y: 0, style: Style(.extra))
    buffer.write("last \(last)", x: 0, y: 1)
    buffer.write("corner", endX: width, y: height - 1, style: Style(.test))
    if drawsAlways {
      for y in 2..<max(2, height - 1) {
        buffer.write(String(repeating: "\(count % 10)", count: width), x: 0, y: y)
      }
    }
    terminal.present(buffer)
  }

  private static func name(of event: TerminalEvent) -> String {
    switch event {
    case .key(.character(let scalar)): "character U+\(String(scalar.value, radix: 16))"
    case .key(.function(let number)): "function \(number)"
    case .key(.control(let character)): "control \(character)"
    case .key(let key): "key \(key)"
    case .pasted(let text):
      "pasted \(text.unicodeScalars.count) "
        + text.suffix(4).map { $0.isNewline ? "\\n" : String($0) }.joined()
    case .mouse(let mouse): "mouse \(mouse.x),\(mouse.y) \(mouse.action)"
    case .resize(let width, let height): "resize \(width)x\(height)"
    case .endOfInput: "end of input"
    case .interrupted: "interrupted"
    case .terminating(let signal): "terminating \(signal)"
    case .resumed: "resumed"
    case .wake: "wake"
    }
  }
}
