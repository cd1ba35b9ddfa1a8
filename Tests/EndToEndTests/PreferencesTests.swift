import Foundation
import Testing

@Suite("Preferences in a terminal") struct PreferencesTests {
  /// A folder of configuration with a file of preferences; it disappears with its owner.
  private final class Configuration {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "dropscope-\(UUID().uuidString)")

    init(_ text: String) throws {
      let own = folder.appendingPathComponent("dropscope")
      try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: own.appendingPathComponent("config.json"))
    }

    deinit {
      // The system tidies up what cannot be tidied up here.
      try? FileManager.default.removeItem(at: folder)
    }

    var environment: String { "XDG_CONFIG_HOME='\(folder.path)'" }
  }

  @Test("Keys of the person act, the screen names them, and the old ones say that they do nothing")
  func keys() throws {
    let configuration = try Configuration(
      """
      {"speed": 3, "glyphs": "ascii",
       "keys": {"scaling": "x", "view-sums": "F6", "quit": "F10", "help": "F1", "run": "P"}}
      """)
    let session = try ExplorerSession(
      environment: configuration.environment, shows: "x scaling: OFF classic inverted")
    try session.waitFor("3 steps/s")
    try session.press("P", shows: "P run")
    try session.press("s", shows: "this key means nothing here; F1 shows the keys")
    try session.press("x", shows: "x scaling: off CLASSIC inverted")
    try session.press("F6", shows: "all 4,096 masks")
    try session.press("F1", shows: "F10 Ctrl-C")
    try session.press("Escape", "F10", shows: "$")
    try session.expectGivenBack(status: 0)
  }

  @Test("A wrong file is named on the screen with its line, and the keys are the program's own")
  func wrong() throws {
    let configuration = try Configuration("{\n\"keys\": {\n\"restart\": \"s\"}}")
    let session = try ExplorerSession(
      environment: configuration.environment,
      shows: "config.json is ignored: line 3: keys.restart is 's', the key of scaling")
    try session.press("s", shows: "CLASSIC")
    try session.press("q", shows: "$")
    try session.expectGivenBack(status: 0)
  }
}
