import RepeatableRandom
import TerminalCells
import Testing

@Suite("The bytes of a terminal become keys, or nothing") struct InputDecoderTests {
  /// The events of bytes that arrive together, and stand still afterwards.
  private func events(_ bytes: [UInt8]) -> [TerminalEvent] {
    var decoder = InputDecoder()
    decoder.take(bytes)
    var events: [TerminalEvent] = []
    while let event = decoder.next() { events.append(event) }
    decoder.giveUp()
    while let event = decoder.next() { events.append(event) }
    return events
  }

  private func events(_ text: String) -> [TerminalEvent] { events(Array(text.utf8)) }

  @Test(
    "Keys are what they say in every form",
    arguments: [
      ("\u{1B}[A", Key.up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}OB", .down),
      ("\u{1B}[C", .right), ("\u{1B}OD", .left), ("\u{1B}[1;1A", .up), ("\u{1B}[H", .home),
      ("\u{1B}OH", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home), ("\u{1B}[F", .end),
      ("\u{1B}OF", .end), ("\u{1B}[4~", .end), ("\u{1B}[8~", .end), ("\u{1B}[5~", .pageUp),
      ("\u{1B}[6~", .pageDown), ("\u{1B}[3~", .delete), ("\u{1B}[Z", .backTab),
      ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[[A", .function(1)),
      ("\u{1B}[15~", .function(5)), ("\u{1B}[[E", .function(5)), ("\u{1B}[17~", .function(6)),
      ("\u{1B}[24~", .function(12)), ("\u{1B}OM", .enter), ("\r", .enter), ("\n", .enter),
      ("\u{7F}", .backspace), ("\u{8}", .backspace), ("\t", .tab), ("\u{1B}", .escape),
      ("\u{C}", .control("l")), ("\u{0}", .control(" ")), ("é", .character("é")),
      ("漢", .character("漢")), ("😀", .character("😀")), ("\u{1B}Oq", .character("1")),
      ("\u{1B}Or", .character("2")), ("\u{1B}Os", .character("3")), ("\u{1B}Ow", .character("7")),
      ("\u{1B}Op", .character("0")), ("\u{1B}Oy", .character("9")), ("\u{1B}Ok", .character("+")),
      ("\u{1B}Om", .character("-")), ("\u{1B}On", .character(".")),
    ])
  func keys(bytes: String, key: Key) {
    #expect(events(bytes) == [.key(key)])
  }

  @Test(
    "Alt with a key is one event that means nothing",
    arguments: [
      "\u{1B}q", "\u{1B}r", "\u{1B}s", "\u{1B}5", "\u{1B}é", "\u{1B}\r", "\u{1B}\u{1B}[A",
      "\u{1B}\u{1B}OA", "\u{1B}[1;3A", "\u{1B}[", "\u{1B}O", "\u{1B}]", "\u{1B}P", "\u{1B} ",
      "\u{1B}(",
    ])
  func alt(bytes: String) { #expect(events(bytes) == [.key(.alt)]) }

  /// Everything that a terminal may say of itself, and what nobody knows.
  private static let noise = [
    "\u{1B}[?1;2c", "\u{1B}[>41;354;0c", "\u{1B}[24;80R", "\u{1B}[0n", "\u{1B}[?2026;2$y",
    "\u{1B}[8;24;80t", "\u{1B}[I", "\u{1B}[O", "\u{1B}]11;rgb:0000/0000/0000\u{7}",
    "\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}_Gi=31;OK\u{1B}\\",
    "\u{1B}^quit\u{1B}\\", "\u{1B}Xquit\u{1B}\\", "\u{1B}[1;5A", "\u{1B}[1;2B", "\u{1B}[999~",
    "\u{1B}[27;5;113~", "\u{1B}[113;5u", "\u{1B}[2~", "\u{1B}[E", "\u{1B}[201~", "\u{1B}O5A",
    "\u{1B}[12;34", "\u{1B}[?25", "\u{1B}]0;quit", "\u{1B}[[", "\u{1B}[<0;1", "\u{1B}[M !",
    "\u{1B}[38;2;1;2;3m", "\u{1B}[!p", "\u{1B}( B",
    "\u{1B}[<35;10;10M", "\u{1B}[<0;0;0M", "\u{1B}[<99;1;1m",
  ]

  @Test("Replies, unknown and cut sequences are swallowed whole", arguments: noise)
  func swallowed(bytes: String) {
    #expect(events(bytes).isEmpty, "\(events(bytes))")
  }

  @Test("Sequences of 8 bits and bytes that are no text are swallowed") func bytes() {
    #expect(events([0x9B, 0x41]) == [.key(.up)])
    #expect(events([0x9B, 0x3F, 0x31, 0x63]).isEmpty)
    // The same byte as a character of UTF-8.
    #expect(events([0xC2, 0x9B, 0x41]) == [.key(.up)])
    #expect(events([0xC2, 0x9B, 0x3F, 0x31, 0x63]).isEmpty)
    #expect(events([0xC2, 0x9D, 0x71, 0xC2, 0x9C]).isEmpty)
    #expect(events([0x9D, 0x30, 0x3B, 0x71, 0x9C]).isEmpty)
    #expect(events([0xFF, 0xFE, 0x80, 0xC0, 0xAF, 0xED, 0xA0, 0x80]).isEmpty)
    // A byte that does not continue a character is read by itself.
    #expect(events([0xC3, 0x28]) == [.key(.character("("))])
    #expect(events([0xE2, 0x82, 0x1B, 0x5B, 0x41]) == [.key(.up)])
  }

  @Test("The mouse is read in three encodings") func mouse() {
    let press = TerminalEvent.mouse(Mouse(x: 5, y: 3, action: .press(button: 1)))
    #expect(events("\u{1B}[<0;6;4M") == [press])
    #expect(events("\u{1B}[M &$") == [press])
    #expect(events("\u{1B}[32;6;4M") == [press])
    #expect(
      events("\u{1B}[<0;6;4m") == [.mouse(Mouse(x: 5, y: 3, action: .release(button: 1)))])
    #expect(events("\u{1B}[<64;1;1M") == [.mouse(Mouse(x: 0, y: 0, action: .wheelUp))])
    #expect(events("\u{1B}[M#&$") == [.mouse(Mouse(x: 5, y: 3, action: .release(button: 1)))])
  }

  @Test("Pasted text is one event, whatever it holds") func paste() {
    #expect(events("\u{1B}[200~quit\nq\u{1B}[A\u{1B}[201~") == [.pasted("quit\nq\u{1B}[A")])
    #expect(events("\u{1B}[200~abc") == [.pasted("abc")])
    #expect(events("\u{1B}[200~\u{1B}[201~x") == [.pasted(""), .key(.character("x"))])
    let long = String(repeating: "q", count: InputDecoder.longestPaste + 999)
    guard case .pasted(let kept) = events("\u{1B}[200~\(long)\u{1B}[201~").first else {
      Issue.record("nothing was pasted")
      return
    }
    #expect(kept.utf8.count == InputDecoder.longestPaste)
  }

  @Test("A sequence that a slow line tears is put together") func torn() {
    for sequence in ["\u{1B}[A", "\u{1B}OA", "\u{1B}[1;1A"] {
      let bytes = Array(sequence.utf8)
      for cut in 1..<bytes.count {
        var decoder = InputDecoder()
        decoder.take(bytes[..<cut])
        #expect(decoder.next() == nil && decoder.waiting != .nothing)
        decoder.take(bytes[cut...])
        #expect(decoder.next() == .key(.up) && decoder.next() == nil)
      }
    }
    // Where the Escape has been taken for a key already, its rest is none.
    var decoder = InputDecoder()
    decoder.take([0x1B])
    decoder.giveUp()
    #expect(decoder.next() == .key(.escape))
    decoder.take(Array("[?1;2c".utf8), followsEscape: true)
    #expect(decoder.next() == nil)
    // One character alone waits for more, and was typed where nothing comes.
    for key in "[O]P_^X".unicodeScalars {
      decoder.take(Array(String(key).utf8), followsEscape: true)
      #expect(decoder.next() == nil && decoder.waiting == .beginning)
      decoder.giveUp()
      #expect(decoder.next() == .key(.character(key)))
    }
    // A byte that no terminal sends behind it was typed: `]` raises the keep probability.
    decoder.take(Array("]".utf8), followsEscape: true)
    decoder.take(Array("]s".utf8))
    for key in "]]s".unicodeScalars { #expect(decoder.next() == .key(.character(key))) }
    for byte in "[24;80R".utf8 {
      decoder.take(CollectionOfOne(byte), followsEscape: byte == UInt8(ascii: "["))
      #expect(decoder.next() == nil)
    }
    decoder.take(CollectionOfOne(UInt8(ascii: "O")), followsEscape: true)
    decoder.take(CollectionOfOne(UInt8(ascii: "q")))
    #expect(decoder.next() == .key(.character("1")))
  }

  @Test(
    "A sequence that is torn behind its Escape is swallowed but for the Escape", arguments: noise)
  func tornBehindEscape(sequence: String) {
    var decoder = InputDecoder()
    let bytes = Array(sequence.utf8)
    decoder.take(bytes.prefix(1))
    decoder.giveUp()
    #expect(decoder.next() == .key(.escape))
    guard "[OPX]^_".utf8.contains(bytes[1]) else { return }
    for size in 1...4 {
      for start in stride(from: 1, to: bytes.count, by: size) {
        decoder.take(bytes[start..<min(start + size, bytes.count)], followsEscape: start == 1)
      }
      decoder.giveUp()
      #expect(decoder.next() == nil)
    }
  }

  @Test("Of typed keys among noise in pieces, exactly the typed ones act", arguments: 0..<40)
  func fuzz(seed: Int) {
    var random = Generator(seed: UInt64(seed))
    var decoder = InputDecoder()
    var (typed, seen): ([TerminalEvent], [TerminalEvent]) = ([], [])
    func collect() { while let event = decoder.next() { seen.append(event) } }
    for _ in 0..<400 {
      var bytes: [UInt8]
      if random.int(below: 2) == 0 {
        let key = Unicode.Scalar(UInt8(random.int(0x20...0x7E)))
        typed.append(.key(.character(key)))
        bytes = Array(String(key).utf8)
      } else {
        bytes = Array(random.element(InputDecoderTests.noise).utf8)
      }
      while !bytes.isEmpty {
        let count = min(bytes.count, random.int(1...6))
        decoder.take(bytes.prefix(count))
        bytes.removeFirst(count)
      }
      // A sequence that is whole or cut short ends here; what follows was typed later.
      collect()
      decoder.giveUp()
      collect()
    }
    #expect(seen == typed)
  }

  @Test("Random bytes never trap, and nothing stays open for good", arguments: 0..<20)
  func randomBytes(seed: Int) {
    var random = Generator(seed: UInt64(seed + 1000))
    var decoder = InputDecoder()
    for _ in 0..<3000 {
      let isLikely = random.int(below: 3) > 0
      let byte =
        isLikely
        ? random.element(Array("\u{1B}[]OPM;<?0123456789~ABqR\u{7}\\".utf8))
        : UInt8(random.int(0...255))
      decoder.take(CollectionOfOne(byte), followsEscape: random.int(below: 2) == 0)
      while decoder.next() != nil {}
    }
    decoder.giveUp()
    while decoder.next() != nil {}
    #expect(decoder.waiting == .nothing)
    decoder.take(Array("q".utf8))
    #expect(decoder.next() == .key(.character("q")))
  }
}
