import Foundation
import RecordingSamples
import Testing
import TmuxSupport

@Suite("A recording is followed in a terminal", .serialized) struct ViewTests {
  /// A recording that a test writes piece by piece.
  private struct Recording {
    let path: String
    private let handle: FileHandle

    init(_ text: String) throws {
      let folder = FileManager.default.temporaryDirectory
      path = folder.appendingPathComponent("dropscope-\(UUID().uuidString).jsonl").path
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.seekToEnd()
    }

    func append(_ text: String) throws { try handle.write(contentsOf: Data(text.utf8)) }

    func remove() throws { try FileManager.default.removeItem(atPath: path) }
  }

  /// A process that stands for the training; it ends when it is told to.
  private func training() throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sleep")
    process.arguments = ["1000"]
    try process.run()
    return process
  }

  @Test("It grows, is torn, held and followed again; the kill of the training is seen")
  func follow() throws {
    let training = try training()
    defer { training.terminate() }
    var sample = RecordingSample()
    sample.process = Int(training.processIdentifier)
    let recording = try Recording("")
    let session = try ExplorerSession(
      "view '\(recording.path)'", shows: "waiting for the first look")
    try recording.append(sample.header + "\n" + sample.look(1) + "\n")
    try session.waitFor("step 40  running")
    try session.waitFor("look 1 of 1")
    let line = sample.look(2)
    try recording.append(String(line.prefix(300)))
    try recording.append(String(line.dropFirst(300)) + "\n")
    try session.waitFor("look 2 of 2")
    for number in 3...40 { try recording.append(sample.look(number) + "\n") }
    try session.waitFor("look 40 of 40")
    try session.press("Home", shows: "look 1 of 40")
    try recording.append(sample.look(41) + "\n")
    try session.waitFor("look 1 of 41")
    try session.press(".", shows: "look 2 of 41")
    try session.press("End", shows: "look 41 of 41")
    try session.press("v", shows: "gap 2, between fc2 and fc3: right")
    try session.press("Escape", "i", shows: "example 1 of the probe batch")
    try session.press("Escape", shows: "DIVERGENCE")
    try recording.append(String(sample.look(42).prefix(100)))
    kill(training.processIdentifier, SIGKILL)
    training.waitUntilExit()
    try session.waitFor("last line torn")
    try session.waitFor("stopped")
    try session.tmux.press("w")
    try session.waitFor("written: dropscope-MLP-1640.svg")
    #expect(session.tmux.text("dropscope-MLP-1640.svg").hasPrefix("<svg"))
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
    try recording.remove()
  }

  @Test("What breaks while it is followed is said, and gives status 65") func broken() throws {
    let sample = RecordingSample()
    let recording = try Recording(sample.text(looks: 2, isClosed: false))
    let session = try ExplorerSession("view '\(recording.path)'", shows: "look 2 of 2")
    try recording.append("{\"look\": 3, \u{1B}[2J}\n")
    try session.waitFor("BROKEN")
    try session.press(",", shows: "look 1 of 2")
    try session.tmux.press("q")
    try session.expectGivenBack(status: 65)
    try recording.remove()
  }

  @Test("A pipe is read, and keys come from the terminal") func pipe() throws {
    let sample = RecordingSample()
    let recording = try Recording(sample.text(looks: 5))
    let session = try ExplorerSession(
      "view - < '\(recording.path)'", width: 120, height: 40, shows: "look 5 of 5")
    try session.waitFor("ended at step 200")
    try session.press("Home", shows: "look 1 of 5")
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
    try recording.remove()
  }

  @Test("Without colours, and in a locale without UTF-8") func plainTerminal() throws {
    let recording = try Recording(RecordingSample().text(looks: 5))
    let session = try ExplorerSession(
      "view '\(recording.path)'", environment: "NO_COLOR=1 LC_ALL=C", shows: "look 5 of 5")
    let screen = try session.tmux.screen()
    #expect(screen.unicodeScalars.allSatisfy { $0.isASCII }, "\(screen)")
    #expect(screen.contains("X unscaled"))
    try session.tmux.press("q")
    try session.expectGivenBack(status: 0)
    try recording.remove()
  }
}
