import FuzzTargets
import Fuzzing
import RepeatableRandom
import Testing

@Suite("The targets of the fuzzer") struct TargetTests {
  /// A room for the files of a target, and the target in it.
  private func withReader(
    _ target: FuzzTarget, _ body: (FuzzReader) throws -> Void
  ) throws {
    let room = try FuzzRoom.make()
    defer { room.remove() }
    try body(try target.prepare(room))
  }

  @Test("Names are unique, and each target has samples") func names() throws {
    #expect(Set(FuzzTargets.all.map(\.name)).count == FuzzTargets.all.count)
    for target in FuzzTargets.all {
      try withReader(target) { #expect(!$0.samples.isEmpty, "\(target.name)") }
    }
  }

  @Test("Samples are valid: a mutation begins with what is read to its end")
  func samples() throws {
    for target in FuzzTargets.all where !["images", "tables"].contains(target.name) {
      try withReader(target) { reader in
        let refused = try reader.samples.filter { sample in
          if case .refused = try reader.read(sample) { true } else { false }
        }
        #expect(refused.count * 3 <= reader.samples.count, "\(target.name): \(refused.count)")
      }
    }
  }

  @Test("Some inputs are accepted and some are refused, so that both ways are tried")
  func bothWays() throws {
    for target in FuzzTargets.all where target.name != "terminal" {
      try withReader(target) { reader in
        let count = target.name == "explorer" ? 40 : 400
        var (accepted, refused) = (0, 0)
        for number in 0..<count {
          let input = reader.input(seed: 3, target: target.name, number: number)
          switch try reader.read(input) {
          case .accepted: accepted += 1
          case .refused(let line):
            try RefusalLine.check(line)
            refused += 1
          }
        }
        #expect(accepted * 50 >= count, "\(target.name): \(accepted) accepted")
        #expect(refused > 0 || target.name == "explorer", "\(target.name)")
      }
    }
  }

  @Test("The same seed gives the same inputs, and an input does not depend on those before it")
  func sameInputs() throws {
    for target in FuzzTargets.all {
      try withReader(target) { first in
        let inputs = (0..<50).map { first.input(seed: 8, target: target.name, number: $0) }
        try withReader(target) { second in
          for number in [49, 7, 0] {
            let again = second.input(seed: 8, target: target.name, number: number)
            #expect(again == inputs[number], "\(target.name) \(number)")
          }
        }
        #expect(Set(inputs).count > 25, "\(target.name)")
      }
    }
  }

  @Test("A line that is empty, long, or paints a terminal is no refusal") func refusals() {
    for text in [
      "", "\u{1B}[31m", "two\nlines", "\u{202E}", String(repeating: "x", count: 5000),
    ] {
      #expect(throws: FuzzFault.self) { try RefusalLine.check(text) }
    }
    #expect(throws: Never.self) { try RefusalLine.check("'\u{E9}' is no number; 5 is one") }
  }
}
