import DropoutEngine
import Foundation
import Sessions
import Testing

@Suite("Preferences in a file") struct PreferencesTests {
  private let whole = """
    {
      "theme": "dark", "glyphs": "ascii",
      "speed": 200,
      "keys": {
        "quit": "F10",
        "step-on": ["n", "Ctrl-N"]
      }
    }
    """

  private func read(_ text: String) throws -> Preferences {
    try Preferences(document: Array(text.utf8), name: "p.json")
  }

  private func error(_ text: String) -> PreferencesError? {
    do throws(PreferencesError) {
      _ = try Preferences(document: Array(text.utf8), name: "p.json")
      return nil
    } catch {
      return error
    }
  }

  @Test("Each entry is read with its line")
  func entries() throws {
    let read = try read(self.whole)
    #expect(
      read
        == Preferences(
          settings: [
            .init(name: "theme", value: "dark", line: 2),
            .init(name: "glyphs", value: "ascii", line: 2),
            .init(name: "speed", value: "200", line: 3),
          ],
          bindings: [
            .init(action: "quit", keys: ["F10"], line: 5),
            .init(action: "step-on", keys: ["n", "Ctrl-N"], line: 6),
          ]))
  }

  @Test("Each entry may be missing, and an empty object has none")
  func leftOut() throws {
    #expect(try read("{}") == Preferences())
    #expect(try read("{\"speed\":\"max\"}").settings.map(\.value) == ["max"])
    for name in Preferences.memberNames {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(whole.utf8)) as? [String: Any])
      let rest = try JSONSerialization.data(withJSONObject: object.filter { $0.key != name })
      let read = try Preferences(document: Array(rest), name: "p.json")
      let found = read.settings.map(\.name) + (read.bindings.isEmpty ? [] : ["keys"])
      #expect(Set(found) == Set(Preferences.memberNames).subtracting([name]))
    }
  }

  @Test("A wrong entry is named with its line, the value and what it takes")
  func wrong() {
    let cases: [(text: String, fault: String)] = [
      (
        "{\n\"theme\": \"drak\"}",
        "line 2: theme cannot be 'drak': it takes one of auto, dark, light; did you mean 'dark'?"
      ),
      ("{\"theme\": true}", "line 1: theme is true, where a text or a number is expected"),
      ("{\"theme\": null}", "line 1: theme is null, where a text or a number is expected"),
      ("{\"glyphs\": []}", "line 1: glyphs is a list, where a text or a number is expected"),
      (
        "{\n\n\"speed\": -3}",
        "line 3: speed cannot be '-3': it takes a number, 0.1 to 1000000, or max"
      ),
      (
        "{\"thme\": \"dark\"}",
        "line 1: thme is not known, did you mean 'theme'? (there are theme, glyphs, speed, keys)"
      ),
      ("{\"keys\": []}", "line 1: keys is a list, where an object is expected"),
      (
        "{\"keys\":\n {\"quit\": 3}}",
        "line 2: keys.quit is 3, where the name of a key, or a list of names is expected"
      ),
      ("{\"keys\": {\"quit\": [3]}}", "line 1: keys.quit[0] is 3, where a text is expected"),
      ("{\"speed\": 3, \"speed\": 4}", "line 1 has 'speed' twice"),
      ("[]", "line 1 is a list, where an object is expected"),
    ]
    for (text, fault) in cases { #expect(error(text)?.fault == fault) }
  }

  @Test("A message has the path, the remedy and what becomes of the file, on one line")
  func messages() throws {
    let error = try #require(self.error("{\n\"theme\": \"drak\\u001b[31m\"}"))
    #expect(error.description.hasPrefix("p.json: line 2: theme cannot be 'drak"))
    #expect(
      error.description.hasSuffix(
        "correct it as docs/preferences.md says. The whole file is ignored"))
    #expect(!error.description.utf8.contains { $0 < 0x20 })
    #expect(error.notice.hasPrefix("p.json is ignored: line 2: theme cannot be"))
  }

  @Test("A file that ends at any byte is refused")
  func truncated() {
    let bytes = Array(whole.utf8)
    for count in 0..<bytes.count {
      #expect(throws: PreferencesError.self, "\(count)") {
        try Preferences(document: Array(bytes[..<count]), name: "p.json")
      }
    }
  }

  @Test("Nesting, other bytes and a size without end are refused")
  func hostile() throws {
    let deep = String(repeating: "[", count: 100_000)
    guard case .file(.tooDeep)? = error("{\"keys\": " + deep)?.problem else {
      Issue.record("\(String(describing: error("{\"keys\": " + deep)))")
      return
    }
    for byte in UInt8.min...UInt8.max where byte > 0x20 || byte == 0 {
      #expect(throws: PreferencesError.self) {
        try Preferences(document: [byte], name: "p.json")
      }
    }
    let folder = try TemporaryFolder()
    let path = folder.path + "/config.json"
    let large = Data("{\"theme\": \"dark\"".utf8) + Data(repeating: 0x20, count: 10 << 20)
    try large.write(to: URL(fileURLWithPath: path))
    #expect {
      try Preferences.read(path)
    } throws: { error in
      (error as? PreferencesError)?.fault
        == "has \(large.count) bytes, and preferences have at most \(Preferences.sizeLimit)"
    }
  }

  @Test("Without a file there are no preferences; one that cannot be read is an error")
  func place() throws {
    #expect(
      Preferences.path(["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/dropscope/config.json")
    #expect(Preferences.path(["HOME": "/h"]) == "/h/.config/dropscope/config.json")
    #expect(Preferences.path([:]) == nil)
    let folder = try TemporaryFolder()
    #expect(try Preferences.read(folder.path + "/config.json") == nil)
    #expect(throws: PreferencesError.self) { try Preferences.read(folder.path) }
  }
}
