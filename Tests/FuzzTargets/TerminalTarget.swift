import Fuzzing
import TerminalCells

extension FuzzTarget {
  /// The bytes that a terminal sends.
  static let terminal = FuzzTarget("terminal", "the bytes that a terminal sends") { _ in
    let mutator = Mutator(words: TerminalSamples.words, marks: "[]OPX^_~;<MmIuRAHF0123456789\\")
    return FuzzReader(samples: TerminalSamples.words.map { Array($0.utf8) }, mutator) { bytes in
      let whole = try TerminalSamples.events(bytes, in: bytes.count)
      // A sequence counts as a whole, also where it comes in pieces.
      for size in [1, 3] {
        let pieces = try TerminalSamples.events(bytes, in: size)
        try FuzzFault.unless(
          pieces == whole, "bytes that come in pieces are the same events",
          "\(size) each: \(pieces.suffix(3)), whole: \(whole.suffix(3))")
      }
      // A wait that is given up, and an Escape before, wherever that is.
      var decoder = InputDecoder()
      for (index, byte) in bytes.enumerated() {
        decoder.take([byte], followsEscape: index % 5 == 2)
        if index % 3 == 2 { decoder.giveUp() }
        while let event = decoder.next() { try TerminalSamples.check(event) }
      }
      decoder.giveUp()
      try FuzzFault.unless(
        decoder.waiting == .nothing, "nothing is open once the wait is given up")
      return .accepted(events: whole.count)
    }
  }
}

private enum TerminalSamples {
  static let words = [
    "q", "\u{1B}", "\u{1B}[A", "\u{1B}[1;5C", "\u{1B}OP", "\u{1B}[15~", "\u{1B}[<0;10;5M",
    "\u{1B}[<0;10;5m", "\u{1B}[<64;1;1M", "\u{1B}[<35;999999999999;0M", "\u{1B}[M !!",
    "\u{1B}[200~pasted text\n\u{1B}[201~", "\u{1B}[200~", "\u{1B}[201~",
    "\u{1B}]11;rgb:00/00/00\u{7}",
    "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[?1;2c", "\u{1B}[I", "\u{1B}[O", "\u{1B}\u{1B}[A", "\u{1B}[[A",
    "\u{E9}", "\u{6F22}", "\u{1F600}", "\r", "\n", "\t", "\u{8}", "\u{7F}", "\u{3}", "\u{1A}",
    "\u{0}", "\u{1B}[27;5;120~", "\u{1B}[97;5u", "\u{1B}[1;99999999999999999999A", "\u{1B}[;;;;H",
    "\u{1B}O5A", "\u{1B}(B", "\u{1B}_x\u{1B}\\", "\u{1B}[12;34R", "\u{9B}A", "\u{1B}[<0;10",
  ]

  /// The events of bytes that come in pieces of a size, and a last wait that is given up.
  static func events(_ bytes: [UInt8], in size: Int) throws -> [TerminalEvent] {
    var decoder = InputDecoder()
    var events: [TerminalEvent] = []
    for start in stride(from: 0, to: bytes.count, by: max(1, size)) {
      decoder.take(bytes[start..<min(start + max(1, size), bytes.count)])
    }
    decoder.giveUp()
    while let event = decoder.next() {
      try check(event)
      events.append(event)
    }
    return events
  }

  static func check(_ event: TerminalEvent) throws(FuzzFault) {
    switch event {
    case .key(.character(let scalar)):
      try FuzzFault.unless(
        scalar.properties.generalCategory != .control, "a key is a character",
        "U+\(String(scalar.value, radix: 16))")
    case .mouse(let mouse):
      try FuzzFault.unless(mouse.x >= 0 && mouse.y >= 0, "the mouse is on the screen", "\(mouse)")
    case .pasted(let text):
      try FuzzFault.unless(
        text.utf8.count <= 3 * InputDecoder.longestPaste, "a paste is bounded")
    default: break
    }
  }
}
