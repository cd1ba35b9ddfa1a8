/// Reads a recording, and goes on reading while it grows.
///
/// Each whole line is read and checked once, when it comes; kept are its place, and what curves
/// need of it (``RecordingHistory``). A look that is to be shown is read again. A last line without
/// a newline is not finished yet.
public final class RecordingReader {
  /// The largest recording, four times what the format allows.
  public static let largest = 256 << 20
  /// The longest line: a header of very many layers.
  public static let longestLine = 16 << 20

  /// The outcome of a call of ``advance(most:)``.
  public enum Progress: Equatable, Sendable {
    /// Bytes, perhaps not all that are there.
    case read
    /// Nothing, for the time being.
    case nothing
    /// The end of a pipe.
    case ended
  }

  /// The place of a look, and the looks whose verdicts and findings hold at it; -1 is none.
  private struct Place {
    var offset: Int
    var length: Int32
    var gaps: Int32
    var findings: Int32
  }

  /// The name of the recording in messages.
  public let name: String
  /// The first line; nil before it is there.
  public private(set) var header: RecordingHeader?
  /// The last line; nil before it is there.
  public private(set) var end: RecordingEnd?
  /// The course of the training so far; nil before the header is there.
  public private(set) var history: RecordingHistory?
  private let input: RecordingInput
  private var places: [Place] = []
  private var last: (number: Int, step: Int)?
  private var line = 1
  /// The bytes behind the last newline.
  private var rest: [UInt8] = []
  private var restOffset = 0
  private var searched = 0
  private var chunk = [UInt8](repeating: 0, count: 1 << 20)

  /// Opens a recording.
  ///
  /// - Throws: ``RecordingError`` where there is none, or it is a folder.
  public init(path: String) throws(RecordingError) {
    name = path
    do {
      input = try RecordingInput(path: path)
    } catch {
      throw RecordingError(name: path, problem: error)
    }
  }

  /// Reads the standard input.
  public init(standardInput name: String) throws(RecordingError) {
    self.name = name
    do {
      input = try RecordingInput()
    } catch {
      throw RecordingError(name: name, problem: error)
    }
  }

  /// The looks so far.
  public var lookCount: Int { places.count }
  /// The bytes of a last line that is not finished.
  public var unfinishedBytes: Int { rest.count }
  /// Whether it is a file, which can grow at any time.
  public var isFile: Bool { input.isFile }
  /// The fate of the file's name since it was opened; nil where it still names this file.
  public var departure: RecordingDeparture? { input.departure(of: name) }
  /// The second in which the file was last written, since 1970; nil for a pipe.
  public var written: Int? { input.written }

  /// Whether a training holds the file locked, as the Python package does while it writes.
  public var isHeld: Bool { input.isHeld }

  /// Waits until a pipe sends something; false where nothing came in time.
  public func wait(milliseconds: Int) -> Bool {
    input.wait(milliseconds: Int32(clamping: milliseconds))
  }

  /// Reads what is there, about `most` bytes of it at most.
  ///
  /// - Throws: ``RecordingError``; what was read before it stays.
  public func advance(most: Int = .max) throws(RecordingError) -> Progress {
    var got = 0
    while got < most {
      if let size = input.size, size > Self.largest { throw error(.tooLarge(limit: Self.largest)) }
      let outcome: RecordingInput.Outcome
      do {
        outcome = try input.read(&chunk)
      } catch {
        throw self.error(error)
      }
      switch outcome {
      case .nothingYet: return got > 0 ? .read : .nothing
      case .ended: return got > 0 ? .read : .ended
      case .bytes(let count):
        guard input.count <= Self.largest else { throw error(.tooLarge(limit: Self.largest)) }
        rest += chunk[..<count]
        got += count
        try takeLines()
      }
    }
    return .read
  }

  private func takeLines() throws(RecordingError) {
    if line == 1, let first = rest.first, first != UInt8(ascii: "{") {
      throw error(.notARecording, line: 1)
    }
    var start = 0
    defer {
      rest.removeSubrange(..<start)
      restOffset += start
      searched = rest.count
    }
    var from = searched
    while let newline = rest[from...].firstIndex(of: UInt8(ascii: "\n")) {
      let range = start..<newline
      guard range.count <= Self.longestLine else {
        throw error(.lineTooLong(limit: Self.longestLine), line: line)
      }
      try take(range)
      line += 1
      start = newline + 1
      from = start
    }
    guard rest.count - start <= Self.longestLine else {
      throw error(.lineTooLong(limit: Self.longestLine), line: line)
    }
  }

  private func take(_ range: Range<Int>) throws(RecordingError) {
    guard end == nil else { throw error(.behindTheEnd, line: line) }
    var parser = LineParser(rest, range)
    do {
      guard let header else {
        let header = try parser.header()
        self.header = header
        history = RecordingHistory(layers: header.layers.count)
        return
      }
      switch try parser.entry(of: header) {
      case .end(let end): self.end = end
      case .look(let look): try take(look, range)
      }
    } catch {
      throw RecordingError(name: name, line: line, field: parser.field, problem: error)
    }
  }

  private func take(_ look: RecordedLook, _ range: Range<Int>) throws(RecordingProblem) {
    if let last {
      guard look.number > last.number else { throw .goesBack(look.number, after: last.number) }
      guard look.step >= last.step else { throw .goesBack(look.step, after: last.step) }
    }
    last = (look.number, look.step)
    let index = Int32(clamping: places.count)
    places.append(
      Place(
        offset: restOffset + range.lowerBound, length: Int32(clamping: range.count),
        gaps: look.gaps == nil ? places.last?.gaps ?? -1 : index,
        findings: look.findings == nil ? places.last?.findings ?? -1 : index))
    history?.append(look)
  }

  /// A look with the verdicts and findings that hold at it; `index` is its place among all looks,
  /// from 0.
  public func look(at index: Int) throws(RecordingError) -> ShownLook {
    precondition(places.indices.contains(index), "there is no look \(index)")
    let place = places[index]
    let look = try read(index)
    let judged = place.gaps < 0 ? nil : place.gaps == index ? look : try read(Int(place.gaps))
    let found =
      place.findings < 0
      ? nil : place.findings == index ? look : try read(Int(place.findings))
    return ShownLook(
      index: index, look: look, gaps: judged?.gaps, judgedAt: judged?.number,
      findings: found?.findings)
  }

  private func read(_ index: Int) throws(RecordingError) -> RecordedLook {
    guard let header else { preconditionFailure("look \(index) has no header") }
    let place = places[index]
    // Behind the header each line is a look, but for the last one.
    let line = index + 2
    let bytes: [UInt8]
    do {
      bytes = try input.bytes(place.offset..<place.offset + Int(place.length))
    } catch {
      throw RecordingError(name: name, line: line, problem: error)
    }
    var parser = LineParser(bytes, bytes.indices)
    do throws(RecordingProblem) {
      guard case .look(let look) = try parser.entry(of: header) else {
        throw RecordingProblem.wrongKind(
          expected: "the look that stood here", found: "another line")
      }
      return look
    } catch {
      throw RecordingError(name: name, line: line, field: parser.field, problem: error)
    }
  }

  /// The error of a recording that has no whole line.
  public var emptyError: RecordingError { error(.empty(bytes: rest.count)) }

  private func error(_ problem: RecordingProblem, line: Int? = nil) -> RecordingError {
    RecordingError(name: name, line: line, problem: problem)
  }
}
