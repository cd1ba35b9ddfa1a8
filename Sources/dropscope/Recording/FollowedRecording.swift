import CLibrary
import DropoutEngine
import Explorer
import Recordings

/// A recording that is read while it grows, and what can be told of the training that writes it.
struct FollowedRecording {
  /// The seconds after which a recording that nobody holds is taken for one that has stopped.
  private static let grace = 5

  /// The recording.
  let reader: RecordingReader
  /// The reason why it cannot be read on; nil where it can.
  private(set) var failure: RecordingError?
  private var isPipeEnded = false
  private var lastBytes = ContinuousClock.now

  /// Opens a recording; `-` is the standard input.
  init(_ path: String) throws(CommandFailure) {
    guard path != "-" || isatty(STDIN_FILENO) == 0 else {
      throw .usage("the standard input is a terminal: pipe a recording into it, or name a file")
    }
    do {
      reader =
        path == "-"
        ? try RecordingReader(standardInput: "standard input") : try RecordingReader(path: path)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Reads what has come, some megabytes at a time; true where something has.
  mutating func advance() -> Bool {
    guard failure == nil, !isPipeEnded else { return false }
    do {
      switch try reader.advance(most: 8 << 20) {
      case .read:
        lastBytes = .now
        return true
      case .nothing: return false
      case .ended:
        isPipeEnded = true
        return true
      }
    } catch {
      failure = error
      return true
    }
  }

  /// Reads all that is there now.
  mutating func catchUp() throws(CommandFailure) {
    while advance() {}
    if let failure { throw CommandFailure(failure) }
  }

  /// A look.
  func look(at index: Int) throws(CommandFailure) -> ShownLook {
    do {
      return try reader.look(at: index)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Whether the training runs, as far as can be told.
  var activity: RecordingActivity {
    if failure != nil { return .broken }
    if let end = reader.end {
      return end.why.map { .failed(step: end.step, why: $0) } ?? .ended(step: end.step)
    }
    guard let written = reader.written else {
      if isPipeEnded { return .pipeEnded }
      return .piped(silent: silence(Int((ContinuousClock.now - lastBytes) / .seconds(1))))
    }
    let silent = max(0, time(nil) &- written)
    let isWritten =
      silent < FollowedRecording.grace || reader.isHeld
      || reader.header.map { isRunning($0.process) } ?? false
    if isWritten { return .running(silent: silence(silent)) }
    return reader.header.map { .gone(process: $0.process, silent: silent) }
      ?? .unclaimed(silent: silent)
  }

  /// The wait for the first look: the file, how much it holds, and what will bring a look.
  var wait: [String] {
    let rest = reader.unfinishedBytes
    let bytes = rest == 1 ? "1 byte" : "\(rest) bytes"
    let size = reader.header == nil ? "\(bytes), no whole line" : "a header and \(bytes)"
    var state = RecordedPlainText.activity(activity, unfinishedBytes: 0)
    if reader.isFile, reader.header == nil, activity.isOpen {
      state = reader.isHeld ? "A training holds it open." : "It was written just now."
    }
    return [
      "in \(ForeignText.path(reader.name)): \(size).",
      state + " A look comes when the training calls scope.step.",
    ]
  }

  /// A silence that is not worth a word is none, so that the screen is not drawn for it.
  private func silence(_ seconds: Int) -> Int {
    seconds < RecordingActivity.longSilence ? 0 : seconds
  }

  /// Whether a process of this number is there; whose it is does not matter.
  private func isRunning(_ process: Int) -> Bool {
    guard let process = pid_t(exactly: process), process > 0 else { return false }
    return kill(process, 0) == 0 || errno == EPERM
  }
}

extension CommandFailure {
  /// A recording that is broken, or is not there.
  init(_ error: RecordingError) {
    self = error.problem.isNoInput ? .noInput(error.description) : .badData(error.description)
  }
}
