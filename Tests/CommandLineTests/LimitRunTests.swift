import Foundation
import Testing

@Suite("The program at the limits") struct LimitRunTests {
  @Test(
    "Odd but sensible experiments train",
    arguments: [
      "--hidden none", "--hidden 1", "--hidden 4096 --learning-rate 0.001",
      "--hidden 1,1,1,1,1,1,1,1", "--batch 1000000", "--test-fraction 0", "--examples 8",
      "--data plane --features x1 --hidden 1 --examples 3", "--keep 1e-6",
      "--hidden 6,5 --keep 0.9,0.5",
      "--hidden 5 --l1 0,0.01 --l2 0.1,0 --max-norm none,2 --learning-rate 0.1,0.01",
    ])
  func trains(arguments: String) throws {
    let result = try Program.shell(
      "exec \"$DROPSCOPE\" train --steps 20 --format json \(arguments)")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.split(separator: "\n").count == 2)
  }

  @Test(
    "What no network can be is wrong usage",
    arguments: [
      "--hidden 0", "--hidden 4097", "--hidden 1,1,1,1,1,1,1,1,1", "--keep 0",
      "--hidden 4,4 --keep 0.5,0.5,0.5",
    ])
  func refuses(arguments: String) throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" train --steps 20 \(arguments)")
    #expect(result.status == 64 && result.output.isEmpty, "\(result.errors)")
  }
}

@Suite(
  "The program in little memory",
  .enabled(
    if: ProcessInfo.processInfo.environment["ASAN_OPTIONS"] == nil,
    "the memory of a sanitizer goes beyond any limit")) struct LittleMemoryTests
{
  @Test(
    "What does not fit is refused with the number, in whatever subcommand",
    arguments: [
      "train --steps 1", "snapshot --steps 1", "trace", "export --steps 1", "ensemble --steps 1",
      "compare --variants none --seeds 1 --steps 1", "--plain --steps 1",
    ])
  func refuses(arguments: String) throws {
    let result = try Program.shell(
      "ulimit -v 1000000; exec \"$DROPSCOPE\" \(arguments) --hidden 4096,4096,4096,4096")
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains(" GB of memory, and "), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test("The explorer refuses it with a sentence, and goes on with what it has")
  func explorer() throws {
    let result = try Program.shell(
      "ulimit -v 1000000; printf '%s\\n' ':hidden 4096,4096,4096,4096' | \"$DROPSCOPE\" --plain --steps 5 --every 5"
    )
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(" GB of memory, and "), "\(result.output)")
    #expect(result.output.contains("2-12-12-2"))
  }
}
