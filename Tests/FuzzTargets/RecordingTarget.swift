import DropoutEngine
import Explorer
import Fuzzing
import RecordingSamples
import Recordings
import RepeatableRandom
import TerminalCells

extension FuzzTarget {
  /// Recordings of trainings, which grow while they are read, and their screen.
  static let recordings = FuzzTarget("recordings", "recordings of other people's trainings") {
    room in
    let samples = RecordingInput.samples
    return FuzzReader(samples: samples, make: { RecordingInput.make(samples, &$0) }) { bytes in
      let input = PartedInput(bytes)
      do {
        return try RecordingInput.read(input, in: room)
      } catch let error as RecordingError {
        return .refused(error.description)
      }
    }
  }
}

/// Recordings that were changed, the place where they are read half, and keys for their screen.
private enum RecordingInput {
  static let samples: [[UInt8]] = {
    var deep = RecordingSample()
    (deep.layers, deep.shown) = (6, 2)
    var right = RecordingSample()
    right.isRight = true
    var small = RecordingSample()
    (small.layers, small.shown, small.model) = (1, 1, "\u{1B}[31mModel")
    let texts = [
      RecordingSample().text(looks: 3), deep.text(looks: 2), right.text(looks: 4, isClosed: false),
      small.text(looks: 5), small.text(looks: 0), right.text(looks: 1),
    ]
    return texts.map { Array($0.utf8) }
  }()

  private static let mutator = Mutator(
    words: [
      "recording", "look", "step", "seconds", "spent", "loss", "batch", "train", "test", "layers",
      "divergence", "floor", "ratio", "units", "sd", "masks", "gap", "kept", "gaps", "findings",
      "calls", "backward", "eval", "eval with gradient", "end", "closed", "failed", "looks", "null",
      "\"NaN\"", "\"Infinity\"", "[]", "{}", "\"\"", "true", "name", "call", "kind", "inputs",
      "shape", "source", "shown inputs", "shown units", "verdict", "none", "unmeasured", "right",
      "budget", "every", "process", "frameworks", "\\u0000", "\\ud83d", "\u{1B}[2J", "\n", "\n\n",
      "???", "0101010101",
    ], most: 60_000)

  static func make(_ samples: [[UInt8]], _ random: inout Generator) -> [UInt8] {
    var settings: [(name: String, value: String)] = []
    if random.int(below: 3) == 0 {
      settings.append(("half", "\(random.int(below: 10_000))"))
    }
    if random.int(below: 10) == 0 {
      let pressed = (0..<random.int(1...30)).map { _ in random.element(keys) }
      settings.append(("keys", pressed.joined(separator: " ")))
      settings.append(("size", "\(random.int(0...200)) \(random.int(0...60))"))
    }
    return PartedInput(settings: settings, parts: [mutator.mutated(samples, &random)]).bytes
  }

  private static let keys = [
    "j", "k", "h", "l", "up", "down", "left", "right", ",", ".", "<", ">", "Home", "End", "Tab",
    "Shift-Tab", "z", "i", "?", "o", "space", "Esc", "PageDown", "PageUp", "Enter", "1", "g", "e",
    "w", "Ctrl-L", "n",
  ]

  static func read(_ input: PartedInput, in room: FuzzRoom) throws -> FuzzOutcome {
    let bytes = input.parts[0]
    // A recording grows while it is read.
    let half = input.value("half").flatMap(Int.init).map { min(max(0, $0), bytes.count) }
    try room.write(bytes[..<(half ?? bytes.count)], to: "recording.jsonl")
    let reader = try RecordingReader(path: room.file("recording.jsonl"))
    while try reader.advance() == .read {}
    if let half {
      try FuzzRoom.write(bytes[half...], to: room.file("recording.jsonl"), appending: true)
      while try reader.advance() == .read {}
    }
    guard let header = reader.header, let history = reader.history, reader.lookCount > 0 else {
      return .refused(reader.emptyError.description)
    }
    for index in 0..<reader.lookCount {
      let shown = try reader.look(at: index)
      for line in [RecordedPlainText.line(shown, of: header)]
        + RecordedPlainText.verdicts(shown, of: header) where !line.isEmpty
      {
        try FuzzFault.unless(
          line.unicodeScalars.allSatisfy(ForeignText.isPlain), "a line can be shown", line)
      }
    }
    guard let keys = input.value("keys") else { return .accepted }
    let size = (input.value("size") ?? "").split(separator: " ").compactMap { Int($0) }
    var state = RecordedState(
      header: header, shown: try reader.look(at: reader.lookCount - 1), lookCount: reader.lookCount,
      history: history, activity: .running(silent: 0),
      size: ScreenSize(
        columns: min(max(0, size.first ?? 80), 400), rows: min(max(0, size.last ?? 24), 200)))
    let pressed = keys.split(separator: " ").compactMap { Key(name: String($0)) }
    try check(state)
    for key in pressed {
      for case .show(let index) in state.update(.keyPressed(key)) {
        _ = state.update(.lookArrived(try reader.look(at: index)))
      }
      try check(state)
    }
    return .accepted(events: pressed.count)
  }

  private static func check(_ state: RecordedState) throws(FuzzFault) {
    for row in RecordedScreen.draw(state).plainRows {
      try FuzzFault.unless(
        row.unicodeScalars.allSatisfy(ForeignText.isPlain), "a cell shows a character", row)
    }
    _ = RecordedScreen.hitMap(state)
    try FuzzFault.unless(
      (0..<max(1, state.header.layers.count)).contains(state.layer),
      "the layer that is selected exists", "\(state.layer)")
  }
}
