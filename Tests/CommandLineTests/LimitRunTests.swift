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

  @Test(
    "A trace beyond the last step that there can be is wrong usage",
    arguments: [
      ("--count 0", "--count is 0: it takes 1 to 4294967296."),
      ("--count 4294967297", "--count is 4294967297: it takes 1 to 4294967296."),
      (
        "--at 4294967295 --count 2",
        "--count is 2: it takes 1 to 1, since it starts at step 4294967295"
      ),
      ("--at 4294967295 --count 9223372036854775807", "it takes 1 to 1, since"),
      ("--at 5 --count 4294967292", "it takes 1 to 4294967291, since"),
      ("--at 4294967296", "--at is 4294967296: it takes a step, 0 to 4294967295."),
    ])
  func trace(arguments: String, says: String) throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" trace \(arguments)")
    #expect(result.status == 64 && result.output.isEmpty, "\(result.errors)")
    #expect(result.errors.contains(says), "\(result.errors)")
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

  @Test(
    "A comparison never waits for a thread that the system does not give",
    arguments: [50_000, 60_000, 70_000, 100_000, 200_000])
  func threads(kilobytes: Int) throws {
    let result = try Program.shell(
      "ulimit -v \(kilobytes); exec timeout -s KILL 100 \"$DROPSCOPE\" compare "
        + "--variants none,classic --seeds 2 --steps 5 --examples 50 --hidden 3")
    #expect(result.status != 137, "it had to be killed")
  }

  @Test("The explorer refuses it with a sentence, and goes on with what it has")
  func explorer() throws {
    let result = try Program.shell(
      "ulimit -v 1000000; printf '%s\\n' ':hidden 4096,4096,4096,4096' | "
        + "\"$DROPSCOPE\" --plain --steps 5 --every 5"
    )
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(" GB of memory, and "), "\(result.output)")
    #expect(result.output.contains("2-12-12-2"))
  }

  @Test(
    "A file that is larger than the memory is not read",
    arguments: ["train --steps 1 --data", "compare --variants none --seeds 1 --steps 1 --data"])
  func file(arguments: String) throws {
    let file = try TemporaryFile(Array("x,y\n".utf8), name: "large.csv")
    let result = try Program.shell(
      "truncate -s 1900M \(file.path); ulimit -v 1000000; exec \"$DROPSCOPE\" \(arguments) "
        + "\(file.path)"
    )
    #expect(result.status == 64 && result.output.isEmpty, "\(result.errors)")
    #expect(
      result.errors.contains("large.csv: its 2.0 GB do not fit into the "), "\(result.errors)")
  }

  @Test("A race that does not fit beside the training is refused with a sentence")
  func race() throws {
    let result = try Program.shell(
      "ulimit -v 1000000; exec \"$DROPSCOPE\" snapshot --steps 0 --hidden 2048,2048 --view race "
        + "--size 200x40"
    )
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("a race of 7 runners: this needs about "), "\(result.output)")
  }
}
