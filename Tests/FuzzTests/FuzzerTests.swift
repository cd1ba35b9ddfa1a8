import Foundation
import Testing

@Suite("A reader that is broken on purpose") struct FuzzerTests {
  @Test(
    "is found, named by its number, and broken by an input that has nothing to spare",
    arguments: [
      ("broken-trap", 200, "ended by signal", "00[7"),
      ("broken-promise", 100, "broke the promise that a number has at most four digits", "00000"),
      ("broken-line", 800, "broke the promise that a refusal has no control character", "!"),
    ])
  func found(target: String, inputs: Int, failure: String, smallest: String) throws {
    let fuzzer = try FuzzerProgram()
    defer { fuzzer.remove() }
    let ending = try fuzzer.run(target, "--seed", "5", "--inputs", "\(inputs)")
    #expect(ending.status == 1)
    let found = try fuzzer.found(target, seed: 5)
    let first = try #require(found.first)
    #expect(first.input.count == smallest.count, "\(first.input)")
    let sorted = String(first.input.sorted())
    #expect(sorted == String(smallest.sorted()), "\(first.input)")
    let number = "\(first.number)"
    #expect(
      ending.lines.contains {
        $0.hasPrefix("\(target): input \(number) of seed 5 ") && $0.contains(failure)
      })
    #expect(
      ending.lines.contains("  again: Scripts/fuzz \(target) --seed 5 --number \(number)"))
    // It went on behind it, up to the last input.
    #expect(
      ending.lines.last?.hasPrefix("\(target): \(inputs) inputs, ") == true, "\(ending.lines)")
    #expect(found.count > 1)
    // The number alone breaks it again, and so does the file.
    #expect(try fuzzer.run(target, "--seed", "5", "--number", number).status != 0)
    let path = fuzzer.folder.appendingPathComponent("\(target)-5-\(number)").path
    #expect(try fuzzer.run(target, "--file", path).status != 0)
  }

  @Test("is found where it never ends") func hang() throws {
    let fuzzer = try FuzzerProgram()
    defer { fuzzer.remove() }
    let ending = try fuzzer.run(
      "broken-hang", "sound", "--inputs", "60", "--limit", "1", "--reducing", "8", "--jobs", "2")
    #expect(ending.status == 1)
    let found = try fuzzer.found("broken-hang", seed: 1)
    #expect(found.first?.input.contains(",,") == true)
    #expect(ending.lines.contains { $0.contains("takes longer than an input may") })
  }

  @Test("A reader without a fault is read to the end, and nothing is said of it") func sound()
    throws
  {
    let fuzzer = try FuzzerProgram()
    defer { fuzzer.remove() }
    let ending = try fuzzer.run("sound", "--inputs", "5000")
    #expect(ending.status == 0)
    #expect(ending.lines.count == 1, "\(ending.lines)")
    #expect(
      ending.lines.first?.hasPrefix("sound: 5,000 inputs, 5,000 accepted, 0 findings") == true)
  }

  @Test("The input of a number is the same in every process, and another one for another seed")
  func repeatable() throws {
    let fuzzer = try FuzzerProgram()
    defer { fuzzer.remove() }
    func input(_ target: String, _ seed: String, _ number: String) throws -> [UInt8] {
      try fuzzer.run(target, "--seed", seed, "--number", number, "--show").output
    }
    for target in ["tables", "gzip", "explorer"] {
      let first = try input(target, "9", "77")
      #expect(!first.isEmpty)
      #expect(try input(target, "9", "77") == first)
      #expect(try input(target, "9", "78") != first)
      #expect(try input(target, "10", "77") != first)
    }
  }

  @Test("Options that make no sense are refused") func refused() throws {
    let fuzzer = try FuzzerProgram()
    defer { fuzzer.remove() }
    for arguments in [["nothing"], [], ["tables", "--all"], ["tables", "--write-docs"]] {
      let process = try fuzzer.run(arguments)
      #expect(process.status == 64, "\(arguments)")
    }
  }
}
