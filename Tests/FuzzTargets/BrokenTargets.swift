import CLibrary
package import Fuzzing

/// Readers that are broken on purpose: the fuzzer has to find how.
///
/// They read numbers between commas, as in `sum,3,4`, and are fuzzed by name alone. Chance does not
/// find the fault of `broken-deep`: coverage has to lead there.
package enum BrokenTargets {
  /// The readers, and a sound one.
  package static let all = [
    target("broken-trap", "traps on a number between brackets") { bytes in
      if let open = bytes.firstIndex(of: UInt8(ascii: "[")),
        bytes[open...].dropFirst().first == UInt8(ascii: "7"), bytes.count > 3
      {
        let none: [Int] = []
        print(none[bytes.count])
      }
    },
    target("broken-hang", "never ends behind two commas") { bytes in
      let commas = zip(bytes, bytes.dropFirst()).contains {
        $0 == UInt8(ascii: ",") && $1 == UInt8(ascii: ",")
      }
      while commas, getpid() > 0 {}
    },
    target("broken-promise", "accepts a number of more than four digits") { bytes in
      let digits = bytes.split { !(48...57).contains($0) }.first { $0.count > 4 }
      try FuzzFault.unless(
        digits == nil, "a number has at most four digits",
        String(decoding: digits ?? [], as: UTF8.self))
    },
    target("broken-line", "refuses with a line that can paint a terminal") { bytes in
      if bytes.last == UInt8(ascii: "!") { throw Refusal(line: "\u{1B}[31mno") }
    },
    target("broken-deep", "traps behind a word that it reads letter by letter") { bytes in
      var rest = bytes[...]
      for letter in "dropout".utf8 {
        guard rest.popFirst() == letter else { return }
      }
      let none: [Int] = []
      print(none[bytes.count])
    },
    target("sound", "has no fault") { _ in },
  ]

  private struct Refusal: Error {
    let line: String
  }

  private static func target(
    _ name: String, _ about: String, _ read: @escaping @Sendable ([UInt8]) throws -> Void
  ) -> FuzzTarget {
    FuzzTarget(name, about) { _ in
      let mutator = Mutator(words: ["sum", "[7]", "[", "7", ",,", "!", "12345"], marks: "[]7,!")
      let samples = ["sum,3,4\n", "sum,10,200\nsum,1\n", "product,5,6,7\n"].map { Array($0.utf8) }
      return FuzzReader(samples: samples, mutator) { bytes in
        do {
          try read(bytes)
          return .accepted
        } catch let refusal as Refusal {
          return .refused(refusal.line)
        }
      }
    }
  }
}
