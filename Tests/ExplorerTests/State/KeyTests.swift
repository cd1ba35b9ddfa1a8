import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("Every key is a transition of the whole state") struct KeyTests {
  func state() throws -> ExplorerState { try Person(steps: 3).state }

  func change(_ name: String, _ value: String) -> Effect {
    .train(.change(.parameter(name: name, value: value), of: 0))
  }

  @Test("q and Ctrl-C quit, over anything") func quitting() throws {
    var state = try state()
    check("q", on: state, effects: [.quit]) { _ in }
    check(.control("c"), on: state, effects: [.quit]) { _ in }
    state.overlay = .palette(PaletteState(text: "ke"))
    check(.control("c"), on: state, effects: [.quit]) { _ in }
    check("q", on: state) { $0.overlay = .palette(PaletteState(text: "keq")) }
    state.overlay = .help(scroll: 3)
    check("q", on: state, effects: [.quit]) { $0.overlay = .none }
  }

  @Test("space runs and pauses, the point takes one step") func running() throws {
    var state = try state()
    check(" ", on: state, effects: [.train(.run(true))]) {
      $0.isRunning = true
      $0.sentCommands = 1
    }
    state.isRunning = true
    check(" ", on: state, effects: [.train(.run(false))]) {
      $0.isRunning = false
      $0.sentCommands = 1
    }
    check(".", on: state, effects: [.train(.step)]) {
      $0.isRunning = false
      $0.sentCommands = 1
    }
  }

  @Test("5 shows the backward pass, and asks for the gradients") func backwardView() throws {
    let state = try state()
    var opened = state
    _ = opened.update(.keyPressed("5"))
    #expect(opened.selection.layer == state.selection.layer)
    check("5", on: state, effects: [.train(.look(at: .gradients(), of: 0))]) {
      $0.view = .backward
      // The selected unit has no gradient in this step: the view selects one that has.
      $0.selection = opened.selection
      $0.sentCommands = 1
      $0.sentSubject = .gradients()
    }
  }

  @Test("p shows the table of mask passes in view 5, and puts it away") func maskPasses() throws {
    var state = try state()
    check("p", on: state) { $0.message = "this key acts in view 5, one step" }
    _ = state.update(.keyPressed("5"))
    let before = Screen.draw(state)
    _ = state.update(.keyPressed("p"))
    #expect(Screen.draw(state).plainRows.contains { $0.contains("MASK PASSES") })
    _ = state.update(.keyPressed("p"))
    #expect(Screen.draw(state) == before)
  }

  @Test("n goes a phase on and pauses, N a phase back, and both follow the layer") func phases()
    throws
  {
    var state = try Person(steps: 3).state
    check("n", on: state) { $0.message = "n and N go through the phases of a step in view 5" }
    check("N", on: state) { $0.message = "n and N go through the phases of a step in view 5" }
    _ = state.update(.keyPressed("5"))
    let sent = state.sentCommands
    check("n", on: state) { $0.phase = .minibatch }
    check("N", on: state) { $0.phase = .update }
    state.isRunning = true
    check("n", on: state, effects: [.train(.run(false))]) {
      $0.phase = .minibatch
      $0.isRunning = false
      $0.sentCommands = sent + 1
    }
    state.isRunning = false
    state.phase = .minibatch
    check("N", on: state) {
      $0.message =
        "this is the first phase of step 3; a step that was taken is not taken back"
    }
    state.phase = .inputMask
    // The phase tells of one unit of its layer, which the view chooses.
    var next = state
    _ = next.update(.keyPressed("n"))
    check("n", on: state) {
      $0.phase = .forward(0)
      $0.selection = Selection(layer: 0, unit: next.selection.unit)
    }
    state.phase = .loss
    check("n", on: state) {
      $0.phase = .backward(2)
      $0.selection.layer = 2
    }
    check("N", on: state) {
      $0.phase = .forward(2)
      $0.selection.layer = 2
    }
    state.phase = .update
    check("n", on: state, effects: [.train(.step)]) {
      $0.phase = .minibatch
      $0.sentCommands = sent + 1
    }
    state.phase = .loss
    check(".", on: state, effects: [.train(.step)]) {
      $0.phase = .minibatch
      $0.sentCommands = sent + 1
    }
    check(" ", on: state, effects: [.train(.run(true))]) {
      $0.phase = nil
      $0.isRunning = true
      $0.sentCommands = sent + 1
    }
    check(.escape, on: state) { $0.phase = nil }
    state.phase = nil
    check(.escape, on: state, effects: [.train(.look(at: .live, of: 0))]) {
      $0.view = .live
      $0.sentCommands = sent + 1
      $0.sentSubject = .live
    }
  }

  @Test("Arrows and hjkl select within the network") func selecting() throws {
    var state = try state()
    state.selection = Selection(layer: 1, unit: 4)
    for (key, layer, unit) in [
      (Key.left, 0, 4), ("h", 0, 4), (.right, 2, 1), ("l", 2, 1), (.up, 1, 3), ("k", 1, 3),
      (.down, 1, 5), ("j", 1, 5), (.pageUp, 1, 0), (.pageDown, 1, 11),
    ] {
      check(key, on: state) {
        $0.selection = Selection(layer: layer, unit: unit)
        $0.isSelectionChosen = true
      }
    }
    state.selection = Selection(layer: 0, unit: 0)
    check(.left, on: state) { _ in }
    check(.up, on: state) { $0.isSelectionChosen = true }
  }

  @Test("e and E watch another example") func watching() throws {
    let state = try state()
    for (key, offset) in [("e", 1), ("E", -1)] as [(Key, Int)] {
      check(key, on: state, effects: [.train(.watch(offset: offset, of: 0))]) {
        $0.sentCommands = 1
        $0.hasChosenExample = true
      }
    }
  }

  @Test("Keys that go through the run pause it, and ask for a moment") func travelling() throws {
    var state = try state()
    state.isRunning = true
    let keys: [(Key, TimelineDestination)] = [
      (",", .steps(-1)), ("<", .epochs(.previous)), (">", .epochs(.next)), (.home, .start),
      (.end, .end), ("u", .undo), ("U", .redo),
    ]
    for (key, destination) in keys {
      check(key, on: state, effects: [.train(.travel(destination, of: 0))]) {
        $0.sentCommands = 1
        $0.isRunning = false
      }
    }
    check("g", on: state) { $0.overlay = .goTo(GoToState()) }
    check("b", on: state) { $0.overlay = .branches(line: 0) }
    // On a long way, Escape stops where training is by now.
    state.snapshot.travel = TimelineProgress(step: 10, goal: 1000)
    check(.escape, on: state, effects: [.train(.callOff)]) { $0.sentCommands = 1 }
  }

  @Test("H and L draw another learner, and say so where there is none") func learners() throws {
    var state = try state()
    for key: Key in ["H", "L"] {
      check(key, on: state) {
        $0.message =
          "variant unscaled has one learner; random-subspace and bagging (v) have several"
      }
    }
    state.settings.experiment.adopt(.bagging)
    check("L", on: state, effects: [.train(.drawLearner(offset: 1, of: 0))]) { $0.sentCommands = 1 }
    check("H", on: state, effects: [.train(.drawLearner(offset: -1, of: 0))]) {
      $0.sentCommands = 1
    }
    check("[", on: state) {
      $0.message = "variant bagging keeps every unit; v chooses another one"
    }
    state.settings.experiment.learners = 1
    check("L", on: state) { $0.message = "there is one learner: learners (:) is 1" }
  }

  @Test("In the list, Enter takes a variant; where learners are gained or lost it starts anew")
  func choosing() throws {
    var state = try state()
    let line = try #require(Variant.allCases.firstIndex(of: .bagging))
    state.overlay = .variants(line: line)
    var several = state.configuration
    several.adopt(.bagging)
    check(.enter, on: state, effects: [.train(.startAnew(several))]) {
      $0.overlay = .none
      $0.settings.experiment = several
      $0.message = "starting anew with variant bagging"
      $0.sentCommands = 1
      $0.askedStart = 1
    }
    state.settings.experiment = several
    state.overlay = .variants(line: 0)
    var back = several
    back.adopt(.unscaled)
    check(.enter, on: state, effects: [.train(.startAnew(back))]) {
      $0.overlay = .none
      $0.settings.experiment = back
      $0.message = "starting anew with variant unscaled"
      $0.sentCommands = 1
      $0.askedStart = 1
    }
    state.overlay = .palette(PaletteState(text: "variant random-subspace"))
    var other = several
    other.adopt(.randomSubspace)
    check(.enter, on: state, effects: [.train(.startAnew(other))]) {
      $0.overlay = .none
      $0.settings.experiment = other
      $0.message = "starting anew with variant random-subspace"
      $0.sentCommands = 1
      $0.askedStart = 1
    }
  }

  @Test("Tab goes through the panels and back to none, z zooms") func focusing() throws {
    var state = try state()
    for panel in state.view.panels {
      check(.tab, on: state) { $0.focus = panel }
      state.focus = panel
    }
    check(.tab, on: state) { $0.focus = nil }
    check(.backTab, on: state) { $0.focus = .curves }
    check("z", on: state) { $0.zoomed = .outcome }
    state.zoomed = .outcome
    check("z", on: state) { $0.zoomed = nil }
    check(.escape, on: state) { $0.zoomed = nil }
    state.zoomed = nil
    check(.escape, on: state) { $0.focus = nil }
  }

  @Test("Folded panels are tabs, and Tab turns them") func tabs() throws {
    var state = try state()
    state.size = ScreenSize(columns: 70, rows: 22)
    check(.tab, on: state) {
      $0.tab = 1
      $0.focus = .sums
    }
    check(.backTab, on: state) {
      $0.tab = 5
      $0.focus = .outcome
    }
  }

  @Test("1 and 6 change the view; there, arrows scroll") func views() throws {
    var state = try state()
    state.focus = .curves
    check("6", on: state) {
      $0.view = .data
      $0.focus = nil
    }
    state.view = .data
    state.focus = nil
    check(.down, on: state) { $0.scroll = [.examples: 1] }
    check(.up, on: state) { $0.scroll = [.examples: 0] }
    check(.left, on: state) { _ in }
    check("1", on: state) { $0.view = .live }
    check(.escape, on: state) { $0.view = .live }
  }

  @Test("2, 4 and 5 change the view and ask for what it shows; 1 needs no more") func closeViews()
    throws
  {
    var state = try state()
    let views: [(Key, ViewDefinition, MeasuredSubject)] = [
      ("2", .sums, .unit(state.selection)),
      ("4", .ensemble, .ensemble(output: nil, enumeratedUnits: 20, choosesExample: true)),
      ("5", .backward, .gradients()),
    ]
    for (key, view, subject) in views {
      var opened = state
      _ = opened.update(.keyPressed(key))
      check(key, on: state, effects: [.train(.look(at: subject, of: 0))]) {
        $0.view = view
        if view == .backward { $0.selection = opened.selection }
        $0.sentCommands = 1
        $0.sentSubject = subject
      }
    }
    _ = state.update(.keyPressed("2"))
    let next = Selection(layer: state.selection.layer, unit: state.selection.unit + 1)
    check("j", on: state, effects: [.train(.look(at: .unit(next), of: 0))]) {
      $0.selection = next
      $0.isSelectionChosen = true
      $0.sentCommands = 2
      $0.sentSubject = .unit(next)
    }
    check("1", on: state, effects: [.train(.look(at: .live, of: 0))]) {
      $0.view = .live
      $0.sentCommands = 2
      $0.sentSubject = .live
    }
    state.focus = .terms
    check("j", on: state) { $0.scroll = [.terms: 1] }
  }

  @Test("?, v, m, i and the colon open what they name, and Esc closes it") func overlays() throws {
    var state = try state()
    let cases: [(Key, Overlay)] = [
      ("?", .help(scroll: 0)), ("m", .menu(line: 0)),
      ("i", .explanation(ScreenPlace(panel: .sums, name: "step", row: state.selection.unit))),
      (":", .palette(PaletteState())),
    ]
    for (key, overlay) in cases {
      state.overlay = .none
      check(key, on: state) {
        $0.overlay = overlay
        // The unit of the menu stays, whatever is masked next.
        if key == "m" { $0.isSelectionChosen = true }
      }
      state.overlay = overlay
      check(.escape, on: state) { $0.overlay = .none }
    }
    state.overlay = .none
    check("v", on: state, effects: [.train(.look(at: .variants, of: 0))]) {
      $0.overlay = .variants(line: 0)
      $0.sentCommands = 1
      $0.sentSubject = .variants
    }
    _ = state.update(.keyPressed("v"))
    check(.escape, on: state, effects: [.train(.look(at: .live, of: 0))]) {
      $0.overlay = .none
      $0.sentCommands = 2
      $0.sentSubject = .live
    }
    state = try self.state()
    check("o", on: state) { $0.logAxis = true }
    check("w", on: state) { $0.overlay = .writeTo(SaveForm(name: ".")) }
    state.folder = "there"
    check("w", on: state, effects: [.write(folder: "there")]) { _ in }
    check(.control("l"), on: state, effects: [.redraw]) { _ in }
    check("X", on: state) { $0.message = "this key means nothing here; ? shows the keys" }
  }

  @Test("r starts anew, R with the next seed") func restarting() throws {
    let state = try state()
    check("r", on: state, effects: [.train(.startAnew(state.configuration))]) {
      $0.message = "starting anew"
      $0.sentCommands = 1
      $0.askedStart = 1
    }
    var seeded = state.configuration
    (seeded.dataSeed, seeded.initSeed, seeded.maskSeed) = (8, 8, 8)
    check("R", on: state, effects: [.train(.startAnew(seeded))]) {
      $0.settings.experiment = seeded
      $0.message = "starting anew with seed 8"
      $0.sentCommands = 1
      $0.askedStart = 1
    }
  }

  @Test("No key is without a test here: the table has the keys that these tests press")
  func complete() {
    let keys = KeyTable.rows.flatMap { $0.bindings.map(\.key) }
    let tested: Set<Key> = [
      "q", .control("c"), "?", .escape, " ", ".", "+", "=", "-", "s", "[", "]", "{", "}", "(", ")",
      "v", "p", .left, .right, .up, .down, "h", "j", "k", "l", .pageUp, .pageDown, "e", "E", "<",
      ">",
      .tab, .backTab, "z", "m", "i", ":", "o", "r", "R", "w", "y",
      "t", "n", "N", "a", .enter, "d", "f", "D", "F", .control("l"), ",", .home, .end, "g", "b",
      "u", "U", "H", "L", "S",
    ]
    let digits = ViewDefinition.all.indices.map {
      Key.character(Unicode.Scalar(UInt8(ascii: "1") + UInt8($0)))
    }
    #expect(Set(keys) == tested.union(digits))
  }
}
