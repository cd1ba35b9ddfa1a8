extension InputDecoder {
  mutating func begin(_ byte: UInt8) {
    switch byte {
    case 0x1B: state = .escape
    case 0x00..<0x80: end(Key(ascii: byte))
    // The same controls as after Escape, in one byte.
    case 0x8F: state = .single([])
    case 0x9B: state = .control([])
    case 0x90, 0x98, 0x9D, 0x9E, 0x9F: state = .string(sawEscape: false, isEmpty: true)
    case 0xC2..<0xE0:
      state = .character(value: UInt32(byte & 0x1F), missing: 1, smallest: 0x80)
    case 0xE0..<0xF0:
      state = .character(value: UInt32(byte & 0x0F), missing: 2, smallest: 0x800)
    case 0xF0..<0xF5:
      state = .character(value: UInt32(byte & 0x07), missing: 3, smallest: 0x10000)
    default: end(nil)
    }
  }

  mutating func continueCharacter(
    _ byte: UInt8, value: UInt32, missing: Int, smallest: UInt32
  ) {
    guard byte & 0xC0 == 0x80 else { return restart(byte) }
    let value = value << 6 | UInt32(byte & 0x3F)
    guard missing == 1 else {
      state = .character(value: value, missing: missing - 1, smallest: smallest)
      return
    }
    // A control of one byte, written as UTF-8, begins a sequence all the same.
    if (0x80..<0xA0).contains(value), smallest == 0x80 { return begin(UInt8(value)) }
    let scalar = value >= max(smallest, 0xA0) ? Unicode.Scalar(value) : nil
    end(scalar.map { .character($0) })
  }

  mutating func afterEscape(_ byte: UInt8) {
    switch byte {
    case 0x1B:
      state = .twoEscapes
    case 0x03:
      // Ctrl-C ends the program, whatever came before.
      emit(.escape)
      restart(byte)
    case UInt8(ascii: "["): state = .control([])
    case UInt8(ascii: "O"): state = .single([])
    case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "]"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      state = .string(sawEscape: false, isEmpty: true)
    case 0x20..<0x30: state = .intermediate
    case 0x80...:
      hasAlt = true
      begin(byte)
    default:
      hasAlt = true
      end(.escape)
    }
  }
}

extension InputDecoder {
  static let endOfPaste = Array("\u{1B}[201~".utf8)

  mutating func inPaste(_ byte: UInt8) {
    if pasted.count < InputDecoder.longestPaste { pasted.append(byte) }
    lastBytes.append(byte)
    if lastBytes.count > InputDecoder.endOfPaste.count { lastBytes.removeFirst() }
    guard lastBytes == InputDecoder.endOfPaste else { return }
    if pasted.count < InputDecoder.longestPaste {
      pasted.removeLast(InputDecoder.endOfPaste.count)
    }
    endPaste()
  }

  mutating func endPaste() {
    events.append(.pasted(String(decoding: pasted, as: UTF8.self)))
    (pasted, lastBytes) = ([], [])
    state = .ground
    hasAlt = false
  }
}
