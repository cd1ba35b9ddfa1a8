internal import CNcurses
internal import TerminalCells

/// The events in what the terminal sends, with the times for which sequences are waited for.
struct TerminalInput {
  /// The time for which an Escape may be the start of a sequence, in milliseconds.
  let escapeDelay: Int
  /// The time for which the beginning of a sequence may stand alone or come after its Escape, in
  /// milliseconds.
  private static let beginningDelay = 500
  /// The longest time for which a sequence that has begun may stand still, in milliseconds.
  private static let longestSequenceDelay = 3000
  /// The time for which pasted text may stand still, in milliseconds.
  private static let pasteDelay = 2000

  private var decoder = InputDecoder()
  /// When the last byte arrived.
  private var lastByte = 0
  /// When an Escape was taken for a key; nil where something came after it.
  private var lastEscape: Int?

  init(escapeDelay: Int) {
    self.escapeDelay = escapeDelay
  }

  /// The time for which a sequence that has begun may stand still, in milliseconds: on a line for
  /// which an Escape waits longer, longer as well.
  private var sequenceDelay: Int {
    let delay = max(8 * escapeDelay, TerminalInput.beginningDelay)
    return max(escapeDelay, min(delay, TerminalInput.longestSequenceDelay))
  }

  /// The milliseconds after which what is open is given up; nil where nothing is.
  func patience(at now: Int) -> Int? {
    let delay: Int
    switch decoder.waiting {
    case .nothing: return nil
    case .escape: delay = escapeDelay
    case .beginning: delay = max(escapeDelay, TerminalInput.beginningDelay)
    case .sequence: delay = sequenceDelay
    case .paste: delay = TerminalInput.pasteDelay
    }
    return max(0, lastByte + delay - now)
  }

  /// The next event in what has arrived.
  mutating func next(at now: Int) -> TerminalEvent? {
    if let event = decoder.next() { return event }
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = bytes.withUnsafeMutableBufferPointer {
        Int(nc_read($0.baseAddress, Int32($0.count)))
      }
      guard count > 0 else { break }
      let followsEscape = lastEscape.map { now - $0 <= TerminalInput.beginningDelay } ?? false
      decoder.take(bytes[..<count], followsEscape: followsEscape)
      (lastByte, lastEscape) = (now, nil)
      if let event = decoder.next() { return event }
    }
    guard patience(at: now) == 0 else { return nil }
    if decoder.waiting == .escape { lastEscape = now }
    decoder.giveUp()
    return decoder.next()
  }
}
