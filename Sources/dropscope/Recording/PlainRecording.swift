import CLibrary
import DropoutEngine
import Explorer
import Recordings
import TerminalCells

/// A recording in lines, for screen readers, dumb terminals and pipes.
///
/// It prints each new look, and the verdicts where they change, until the training has ended.
struct PlainRecording: ~Copyable {
  private var recording: FollowedRecording
  private let readsKeys: Bool
  private let keys: KeyMap<RecordedCommand>
  private var output = OutputStream.standardOutput()
  private var told: ShownLook?

  /// Creates it; `readsKeys` is false where the standard input is the recording.
  init(
    _ recording: FollowedRecording, readsKeys: Bool, keys: KeyMap<RecordedCommand> = .standard
  ) {
    self.recording = recording
    self.readsKeys = readsKeys
    self.keys = keys
  }

  /// Prints until the training has ended, or the person quits.
  mutating func run() throws(CommandFailure) {
    try recording.catchUp()
    try waitForHeader()
    guard let header = recording.reader.header else {
      if recording.reader.isFile {
        StandardError.writeLine(
          "dropscope: " + RecordedPlainText.activity(recording.activity, unfinishedBytes: 0))
      }
      throw CommandFailure(recording.reader.emptyError)
    }
    try say(RecordedPlainText.opening(header))
    var input = LineInput()
    var next = max(0, recording.reader.lookCount - 1)
    while true {
      while next < recording.reader.lookCount {
        try tell(recording.look(at: next), of: header)
        next += 1
      }
      let activity = recording.activity
      guard activity.isOpen else {
        try say([
          RecordedPlainText.activity(
            activity, unfinishedBytes: recording.reader.unfinishedBytes)
        ])
        return
      }
      if readsKeys, !input.isAtEnd {
        if case .line(let line) = input.next(waiting: .milliseconds(100)), quits(line) {
          return
        }
      } else {
        usleep(100_000)
      }
      try recording.catchUp()
    }
  }

  private func quits(_ line: String) -> Bool {
    line.unicodeScalars.first.flatMap { keys.command(for: .character($0)) } == .quit
  }

  /// Waits for the first line while more may come.
  private mutating func waitForHeader() throws(CommandFailure) {
    var isSaid = false
    while recording.reader.header == nil, recording.activity.isOpen {
      if !isSaid {
        StandardError.writeLine(
          "dropscope: waiting for the first look " + recording.wait.joined(separator: " "))
        isSaid = true
      }
      usleep(100_000)
      try recording.catchUp()
    }
  }

  /// Prints a look, and the verdicts where they are others than those that were printed last.
  private mutating func tell(
    _ shown: ShownLook, of header: RecordingHeader
  ) throws(CommandFailure) {
    try say([RecordedPlainText.line(shown, of: header)])
    let isSame =
      told.map { $0.gaps?.verdict == shown.gaps?.verdict && $0.findings == shown.findings } ?? false
    told = shown
    if !isSame { try say(RecordedPlainText.verdicts(shown, of: header)) }
  }

  private mutating func say(_ lines: [String]) throws(CommandFailure) {
    for line in lines { try output.writeLine(ForeignText.line(line)) }
    try output.flush()
  }
}
