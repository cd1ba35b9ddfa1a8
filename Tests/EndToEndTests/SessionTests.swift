import Foundation
import Testing
import TmuxSupport

@Suite("What a person made is there tomorrow") struct SessionTests {
  /// The lines of the autosaves of an explorer, of all its files.
  private func saved(_ explorer: ExplorerSession) throws -> String {
    let folder = URL(fileURLWithPath: explorer.tmux.path("state/dropscope/sessions"))
    guard FileManager.default.fileExists(atPath: folder.path) else { return "" }
    return
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .map { try String(contentsOf: $0, encoding: .utf8) }.joined()
  }

  /// The screen without its last lines, the message and the keys, which differ each time.
  private func body(_ explorer: ExplorerSession) throws -> [Substring] {
    try explorer.tmux.screen().split(separator: "\n", omittingEmptySubsequences: false).dropLast(3)
  }

  @Test("Killed while nothing happens, it goes on at the same place, in the same view")
  func killed() throws {
    let first = try ExplorerSession(
      "--data spiral --hidden 6,5 --theme dark", width: 120, height: 40)
    try first.press(" ", shows: "paused")
    try first.tmux.send(":keep 0.7\r")
    try first.waitFor("keep .70")
    // A moment after a record: nothing is due yet, and no further event comes.
    try first.tmux.send("g200\r")
    try first.waitFor("step 200")
    try first.tmux.send("g3\r")
    try first.waitFor("step 3 of")
    try first.press("2", "Tab", "z", shows: "over all")
    try first.tmux.wait("the record", seconds: 30) {
      try saved(first).contains("\"view\":\"sums\"") && saved(first).contains("\"zoomed\"")
    }
    let screen = try body(first)
    kill(try first.processID(), SIGKILL)
    let second = try ExplorerSession(
      "--last --theme dark", environment: "XDG_STATE_HOME='\(first.tmux.path("state"))'",
      width: 120, height: 40, shows: "the same weights as when it was saved")
    try second.tmux.wait("the same screen", seconds: 30) { try body(second) == screen }
    try second.tmux.type("q")
    try second.waitFor("is kept: dropscope --resume")
  }

  @Test("What could not be saved is saved as soon as it can be, though nothing else happens")
  func savedLater() throws {
    let blocked = NSTemporaryDirectory() + "dropscope-blocked-\(UUID().uuidString)"
    try Data().write(to: URL(fileURLWithPath: blocked))
    defer { try? FileManager.default.removeItem(atPath: blocked) }
    let explorer = try ExplorerSession(
      "--data spiral --hidden 6,5", environment: "XDG_STATE_HOME='\(blocked)'", width: 120)
    try explorer.press(" ", shows: "paused")
    try explorer.tmux.send(":keep 0.7\r")
    try explorer.waitFor("NOT SAVED")
    try FileManager.default.removeItem(atPath: blocked)
    try explorer.waitFor("saved by itself again")
    try explorer.tmux.type("q")
    try explorer.waitFor("is kept: dropscope --resume")
    let files = try FileManager.default.contentsOfDirectory(atPath: blocked + "/dropscope/sessions")
    #expect(files.count == 1)
  }
}
