import Foundation
import Testing

@Suite("dropscope compare with files that another table of parameters wrote")
struct CompareOldFileTests {
  private let options = "--variants classic,inverted --seeds 2 --steps 20 --format json"

  private func resumed(_ file: TemporaryFile, _ more: String = "") throws -> Program.Result {
    try Program.shell(
      "exec \"$DROPSCOPE\" compare \(options) --resume '\(file.path)' \(more)")
  }

  /// Takes a text out of the file, or replaces it, wherever it stands.
  private func replace(_ old: String, by new: String, in file: TemporaryFile) throws -> String {
    let text = try file.text()
    try #require(text.contains(old), "\(old) does not stand in \(text)")
    let changed = text.replacingOccurrences(of: old, with: new)
    try Data(changed.utf8).write(to: URL(fileURLWithPath: file.path))
    return changed
  }

  @Test("Runs from before a parameter existed count as runs with its default, for --merge too")
  func before() throws {
    let file = try TemporaryFile(name: "runs.jsonl")
    let whole = try resumed(file)
    let old = try replace(" --l1 0 ", by: " ", in: file)
    let again = try resumed(file)
    #expect(again.status == 0 && again.output == whole.output, "\(again.errors)")
    #expect(again.errors.contains("4 finished runs are taken from it"))
    let merged = try Program.shell(
      "exec \"$DROPSCOPE\" compare --merge '\(file.path)' --format json")
    #expect(merged.status == 0 && merged.output == whole.output, "\(merged.errors)")
    // Another value than the default is another experiment.
    let other = try resumed(file, "--l1 0.5")
    #expect(other.status == 65 && other.output.isEmpty)
    #expect(other.errors.contains("runs.jsonl: line 1 is of another experiment: l1 is 0, not 0.5"))
    #expect(try file.text() == old)
  }

  @Test("What is in conflict is named with its values, and the file stays as it is")
  func conflicts() throws {
    let file = try TemporaryFile(name: "runs.jsonl")
    #expect(try resumed(file, "--l1 0.5").status == 0)
    var text = try replace(" --l1 0.5 ", by: " ", in: file)
    let lacking = try resumed(file, "--l1 0.5")
    #expect(lacking.status == 65 && lacking.output.isEmpty)
    #expect(
      lacking.errors.contains(
        "runs.jsonl: line 2 does not name --l1, so its run had the default, 0, and this one has 0.5"
      ), "\(lacking.errors)")
    #expect(try file.text() == text)
    text = try replace(" --l2 0 ", by: " --l1 0.5 --warmth 3 --l2 0 ", in: file)
    let unknown = try resumed(file, "--l1 0.5")
    #expect(unknown.status == 65 && unknown.output.isEmpty)
    #expect(unknown.errors.contains("runs.jsonl: line 2 has --warmth 3"), "\(unknown.errors)")
    #expect(try file.text() == text)
  }
}
