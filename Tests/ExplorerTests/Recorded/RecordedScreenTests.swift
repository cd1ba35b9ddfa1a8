import DropoutEngine
import Explorer
import Foundation
import RecordingSamples
import Recordings
import RepeatableRandom
import TerminalCells
import Testing

@Suite("The screen of a recording") struct RecordedScreenTests {
  @Test("A bug, at 80x24 and 120x40") func bug() throws {
    try ExpectedText.check(RecordedStates.state().rows, named: "recorded-bug-80x24")
    try ExpectedText.check(
      RecordedStates.state(size: ScreenSize(columns: 120, rows: 40)).rows,
      named: "recorded-bug-120x40")
  }

  @Test("All right, in Unicode, at 80x24") func right() throws {
    var sample = RecordingSample()
    sample.isRight = true
    try ExpectedText.check(
      RecordedStates.state(sample, glyphs: .unicode, activity: .ended(step: 480)).rows,
      named: "recorded-right-80x24")
  }

  @Test("A recording of the Python package, at 80x24 and 120x40") func written() throws {
    let reader = try RecordingReader(path: WrittenRecording.path)
    while try reader.advance() == .read {}
    for size in [(80, 24), (120, 40)] {
      try ExpectedText.check(
        RecordedStates.state(
          reader, size: ScreenSize(columns: size.0, rows: size.1), glyphs: .unicode,
          activity: .gone(process: 1, silent: 60)
        ).rows, named: "recorded-package-\(size.0)x\(size.1)")
    }
  }

  @Test("Many layers: those around the selected one, and the divergence as a curve")
  func manyLayers() throws {
    var sample = RecordingSample()
    sample.layers = 200
    sample.prefix = "transformer.encoder.layers.fc"
    var state = try RecordedStates.state(sample)
    for _ in 0..<60 { try state.press(.right) }
    try ExpectedText.check(state.rows, named: "recorded-layers-80x24")
    #expect(state.layer == 61)
  }

  @Test("What is explained and listed, at 80x24") func boxes() throws {
    var state = try RecordedStates.state()
    try state.press("i")
    try ExpectedText.check(state.rows, named: "recorded-explained-80x24")
    try state.press("i")
    #expect(state.text.contains("sums explained") && state.text.contains("divergence / noise"))
    try state.press("v")
    try ExpectedText.check(state.rows, named: "recorded-verdicts-80x24")
    try state.press("?")
    #expect(state.text.contains("the verdicts on all gaps, with cures"))
    try state.press(.escape)
    #expect(state.overlay == .none)
  }

  @Test("Every size is drawn, and below the smallest one a word says so") func sizes() throws {
    var state = try RecordedStates.state()
    for columns in stride(from: 0, through: 210, by: 7) {
      for rows in stride(from: 0, through: 70, by: 5) {
        _ = state.update(.resized(ScreenSize(columns: columns, rows: rows)))
        let screen = RecordedScreen.draw(state)
        #expect(screen.width == columns)
        guard columns >= 60, rows >= 20 else {
          if columns >= 30, rows >= 4 {
            #expect(state.text.contains("dropscope needs 60"), "\(columns)x\(rows)")
          }
          continue
        }
        #expect(state.text.contains("BUG"), "\(columns)x\(rows)")
        #expect(state.text.contains("look "), "\(columns)x\(rows)")
      }
    }
  }

  @Test("The divergence behind a gap that is a bug has the colour of the alarm")
  func alarm() throws {
    let reader = try RecordingReader(path: WrittenRecording.path)
    while try reader.advance() == .read {}
    let state = try RecordedStates.state(reader, glyphs: .unicode)
    #expect(state.shown.worstVerdict(ofGap: 1).severity == .bug)
    let screen = RecordedScreen.draw(state)
    let rows = screen.plainRows
    // The sums of the layer stand above; its divergence is below the heading of that name.
    let heading = try #require(rows.firstIndex { $0.contains("DIVERGENCE") })
    func role(_ layer: String) throws -> Role {
      let row = try #require(rows[heading...].firstIndex { $0.hasPrefix(" \(layer) ") })
      let number = try #require(rows[row].firstIndex(of: "."))
      return screen[rows[row].distance(from: rows[row].startIndex, to: number), row].style
        .foreground
    }
    #expect(try role("first") == .text && role("second") == .extra && role("answer") == .extra)
  }

  @Test("Folded, each panel has a tab") func folded() throws {
    var state = try RecordedStates.state(size: ScreenSize(columns: 70, rows: 20))
    #expect(state.text.contains("[layers] sums  depth  over time  losses"))
    try state.press(.tab)
    #expect(state.text.contains("layers [sums]"))
    try state.press(.backTab, .backTab)
    #expect(state.text.contains("[losses]"))
  }

  @Test("Whether the training runs, ended, stopped or was silent") func activity() throws {
    for (activity, text) in [
      (RecordingActivity.running(silent: 0), "step 480  running"),
      (.running(silent: 42), "step 480  running, silent 42 s"),
      (.ended(step: 480), "step 480  ended at step 480"),
      (.failed(step: 480, why: "x"), "step 480  failed at step 480"),
      (.gone(process: 4711, silent: 7200), "step 480  stopped, silent 2 h"),
      (.unclaimed(silent: 30), "step 480  not written, silent 30 s"),
      (.pipeEnded, "step 480  pipe ended"), (.piped(silent: 11), "running, silent 11 s"),
    ] {
      #expect(try RecordedStates.state(activity: activity).rows[0].contains(text))
    }
    var state = try RecordedStates.state(activity: .pipeEnded)
    _ = state.update(.activityChanged(.pipeEnded, unfinishedBytes: 12))
    #expect(state.rows[0].contains("pipe ended, last line torn"))
    _ = state.update(.failed("a.jsonl: line 5 is no JSON"))
    #expect(state.rows[1].contains("BROKEN a.jsonl: line 5 is no JSON"))
  }

  @Test("A model without layers, and numbers that are not finite or were not measured")
  func edges() throws {
    var none = RecordingSample()
    none.layers = 0
    var empty = try RecordedStates.state(none)
    for key: Key in [.right, .left, .down, .up, "n", "v", .escape, "z", .tab, "i"] {
      try empty.press(key)
      _ = empty.text
    }
    let sample = RecordingSample()
    for value in ["null", "\"NaN\"", "\"Infinity\"", "1e308", "-1e308", "0", "5e-324"] {
      let look = Self.replacingNumbers(sample.look(1), with: value)
      let reader = try RecordedStates.reader(sample.header + "\n" + look + "\n")
      for size in [(80, 24), (120, 40), (200, 60), (60, 20)] {
        var state = try RecordedStates.state(
          reader, size: ScreenSize(columns: size.0, rows: size.1), glyphs: .unicode)
        for key: Key in ["o", "i", "v", .escape, "z", .tab, .tab, .tab, .tab, .right, "i"] {
          try state.press(key)
          #expect(state.text.contains("look "), "\(value)")
        }
      }
    }
  }

  @Test("What can be read of recordings that were damaged at random is drawn") func damaged() throws
  {
    var random = Generator(seed: 20_260_103)
    let whole = Array(RecordingSample().text(looks: 3).utf8)
    var drawn = 0
    for _ in 0..<2000 {
      let text = String(decoding: damagedBytes(of: whole, using: &random), as: UTF8.self)
      guard let reader = try? RecordedStates.reader(text), reader.lookCount > 0 else { continue }
      drawn += 1
      var state = try RecordedStates.state(
        reader, size: ScreenSize(columns: random.int(60...200), rows: random.int(20...60)),
        glyphs: .unicode)
      for key: Key in [.home, "i", .tab, "v", .escape, .right, .down, "z", "o", "n", .end] {
        try state.press(key, from: reader)
        #expect(state.text.contains("look "))
      }
    }
    #expect(drawn > 100)
  }

  /// A look in which each number of its columns and losses is another one.
  private static func replacingNumbers(_ look: String, with value: String) -> String {
    let start = look.range(of: "\"loss\"")?.lowerBound ?? look.startIndex
    let end = look.range(of: "\"masks\"")?.lowerBound ?? look.endIndex
    var result = String(look[..<start])
    var number = ""
    for character in look[start..<end] {
      if character.isNumber || character == "." || character == "-" {
        number.append(character)
        continue
      }
      if !number.isEmpty {
        result += number.contains(".") ? value : number
        number = ""
      }
      result.append(character)
    }
    return result + look[end...]
  }

  @Test("Names that act on a terminal are written out") func hostileNames() throws {
    var sample = RecordingSample()
    sample.prefix = #"\u001b]0;x\u0007\u001b[31m\u202e"#
    sample.model = #"M\u001b[2J\n"#
    for size in [(80, 24), (120, 40), (200, 60), (60, 20)] {
      var state = try RecordedStates.state(
        sample, size: ScreenSize(columns: size.0, rows: size.1), glyphs: .unicode)
      for key: Key in ["i", .tab, .tab, .tab, .tab, "v", .escape, "z", .tab, .tab] {
        try state.press(key)
        let raw = state.text.unicodeScalars.first { $0 != "\n" && !ForeignText.isPlain($0) }
        #expect(raw == nil, "\(raw.debugDescription)")
      }
    }
  }
}
