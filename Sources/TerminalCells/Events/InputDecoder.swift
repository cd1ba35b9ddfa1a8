/// Makes events of the bytes that a terminal sends.
///
/// A sequence of control bytes counts as a whole, known or not: nothing of it becomes a key, also
/// where it comes in pieces. Digits and arrows are read in every form that terminals send them in,
/// whatever type they claim.
///
/// > Source: ECMA-48, Control Functions for Coded Character Sets, 5.4; xterm, Control Sequences.
public struct InputDecoder: Sendable {
  /// The reason why a decoder would rather wait for more bytes.
  public enum Waiting: Equatable, Sendable {
    /// Nothing is open.
    case nothing
    /// An Escape may be a key, or the start of a sequence.
    case escape
    /// The first byte behind an Escape may begin a sequence, or be a key.
    case beginning
    /// A sequence, or a character of several bytes, has begun.
    case sequence
    /// Text is being pasted.
    case paste
  }

  /// The largest number of bytes of pasted text; the rest is left out.
  public static let longestPaste = 1 << 20

  enum State: Equatable {
    case ground
    case escape
    /// Two Escapes: Alt with a key of several bytes, or Escape twice.
    case twoEscapes
    /// `ESC [`, with its parameters.
    case control([UInt8])
    /// `ESC [ [`, as the Linux console begins function keys.
    case linuxFunction
    /// `ESC O`, with parameters that some terminals put there.
    case single([UInt8])
    /// `ESC` and intermediate bytes, until one that is none.
    case intermediate
    /// A string for a program: until BEL or `ESC \`.
    case string(sawEscape: Bool, isEmpty: Bool)
    /// A report of the mouse in its old form: three bytes.
    case mouse([UInt8])
    case paste
    /// A character of several bytes in UTF-8.
    case character(value: UInt32, missing: Int, smallest: UInt32)
  }

  var state = State.ground
  var hasAlt = false
  /// The byte that began the open sequence, where the Escape before it has been taken for a key.
  var torn: UInt8?
  var pasted: [UInt8] = []
  /// The last bytes of a paste, to find its end however long it is.
  var lastBytes: [UInt8] = []
  var events: [TerminalEvent] = []

  /// Creates a decoder with nothing open.
  public init() {}

  /// The reason to wait for more bytes.
  public var waiting: Waiting {
    switch state {
    case .ground: .nothing
    case .escape, .twoEscapes: .escape
    case .control([]), .single([]), .intermediate, .string(_, isEmpty: true): .beginning
    case .paste: .paste
    default: .sequence
    }
  }

  /// The next event; nil where there is none.
  public mutating func next() -> TerminalEvent? { events.isEmpty ? nil : events.removeFirst() }

  /// Takes up bytes that arrived together.
  ///
  /// - Parameters:
  ///   - bytes: the bytes.
  ///   - followsEscape: whether an Escape has just been taken for a key. A slow line may have torn
  ///     a sequence there: what begins one, such as `[` or `O`, was not typed where more of it
  ///     follows, and alone it waits.
  public mutating func take(_ bytes: some Collection<UInt8>, followsEscape: Bool = false) {
    if followsEscape, state == .ground, let first = bytes.first, "[OPX]^_".utf8.contains(first) {
      state = .escape
      torn = first
    }
    for byte in bytes { take(byte) }
  }

  /// Ends the wait: what is open will not go on.
  public mutating func giveUp() {
    switch state {
    case .ground: return
    case .escape: emit(.escape)
    case .twoEscapes:
      emit(.escape)
      emit(.escape)
    case .control([]), .single([]), .intermediate, .string(_, isEmpty: true):
      // Typed after Escape, or Alt with one of the characters that begin a sequence.
      emit(torn.map { .character(Unicode.Scalar($0)) } ?? .alt)
    case .paste: endPaste()
    case .control, .linuxFunction, .single, .string, .mouse, .character: break
    }
    state = .ground
    hasAlt = false
    torn = nil
  }

  mutating func emit(_ key: Key) { events.append(.key(key)) }

  /// Emits the key of a whole sequence; with Alt it means nothing.
  mutating func end(_ key: Key?) {
    if let key { emit(hasAlt ? .alt : key) }
    state = .ground
    hasAlt = false
    torn = nil
  }

  mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: begin(byte)
    case .escape: afterEscape(byte)
    case .twoEscapes:
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") {
        hasAlt = true
        afterEscape(byte)
      } else {
        emit(.escape)
        afterEscape(byte)
      }
    case .control(let parameters): inControl(byte, parameters)
    case .linuxFunction:
      let number = Int(byte) - 64
      end((1...5).contains(number) ? .function(number) : nil)
    case .single(let parameters): inSingle(byte, parameters)
    case .intermediate:
      if byte < 0x20 || byte > 0x7E {
        restart(byte)
      } else if byte >= 0x30 {
        end(nil)
      }
    case .string(_, isEmpty: true) where isTyped(byte):
      if let torn { emit(.character(Unicode.Scalar(torn))) }
      restart(byte)
    case .string(let sawEscape, _): inString(byte, sawEscape: sawEscape)
    case .mouse(let bytes):
      let report = bytes + [byte]
      state = .mouse(report)
      guard report.count == 3 else { return }
      end(nil)
      // Each number is sent with 32 added to it, a place counts from 1.
      mouse(Int(report[0]) - 32, x: Int(report[1]) - 32, y: Int(report[2]) - 32, isRelease: false)
    case .paste: inPaste(byte)
    case .character(let value, let missing, let smallest):
      continueCharacter(byte, value: value, missing: missing, smallest: smallest)
    }
  }

  /// Gives up what is open, and reads the byte afresh.
  mutating func restart(_ byte: UInt8) {
    state = .ground
    hasAlt = false
    torn = nil
    begin(byte)
  }
}

extension Key {
  /// The key of an ASCII character, which may be a control character.
  init?(ascii byte: UInt8) {
    switch byte {
    case 0x09: self = .tab
    case 0x0A, 0x0D: self = .enter
    case 0x08, 0x7F: self = .backspace
    case 0x1B: self = .escape
    case 0x01...0x1A: self = .control(Character(Unicode.Scalar(byte + 0x60)))
    case 0x00: self = .control(" ")
    case 0x1C...0x1F: self = .control(Character(Unicode.Scalar(byte + 0x40)))
    case 0x20..<0x7F: self = .character(Unicode.Scalar(byte))
    default: return nil
    }
  }
}
