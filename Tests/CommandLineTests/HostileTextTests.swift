import DropoutEngine
import Foundation
import Testing

@Suite("Foreign text never reaches a terminal as it is") struct HostileTextTests {
  /// Characters that act on a terminal, but no NUL, newline or slash, since names of files and
  /// arguments contain the text too.
  private static let text =
    "\u{1B}]0;x\u{7}\u{1B}[31m\u{7F}\u{85}\u{9B}2J\u{200E}\u{2028}\u{2029}\u{202E}\u{2066}\u{FEFF}"

  /// Requires that the output has only newlines and plain characters.
  private func expectPlain(_ result: Program.Result, status: Int32? = nil, _ what: String) {
    for (name, text) in [("output", result.output), ("errors", result.errors)] {
      let raw = text.unicodeScalars.first { $0 != "\n" && !ForeignText.isPlain($0) }
      #expect(raw == nil, "\(what): \(name) has \(raw.debugDescription)")
    }
    if let status { #expect(result.status == status, "\(what): \(result.errors)") }
    #expect(!(result.output + result.errors).isEmpty, "\(what)")
  }

  @Test("Option values, names of options, of commands and of laws, and the environment")
  func arguments() throws {
    let text = Self.text
    for option in [
      "--data", "--keep", "--hidden", "--variant", "--seed", "--steps", "--weights", "--image",
      "--features", "--format", "--metrics", "--export", "--\(text)",
    ] {
      expectPlain(try Program.run("train", option, text, "--nothing"), status: 64, option)
      let value = option == "--export" ? "/no/\(text)/x" : text
      let result = try Program.run("train", option, value)
      expectPlain(result, option)
      #expect(result.status != 0)
    }
    expectPlain(try Program.run(text), status: 64, "command")
    expectPlain(try Program.run("verify", "--law", text), status: 64, "law")
    expectPlain(try Program.run("ensemble", "--examples", text), status: 64, "examples")
    expectPlain(try Program.run("snapshot", "--size", text), status: 64, "size")
    for option in ["--variants", "--sweep", "--shard", "--resume", "--merge"] {
      let value = option == "--resume" ? "/no/\(text)" : text
      let first = option == "--merge" || option == "--variants" ? [] : ["--variants", "none"]
      let all = ["compare"] + first + [option, value]
      let quoted = all.map { "'\($0)'" }.joined(separator: " ")
      let result = try Program.shell("exec \"$DROPSCOPE\" \(quoted)")
      expectPlain(result, option)
      #expect(result.status != 0)
    }
    expectPlain(
      try Program.run("train", environment: ["DROPSCOPE_KERNELS": text]), status: 64, "environment")
  }

  @Test("Columns, classes and the name of a table, in lines, cells, pictures and messages")
  func table() throws {
    let text = Self.text
    var rows = "\(text)a,b,\(text)label\n"
    for row in 0..<40 { rows += "\(row),\(row * 7 % 11),\(row % 2 == 0 ? text : "plain")\n" }
    let file = try TemporaryFile(Array(rows.utf8), name: "\(text).csv")
    let data = "--data '\(file.path)' --steps 5"
    for command in [
      "train \(data)", "train \(data) --format csv", "train \(data) --format json",
      "ensemble \(data)", "ensemble \(data) --format json", "export --out /dev/null \(data)",
      "trace --data '\(file.path)'", "snapshot \(data)", "snapshot --view data \(data)",
      "snapshot --view ensemble \(data)", "snapshot --view backward \(data)",
      "snapshot --format svg \(data)", "snapshot --keys y \(data)", "snapshot --keys i \(data)",
      "compare --variants none --seeds 1 \(data)",
      "compare --variants none --seeds 1 --format svg \(data)",
      "compare --variants none --seeds 1 --format json \(data)",
      "compare --variants none --seeds 1 --steps 5 --sweep data='\(file.path)',circle",
      "compare --variants none --seeds 1 --shard 1/1 \(data)", "explore --plain \(data)",
    ] {
      let result = try Program.shell("echo ':data \(text)' | \"$DROPSCOPE\" \(command)")
      expectPlain(result, status: 0, command)
    }
    let wrong = try TemporaryFile(Array((rows + "\(text),1,x\n").utf8), name: "\(text).csv")
    expectPlain(try Program.run("train", "--data", wrong.path), status: 65, "cell")
    expectPlain(
      try Program.run("train", "--data", file.path, "--target", text), status: 65, "target")
  }

  @Test("Files of runs and of weights") func files() throws {
    let text = Self.text
    let runs = try TemporaryFile(name: "\(text).jsonl")
    let command =
      "exec \"$DROPSCOPE\" compare --variants none --seeds 1 --steps 5 --resume '\(runs.path)'"
    expectPlain(try Program.shell(command), status: 0, "resume")
    expectPlain(try Program.shell(command), status: 0, "resumed")
    let whole = try runs.text()
    let escaped = #"\u001b]0;x\u0007\u202e\u2028"#
    for (old, new) in [
      ("\"variant\":\"none\"", "\"variant\":\"\(escaped)\""),
      ("--data circle", "--data \(escaped)"), ("\"program\":\"", "\"program\":\"\(escaped)"),
      ("\"targets\":\"classes\"", "\"targets\":\"\(escaped)\""),
      ("\"variants\":\"none\"", "\"variants\":\"\(escaped)\""),
      ("\"data\":\"built-in\"", "\"data\":\"\(escaped)\""),
    ] {
      let changed = whole.replacingOccurrences(of: old, with: new)
      try #require(changed != whole, "\(old)")
      try Data(changed.utf8).write(to: URL(fileURLWithPath: runs.path))
      expectPlain(try Program.shell(command), status: 65, old)
    }
    let header =
      #"{"\u001b[31mx.0.weight\u202e":{"dtype":"F\u001b[2J","shape":[1,1],"data_offsets":[0,4]}}"#
    let size = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
    let weights = try TemporaryFile(size + Array(header.utf8) + [0, 0, 0, 0], name: "\(text).st")
    expectPlain(try Program.run("train", "--weights", weights.path), status: 65, "weights")
  }

  @Test("The command that y shows is one that a shell reads back") func reproduction() throws {
    let rows = (0..<20).map { "\($0),\($0 * 7 % 11),\($0 % 2)\n" }.joined()
    let file = try TemporaryFile(
      Array(("a,b,label\n" + rows).utf8), name: "\(Self.text) it's\\.csv")
    let quoted = file.path.replacingOccurrences(of: "'", with: "'\\''")
    let shown = try Program.shell(
      "printf 'y\\nq\\n' | \"$DROPSCOPE\" --plain --data '\(quoted)'")
    expectPlain(shown, status: 0, "y")
    let line = try #require(
      shown.output.split(separator: "\n").first { $0.hasPrefix("dropscope --data $'") })
    let arguments = line.dropFirst("dropscope".count)
    let script = try TemporaryFile(
      Array("exec \"$DROPSCOPE\" train --steps 1 \(arguments)\n".utf8), name: "command.sh")
    let again = try Program.shell("exec bash '\(script.path)'")
    #expect(again.status == 0, "\(again.errors)")
  }
}
