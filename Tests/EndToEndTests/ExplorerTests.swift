import Foundation
import Testing
import TmuxSupport

@Suite("The explorer in a real terminal", .serialized) struct ExplorerTests {
  @Test("Data from the standard input leave the keys to the terminal") func pipedData() throws {
    let rows = (0..<60).map { "\($0 * 7 % 60).5,\($0).5,a\($0 % 2)\n" }.joined()
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "dropscope-\(UUID().uuidString).csv")
    try Data(("p,q,label\n" + rows).utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let session = try ExplorerSession("--data - < '\(file.path)'")
    try session.press("?", shows: "keys")
    try session.tmux.press("Escape")
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
  }

  @Test("The first screen shows masks, both sums and that they differ; s makes them agree")
  func firstScreen() throws {
    let session = try ExplorerSession()
    let screen = try session.tmux.screen()
    let texts = [
      "TRAINING masks", "TESTING", "kept", "masked", "2.00 times",
    ]
    for text in texts {
      #expect(screen.contains(text), "\(text)")
    }
    try session.press("s", shows: "CLASSIC")
    try session.waitFor("as in testing")
    try session.press("s", shows: "INVERTED")
    try session.press("s", shows: "OFF")
    try session.waitFor("2.00 times")
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
  }

  @Test("Keys act while training runs at full speed, also on a larger network") func fullSpeed()
    throws
  {
    let session = try ExplorerSession("--speed max --data glyphs --hidden 256,128 --batch 128")
    try session.press("]", shows: "keep .55")
    try session.press("v", shows: "loss now")
    try session.press("Escape", "Space", shows: "paused")
    try session.press(":", shows: "any parameter")
    try session.tmux.type("keep 0.7")
    try session.press("Enter", shows: "keep .70")
    try session.press("6", shows: "EXAMPLES")
    try session.press("1", shows: "DIVERGENCE")
    try session.tmux.press("C-c")
    try session.expectGivenBack(status: 0)
  }

  @Test(
    "The close views are measured while training runs at full speed, and follow keys",
    arguments: [(80, 24, ""), (120, 40, "--data glyphs --hidden 32,16 --keep-input 0.8")])
  func closeViews(width: Int, height: Int, options: String) throws {
    let session = try ExplorerSession("--speed max \(options)", width: width, height: height)
    try session.press("2", shows: "AFTER relu")
    try session.waitFor("mean of relu(sum)")
    try session.press("s", shows: "CLASSIC")
    try session.waitFor("swapped")
    try session.press("4", shows: "SUBNETWORKS")
    try session.waitFor("- variety 0.")
    try session.press("m", shows: "67,108,864")
    try session.press("Escape", "5", "p", shows: "independent")
    try session.press("n", shows: "paused")
    try session.press("1", shows: "DIVERGENCE")
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
  }

  @Test(
    "The race runs every preset, turns its runners, and gives one back to the live view",
    arguments: [(80, 24), (120, 40)])
  func race(width: Int, height: Int) throws {
    let session = try ExplorerSession("--data moons", width: width, height: height)
    try session.press("3", shows: "L2 0.01")
    for (digit, text) in [
      ("2", "random-subspace"), ("4", "inverted, mapped"), ("1", "L2 0.1"),
      ("3", "keep-drop-swapped"),
    ] {
      try session.press("m", shows: "the same run twice")
      try session.press(digit, shows: text)
      if digit == "4" { try session.waitFor("largest difference of any weight") }
    }
    try session.press("j", "s", "Enter", shows: "taken from the race")
    try session.press("Space", shows: "SAME WEIGHTS")
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
  }

  @Test("Every overlay opens over the running network, and closes") func overlays() throws {
    let session = try ExplorerSession(width: 120, height: 40)
    for (key, text) in [
      ("?", "one step on"), ("v", "mismatched-masks"), ("m", "always masked"),
      ("i", "no mask touches it"), ("y", "the command that reproduces"),
      ("t", "Two sums of one unit"),
    ] {
      try session.press(key, shows: text)
      try session.tmux.press("Escape")
      try session.tmux.wait("\(text) to go") { try !session.tmux.screen().contains(text) }
    }
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
  }

  @Test("A step goes by in phases, is finished, and the gradients are measured live") func phases()
    throws
  {
    let session = try ExplorerSession("--speed 20")
    try session.press("5", "p", shows: "4096 drawn")
    try session.press("n", shows: "1/10")
    try session.waitFor("paused")
    for phase in 2...10 { try session.press("n", shows: "\(phase)/10") }
    try session.press("N", shows: "9/10")
    try session.press(".", shows: "1/10")
    try session.press("N", shows: "first phase of step")
    try session.press("Space", shows: ", held")
    try session.press("1", shows: "DIVERGENCE")
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
  }

  @Test("The screen follows the terminal's size, folds, says what it needs, and comes back")
  func resizing() throws {
    let session = try ExplorerSession()
    func resize(_ width: Int, _ height: Int) throws {
      try session.tmux.tmux("resize-window", "-x", "\(width)", "-y", "\(height)")
    }
    try resize(200, 60)
    // The first key takes the greeting of a first start away.
    try session.tmux.press("Down")
    try session.waitFor("( ) rate 0.1")
    try resize(70, 22)
    try session.waitFor("[network]")
    try session.press("Tab", shows: "[sums]")
    try resize(40, 10)
    try session.waitFor("dropscope needs 60 columns")
    for size in stride(from: 30, through: 130, by: 10) { try resize(size, size / 3) }
    try resize(80, 24)
    try session.waitFor("SAME WEIGHTS")
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
  }

  @Test(
    "The terminal comes back after a signal",
    arguments: [
      (SIGTERM, 143), (SIGHUP, 129), (SIGQUIT, 131), (SIGINT, 0),
    ]) func signals(signal: Int32, status: Int) throws
  {
    let session = try ExplorerSession("--speed max")
    kill(try session.processID(), signal)
    try session.tmux.wait("the shell") { try session.tmux.value("alternate_on") == "0" }
    try session.expectGivenBack(status: status)
  }

  @Test(
    "After a crash the terminal is given back before any message",
    arguments: [
      (SIGSEGV, 139), (SIGABRT, 134), (SIGILL, 132),
    ]) func crashes(signal: Int32, status: Int) throws
  {
    let session = try ExplorerSession(
      "--speed max", environment: "SWIFT_BACKTRACE=interactive=no,color=no")
    kill(try session.processID(), signal)
    try session.tmux.wait("the shell", seconds: 60) {
      try session.tmux.value("alternate_on") == "0"
        && session.tmux.value("pane_current_command") == "sh"
    }
    try session.expectGivenBack(status: status)
  }

  @Test("Ctrl-Z gives the terminal back, fg takes it again") func stopping() throws {
    let session = try ExplorerSession()
    try session.tmux.press("C-z")
    try session.tmux.wait("the shell") { try session.tmux.value("alternate_on") == "0" }
    try session.tmux.line("fg")
    try session.tmux.wait("the screen") { try session.tmux.value("alternate_on") == "1" }
    try session.press("s", shows: "CLASSIC")
    try session.tmux.press("q")
    try session.tmux.wait("the shell") { try session.tmux.value("alternate_on") == "0" }
  }

  @Test(
    "Old terminals, no colours and other locales have a screen of plain characters",
    arguments: ["TERM=vt100", "LC_ALL=C", "TERM=xterm NO_COLOR=1 LC_ALL=C", "TERM=linux LC_ALL=C"])
  func plainTerminals(environment: String) throws {
    let session = try ExplorerSession(environment: environment)
    if environment.contains("LC_ALL=C") {
      let screen = try session.tmux.screen()
      #expect(screen.unicodeScalars.allSatisfy { $0.isASCII }, "\(screen)")
      #expect(screen.contains("@ kept") && screen.contains("x masked"))
    }
    try session.press("s", shows: "CLASSIC")
    try session.tmux.press("q")
    let isOld = ["vt100", "linux"].contains { environment.contains($0) }
    try session.expectGivenBack(status: 0, hasOtherScreen: !isOld)
  }

  @Test("w writes a picture and never over one that is there") func picture() throws {
    let session = try ExplorerSession("--steps 0")
    try session.press("w", shows: "write to the folder")
    try session.press("Enter", shows: "written: dropscope-circle-0.svg")
    // It asks once.
    try session.press("w", shows: "written: dropscope-circle-0-1.svg")
    #expect(session.tmux.text("dropscope-circle-0.svg").hasPrefix("<svg"))
    #expect(session.tmux.text("dropscope-circle-0.csv").hasPrefix("step,trainLoss,testLoss,"))
    #expect(session.tmux.text("dropscope-circle-0.trace.jsonl").hasPrefix("{\"step\":0,"))
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
  }

  @Test("A terminal that goes away ends the program") func hangUp() throws {
    let session = try ExplorerSession("--speed max")
    let process = try session.processID()
    try session.tmux.tmux("kill-server")
    let deadline = Date().addingTimeInterval(20)
    while kill(process, 0) == 0, Date() < deadline { Thread.sleep(forTimeInterval: 0.05) }
    #expect(kill(process, 0) != 0)
  }

  @Test("A click selects, and --no-mouse leaves the mouse alone") func mouse() throws {
    let session = try ExplorerSession("--steps 0", environment: "TERM=xterm-256color")
    #expect(try session.tmux.value("mouse_any_flag") == "1")
    // The fifth row of sums is the tenth row of the screen, which terminals count from 1.
    try session.tmux.send("\u{1B}[<0;30;10M")
    try session.waitFor("▶5")
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
    let quiet = try ExplorerSession("--no-mouse")
    #expect(try quiet.tmux.value("mouse_any_flag") == "0")
    try quiet.tmux.press("q")
    try quiet.expectGivenBack(status: 0)
  }
}
