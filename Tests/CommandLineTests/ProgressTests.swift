import Foundation
import Testing

@Suite("What a command says while it works") struct ProgressTests {
  @Test(
    "At a terminal it says what it is making, from the start on",
    .enabled(if: hasTerminal, "script of util-linux makes the terminal"),
    arguments: [
      (
        "train --variant bagging --learners 3 --steps 1",
        ["preparing learner 1 of 3", "preparing learner 3 of 3"]
      ),
      (
        "export --steps 1 --out /dev/null --variant random-subspace --learners 2",
        ["preparing learner 2 of 2", "step 0 of 1"]
      ),
      ("trace --at 2", ["preparing the learner", "step 0 of 2"]),
      ("ensemble --steps 1", ["preparing the network"]),
      ("compare --variants none --seeds 2 --steps 1", ["run 0 of 2"]),
      ("snapshot --steps 1", []), ("--plain --steps 1", []),
    ])
  func terminal(arguments: String, says: [String]) throws {
    let shown = try errorsOnTerminal(arguments)
    #expect(shown.contains("\rmaking 500 examples of circle"), "\(shown)")
    for text in says { #expect(shown.contains(text), "\(shown)") }
    // The bar that was drawn over is gone at the end.
    let last = shown.components(separatedBy: "\r").last { $0 != "\n" && !$0.isEmpty }
    #expect(last?.hasPrefix("\u{1B}[K") ?? false, "\(shown)")
  }

  @Test(
    "Where the standard error is no terminal, nothing is drawn over",
    arguments: [
      "train --variant bagging --steps 1", "export --steps 1 --out /dev/null", "trace",
      "ensemble --steps 1",
      "compare --variants none --seeds 1 --steps 1",
    ])
  func noTerminal(arguments: String) throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" \(arguments)")
    #expect(result.status == 0)
    #expect(!result.errors.contains("\r") && !result.errors.contains("\u{1B}"), "\(result.errors)")
    #expect(!result.errors.contains("making"), "\(result.errors)")
  }

  /// A command that gives a program an invisible terminal; other systems have other options.
  private static let script = "/usr/bin/script"
  private static var hasTerminal: Bool {
    #if os(Linux)
      FileManager.default.isExecutableFile(atPath: script)
    #else
      false
    #endif
  }

  /// The program's output to a standard error that is a terminal; the standard output is dropped.
  private func errorsOnTerminal(_ arguments: String) throws -> String {
    let result = try Program.shell(
      "exec \(ProgressTests.script) -qec '\"$DROPSCOPE\" \(arguments) </dev/null >/dev/null' "
        + "/dev/null"
    )
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }
}
