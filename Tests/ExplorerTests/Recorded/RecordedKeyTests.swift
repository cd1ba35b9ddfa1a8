import Explorer
import RecordingSamples
import Recordings
import TerminalCells
import Testing

@Suite("The keys of a recording") struct RecordedKeyTests {
  @Test("Comma and point, < and >, Home and End go through the looks; the newest is followed")
  func looks() throws {
    let sample = RecordingSample()
    let reader = try RecordedStates.reader(sample.text(looks: 100))
    var state = try RecordedStates.state(reader)
    #expect(state.shown.look.number == 100)
    for (key, number) in [
      (Key.character(","), 99), (",", 98), (".", 99), ("<", 94), (">", 99), (.home, 1),
      (",", 1), (".", 2), (">", 7), (.end, 100), (".", 100),
    ] {
      try state.press(key, from: reader)
      #expect(state.shown.look.number == number, "\(key)")
      #expect(state.isFollowing == (number == 100), "\(key)")
    }
    #expect(state.message == "this is the newest look")
    try state.press("<", from: reader)
    #expect(state.message.isEmpty)
    try state.press(" ", from: reader)
    #expect(state.isFollowing)
    #expect(state.shown.look.number == 100)
  }

  @Test("A new look is shown while the newest is followed, and not while one is held")
  func growth() throws {
    let sample = RecordingSample()
    let reader = try RecordedStates.reader(sample.text(looks: 3))
    let history = try #require(reader.history)
    var state = try RecordedStates.state(RecordedStates.reader(sample.text(looks: 2)))
    #expect(state.update(.grew(lookCount: 3, history: history)) == [.show(2)])
    // It is shown when it is there, and an answer that comes late is dropped.
    #expect(state.shown.look.number == 2)
    _ = state.update(.lookArrived(try reader.look(at: 0)))
    #expect(state.shown.look.number == 2)
    _ = state.update(.lookArrived(try reader.look(at: 2)))
    #expect(state.shown.look.number == 3)
    try state.press(" ")
    #expect(state.update(.grew(lookCount: 4, history: history)) == [])
    #expect(state.lookCount == 4)
  }

  @Test("Alt with a key means nothing, and help names the terminal") func altAndTerminal() throws {
    var state = try RecordedStates.state()
    #expect(state.update(.keyPressed(.alt)) == [])
    #expect(state.message.hasPrefix("Alt with a key means nothing here"))
    state.terminalType = "screen-256color"
    try state.press("?")
    #expect(state.update(.keyPressed(.alt)) == [])
    #expect(state.overlay == .help(scroll: 0))
    state.size = ScreenSize(columns: 120, rows: 40)
    #expect(state.rows.contains { $0.contains("TERM screen-256color, 120x40") })
  }

  @Test("The arrows select layer and unit, and stay inside") func selection() throws {
    var state = try RecordedStates.state()
    #expect(state.layer == 1)
    try state.press(.left, .left, .left)
    #expect(state.layer == 0)
    try state.press("l", "l", "l", "l")
    #expect(state.layer == 2)
    try state.press(.pageUp)
    #expect(state.unit == 0)
    try state.press("j", "k", "k", .down)
    #expect(state.unit == 1)
    try state.press(.pageDown)
    #expect(state.unit == 7)
    try state.press("n")
    #expect(state.layer == 1)
  }

  @Test("A click selects a layer or a unit, the wheel goes through the units") func mouse() throws {
    var state = try RecordedStates.state()
    let row = try #require(state.rows.firstIndex { $0.contains("fc3") })
    _ = state.update(.mouseUsed(Mouse(x: 5, y: row, action: .press(button: 1))))
    #expect(state.layer == 2)
    let unit = try #require(state.rows.firstIndex { $0.contains(" 12 ") })
    _ = state.update(.mouseUsed(Mouse(x: 45, y: unit, action: .press(button: 1))))
    #expect(state.unit == 4)
    // The number under the pointer is explained; the wheel waits until that is read.
    try state.press(.escape)
    _ = state.update(.mouseUsed(Mouse(x: 45, y: unit, action: .wheelDown)))
    #expect(state.unit == 5)
  }

  @Test("i explains a number in its place; arrows and Tab go on, i again explains its panel")
  func explanations() throws {
    var state = try RecordedStates.state(size: ScreenSize(columns: 120, rows: 40))
    try state.press("i")
    #expect(state.text.contains("this step = "))
    try state.press(.right)
    #expect(state.text.contains("standard error = spread / sqrt(passes) = "))
    try state.press(.right, .right)
    #expect(state.text.contains("test / train = "))
    try state.press(.tab)
    #expect(!state.text.contains("test sum is as large"))
    try state.press("i")
    #expect(state.overlay == .formula(scroll: 0))
    try state.press(.escape)
    #expect(state.overlay == .none)
  }

  @Test("Each number of a recording can be clicked at and is explained, at any size")
  func clicks() throws {
    for size in [(80, 24), (120, 40), (200, 60)] {
      let state = try RecordedStates.state(size: ScreenSize(columns: size.0, rows: size.1))
      let map = RecordedScreen.hitMap(state)
      #expect(Set(map.places.map(\.place.name)).isSuperset(of: ["keep", "ratio", "divergence"]))
      for (place, area) in map.places {
        var asked = state
        let click = Mouse(x: area.x, y: area.y, action: .press(button: 1))
        _ = asked.update(.mouseUsed(click))
        let uppermost = try #require(map.place(x: area.x, y: area.y))
        #expect(asked.overlay == .explanation(uppermost), "\(place)")
        #expect(asked.text.contains("arrows: next"), "\(place)")
        // The same number again closes the box.
        _ = asked.update(.mouseUsed(click))
        #expect(asked.overlay == .none, "\(place)")
      }
    }
  }

  @Test("q and Ctrl-C quit, w writes a picture, other keys say that they mean nothing")
  func effects() throws {
    var state = try RecordedStates.state()
    #expect(state.update(.keyPressed("q")) == [.quit])
    #expect(state.update(.keyPressed(.control("c"))) == [.quit])
    #expect(state.update(.keyPressed("w")) == [.writePicture])
    #expect(state.update(.keyPressed("x")) == [])
    #expect(state.message == "this key means nothing here; ? shows the keys")
    _ = state.update(.told("written: a.svg"))
    #expect(state.rows[22].contains("written: a.svg"))
  }

  @Test("Each key has one meaning, and a row of the help") func table() throws {
    let keys = RecordedKeys.rows.flatMap(\.bindings).map(\.key)
    #expect(Set(keys).count == keys.count)
    var state = try RecordedStates.state(size: ScreenSize(columns: 120, rows: 40))
    try state.press("?")
    for row in RecordedKeys.rows { #expect(state.text.contains(row.help), "\(row.keys)") }
    for key in keys { _ = state.update(.keyPressed(key)) }
  }
}
