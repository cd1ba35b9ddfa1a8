import Foundation
import Testing

@Suite("Preferences on the command line") struct PreferencesCommandTests {
  /// A folder of configuration with one file of preferences.
  private struct Configured {
    let folder: String
    let path: String
    private let file: TemporaryFile

    init(_ text: String) throws {
      file = try TemporaryFile(name: "unused")
      folder = URL(fileURLWithPath: file.path).deletingLastPathComponent().path
      path = folder + "/dropscope/config.json"
      try FileManager.default.createDirectory(
        atPath: folder + "/dropscope", withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// Runs the program with these preferences.
    func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Program.Result
    {
      try Program.shell(
        "\"$DROPSCOPE\" " + arguments.joined(separator: " "),
        environment: ["XDG_CONFIG_HOME": folder].merging(environment) { $1 })
    }
  }

  private func words(_ line: Substring?) -> [Substring] { (line ?? "").split(separator: " ") }

  @Test("config prints the place of the file, each value and its source")
  func config() throws {
    let configured = try Configured(
      """
      {"theme": "light",
       "speed": "max",
       "keys": {"scaling": ["x", "F3"]}}
      """)
    let result = try configured.run(["config"])
    #expect(result.status == 0 && result.errors.isEmpty)
    let lines = result.output.split(separator: "\n")
    #expect(lines[0] == "file  \(configured.path)  (in use)")
    #expect(words(lines[1]) == ["theme", "light", "the", "file,", "line", "1"])
    #expect(words(lines[2]) == ["glyphs", "auto", "default"])
    #expect(words(lines[3]) == ["speed", "max", "the", "file,", "line", "2"])
    let scaling = lines.first { $0.contains(" scaling ") }
    #expect(words(scaling) == ["scaling", "x", "F3", "the", "file,", "line", "3"])
    #expect(words(lines.first { $0.contains(" quit ") }) == ["quit", "q", "Ctrl-C", "default"])
  }

  @Test("config is JSON for programs, and says where a file would lie")
  func json() throws {
    let none = try Program.run(
      "config", "--format", "json", environment: ["XDG_CONFIG_HOME": "/no/such/folder"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(none.output.utf8)) as? [String: Any])
    #expect(object["file"] as? String == "/no/such/folder/dropscope/config.json")
    #expect(object["exists"] as? Bool == false && object["fault"] is NSNull)
    #expect((object["theme"] as? [String: String]) == ["value": "auto", "from": "default"])
    let keys = try #require(object["explorerKeys"] as? [String: [String: Any]])
    #expect(keys["quit"]?["keys"] as? [String] == ["q", "Ctrl-C"])
    #expect((object["recordingKeys"] as? [String: Any])?["verdicts"] != nil)
  }

  @Test("An option comes before the environment, that before the file, that before the default")
  func precedence() throws {
    let configured = try Configured("{\"theme\": \"light\", \"speed\": 7, \"glyphs\": \"ascii\"}")
    let environment = ["DROPSCOPE_SPEED": "8", "DROPSCOPE_THEME": "dark"]
    let result = try configured.run(["config"], environment)
    let lines = result.output.split(separator: "\n")
    #expect(words(lines[1]) == ["theme", "dark", "DROPSCOPE_THEME"])
    #expect(words(lines[2]) == ["glyphs", "ascii", "the", "file,", "line", "1"])
    #expect(words(lines[3]) == ["speed", "8", "DROPSCOPE_SPEED"])
    // The explorer says where its speed ends: at max, and at 0.1.
    let full = try Configured("{\"speed\": \"max\"}")
    let (fast, slow) = ("this is full speed", "this is as slow as it goes")
    for (options, variables, said) in [
      ("", [:], fast), ("", ["DROPSCOPE_SPEED": "0.1"], slow),
      ("--speed 9", ["DROPSCOPE_SPEED": "0.1"], ""), ("--speed 9", [:], ""),
      ("--speed max", ["DROPSCOPE_SPEED": "0.1"], fast),
    ] as [(String, [String: String], String)] {
      let plain = try Program.shell(
        "printf -- '-\\n+\\n+\\nq\\n' | \"$DROPSCOPE\" --plain --steps 1 --hidden 2 " + options,
        environment: ["XDG_CONFIG_HOME": full.folder].merging(variables) { $1 })
      #expect(plain.status == 0, "\(plain.errors)")
      for text in [fast, slow] {
        #expect(plain.output.contains(text) == (text == said), "\(options) \(variables) \(text)")
      }
    }
    let wrong = try configured.run(["config"], ["DROPSCOPE_SPEED": "fast"])
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("DROPSCOPE_SPEED cannot be 'fast': it takes a number"))
  }

  @Test("A wrong file is named with its line, ignored as a whole, and not fatal")
  func wrong() throws {
    for (text, fault) in [
      ("{\n \"theme\": \"drak\"}", "line 2: theme cannot be 'drak'"),
      ("{\"speed\": 9,\n\"keys\": {\"restart\": \"s\"}}", "line 2: keys.restart is 's', the key"),
      ("{\"theme\": \"light\"", "line 1"), ("", "line 1"),
    ] {
      let configured = try Configured(text)
      let result = try configured.run(["config"])
      #expect(result.status == 0)
      #expect(result.errors.hasPrefix("dropscope: \(configured.path): \(fault)"), "\(result)")
      #expect(result.errors.hasSuffix("The whole file is ignored\n"))
      #expect(result.errors.split(separator: "\n").count == 1)
      let lines = result.output.split(separator: "\n")
      #expect(lines[0].hasSuffix("(ignored, since it is wrong)"))
      for line in lines.dropFirst() where !line.hasPrefix("keys") {
        #expect(line.hasSuffix("default"), "\(line)")
      }
      let plain = try Program.shell(
        "echo q | \"$DROPSCOPE\" --plain --steps 1 --hidden 2",
        environment: ["XDG_CONFIG_HOME": configured.folder])
      #expect(plain.status == 0 && plain.errors.contains(fault), "\(plain)")
      #expect(plain.output.contains("s turns the scaling"))
      // A picture is the same for everybody, so it asks nobody.
      let picture = try configured.run(["snapshot", "--steps", "1", "--hidden", "2"])
      #expect(picture.status == 0 && !picture.errors.contains("config.json"))
    }
  }

  @Test("Plain lines take the keys of the person, and say them")
  func plainKeys() throws {
    let configured = try Configured("{\"keys\": {\"quit\": \"Q\", \"scaling\": \"x\"}}")
    let result = try Program.shell(
      "printf 'q\\nx\\nQ\\n' | \"$DROPSCOPE\" --plain --steps 1 --hidden 2",
      environment: ["XDG_CONFIG_HOME": configured.folder])
    #expect(result.status == 0)
    #expect(result.output.contains("x turns the scaling"))
    #expect(result.output.contains("Q quits"))
    #expect(result.output.contains("Note: this key means nothing here"))
    #expect(result.output.contains("scaling classic"))
  }

  @Test("The manual names the keys of the person, or those that dropscope comes with")
  func manual() throws {
    let configured = try Configured(
      "{\"keys\": {\"quit\": \"Q\", \"scaling\": \"x\", \"next-finding\": \"F2\"}}")
    let standard = try Program.run("manual")
    let own = try configured.run(["manual"])
    #expect(own.status == 0 && own.errors.isEmpty)
    let parts = own.output.components(separatedBy: "\n.SH ")
    let keys = try #require(parts.first { $0.hasPrefix("KEYS\n") })
    #expect(keys.contains(".B Q Ctrl\\-C\nquit"), "\(keys)")
    #expect(keys.contains(".B x\n") && !keys.contains(".B s\n"), "\(keys)")
    let view = try #require(parts.first { $0.hasPrefix("KEYS OF VIEW\n") })
    #expect(view.contains(".B F2\n") && !view.contains(".B n\n"), "\(view)")
    #expect(own.output.contains(".B scaling\nx\n") && standard.output.contains(".B scaling\ns\n"))
    #expect(own.output.contains("as they are bound by preferences"))
    #expect(!standard.output.contains("as they are bound by preferences"))
    let asMade = try configured.run(["manual", "--standard-keys"])
    #expect(asMade.output == standard.output && asMade.errors.isEmpty)
    let wrong = try Configured("{\"keys\": 1}")
    let ignoring = try wrong.run(["manual"])
    #expect(ignoring.status == 0 && ignoring.output == standard.output)
    #expect(ignoring.errors.contains("The whole file is ignored"))
  }

  @Test("The program never writes the file, nor makes its folder") func untouched() throws {
    let configured = try Configured("{\"theme\": \"light\"}")
    let before = try FileManager.default.attributesOfItem(atPath: configured.path)
    for arguments in [["config"], ["config", "--format", "json"], ["manual"]] {
      _ = try configured.run(arguments)
    }
    _ = try Program.shell(
      "printf ':theme dark\\n:speed 3\\nq\\n' | \"$DROPSCOPE\" --plain --steps 1 --hidden 2",
      environment: ["XDG_CONFIG_HOME": configured.folder])
    let after = try FileManager.default.attributesOfItem(atPath: configured.path)
    #expect(after[.modificationDate] as? Date == before[.modificationDate] as? Date)
    #expect(after[.systemFileNumber] as? Int == before[.systemFileNumber] as? Int)
    #expect(
      try String(contentsOfFile: configured.path, encoding: .utf8) == "{\"theme\": \"light\"}")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: configured.folder + "/dropscope")
    #expect(names == ["config.json"])
    let file = try TemporaryFile(name: "unused")
    let folder = URL(fileURLWithPath: file.path).deletingLastPathComponent().path
    _ = try Program.run("config", environment: ["XDG_CONFIG_HOME": folder + "/none"])
    #expect(!FileManager.default.fileExists(atPath: folder + "/none"))
  }
}
