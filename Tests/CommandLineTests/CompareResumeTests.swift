import Foundation
import Testing

@Suite("dropscope compare --resume") struct CompareResumeTests {
  private let options = "--variants classic,inverted --seeds 10 --steps 2000 --jobs 2"

  /// The number of finished runs in a file, without the first line.
  private func runs(_ file: TemporaryFile) throws -> Int {
    max(0, try file.text().split(separator: "\n").count - 1)
  }

  private func whole() throws -> String {
    try Program.shell("exec \"$DROPSCOPE\" compare \(options) --format json").output
  }

  private func resumed(_ file: TemporaryFile, more: String = "") throws -> Program.Result {
    try Program.shell(
      "exec \"$DROPSCOPE\" compare \(options) --format json --resume '\(file.path)' \(more)")
  }

  /// Starts the comparison, and sends it a signal once some runs are in the file.
  ///
  /// The shell becomes the program, since a waiting shell would depend on signals that tests may
  /// have blocked.
  private func interrupted(_ file: TemporaryFile, signal: String) throws -> Program.Result {
    try Program.shell(
      "(while [ $(wc -l < '\(file.path)') -lt 5 ]; do :; done; kill -\(signal) $$) & "
        + "exec \"$DROPSCOPE\" compare \(options) --resume '\(file.path)'")
  }

  @Test("After kill -9 in the middle the rest is computed, and the output is that of one run")
  func killed() throws {
    let file = try TemporaryFile(name: "runs.jsonl")
    let result = try interrupted(file, signal: "KILL")
    // The number of the signal, since it killed the process.
    #expect(result.status == 9)
    let before = try runs(file)
    #expect(before >= 4 && before < 20)
    let rest = try resumed(file)
    let whole = try whole()
    #expect(rest.status == 0 && rest.output == whole)
    #expect(rest.errors.contains("finished runs are taken from it"))
    #expect(try runs(file) == 20)
    // Nothing is left to compute, so the file does not change.
    let text = try file.text()
    let again = try resumed(file)
    let after = try file.text()
    #expect(again.output == rest.output && after == text)
  }

  @Test(
    "A signal prints what is finished, says how to go on, and ends with its status",
    arguments: [("INT", Int32(130)), ("TERM", Int32(143))])
  func signals(signal: String, status: Int32) throws {
    let file = try TemporaryFile(name: "runs.jsonl")
    let result = try interrupted(file, signal: signal)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.output.contains("of 20 runs are finished"))
    #expect(result.output.contains("classic") && result.errors.contains("goes on from there"))
    let before = try runs(file)
    #expect(before >= 4 && before < 20)
    #expect(try resumed(file).output == whole())
  }

  @Test("A torn last line is cut off and said; nothing else is lost") func torn() throws {
    let file = try TemporaryFile(name: "runs.jsonl")
    let complete = try resumed(file).output
    let bytes = Array(try file.text().utf8)
    try Data(bytes.dropLast(50)).write(to: URL(fileURLWithPath: file.path))
    let result = try resumed(file)
    #expect(result.status == 0 && result.output == complete)
    #expect(result.errors.contains("line 21 was torn"), "\(result.errors)")
    #expect(result.errors.contains("19 finished runs"))
    #expect(try file.text().utf8.count == bytes.count)
  }

  @Test("A line that is torn in the middle, and a file of other runs, are refused untouched")
  func refused() throws {
    let file = try TemporaryFile(name: "runs.jsonl")
    _ = try resumed(file)
    let other = try resumed(file, more: "--keep 0.8")
    #expect(other.status == 65 && other.output.isEmpty)
    #expect(
      other.errors.contains("runs.jsonl: line 1 is of another experiment: keep is 0.5, not 0.8"))
    var lines = try file.text().split(separator: "\n").map(String.init)
    lines[3] = String(lines[3].dropLast(30))
    let text = lines.joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: file.path))
    let middle = try resumed(file)
    #expect(middle.status == 65 && middle.errors.contains("runs.jsonl: line 4"))
    #expect(try file.text() == text)
    for contents in ["hello", "my notes\nof today\n"] {
      let mine = try TemporaryFile(Array(contents.utf8), name: "notes.txt")
      let result = try resumed(mine)
      #expect(result.status == 65 && result.errors.contains("notes.txt: line 1"))
      #expect(try mine.text() == contents)
    }
  }

  @Test("Data that changed since are another experiment") func changedData() throws {
    let rows = (0..<40).map { "\($0),\($0 * 7 % 11),\($0 % 2)" }
    let text = "a,b,label\n" + rows.joined(separator: "\n") + "\n"
    let data = try TemporaryFile(Array(text.utf8), name: "points.csv")
    let file = try TemporaryFile(name: "runs.jsonl")
    let command =
      "exec \"$DROPSCOPE\" compare --variants classic --seeds 2 --steps 10 --data '\(data.path)' "
      + "--resume '\(file.path)'"
    #expect(try Program.shell(command).status == 0)
    try Data((text + "99,3,1\n").utf8).write(to: URL(fileURLWithPath: data.path))
    let result = try Program.shell(command)
    #expect(result.status == 65 && result.errors.contains("line 2"), "\(result.errors)")
    #expect(result.errors.contains("contents of the data"))
  }

  @Test("A file that cannot be written ends with 73, a full disk with 74") func notWritable() throws
  {
    let options = "--variants classic --seeds 1 --steps 5"
    for path in ["/", "/no/such/folder/x", "/dev/null"] {
      let result = try Program.shell("exec \"$DROPSCOPE\" compare \(options) --resume \(path)")
      #expect(result.status == 73 && result.errors.contains(path))
    }
    #expect(try Program.shell("exec \"$DROPSCOPE\" compare \(options) > /dev/full").status == 74)
  }

  @Test("Two processes do not write to one file at once") func locked() throws {
    let file = try TemporaryFile(name: "runs.jsonl")
    let result = try Program.shell(
      "\"$DROPSCOPE\" compare --variants classic --seeds 1 --steps 4000000000 --resume "
        + "'\(file.path)' 2>/dev/null & job=$!; while [ $(wc -l < '\(file.path)') -lt 1 ]; do :; "
        + "done; \"$DROPSCOPE\" compare --variants classic --seeds 1 --steps 4000000000 --resume "
        + "'\(file.path)'; status=$?; kill -KILL $job; exit $status")
    #expect(result.status == 73 && result.errors.contains("another process"))
  }
}
