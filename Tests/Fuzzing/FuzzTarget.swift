package import RepeatableRandom

/// Something that takes bytes from outside, and that a fuzzer tries to break.
package struct FuzzTarget: Sendable {
  /// The pieces that an input is cut into when it is made smaller.
  package enum Pieces: Sendable {
    /// Single bytes.
    case bytes
    /// Whole lines, each of which is something that happens.
    case lines
  }

  /// The name, as the command line takes it.
  package let name: String
  /// The thing that is fuzzed, in a few words.
  package let about: String
  /// The pieces of an input.
  package let pieces: Pieces
  /// Gets ready to read inputs, once in each process.
  package let prepare: @Sendable (FuzzRoom) throws -> FuzzReader

  /// Creates a target.
  package init(
    _ name: String, _ about: String, pieces: Pieces = .bytes,
    prepare: @escaping @Sendable (FuzzRoom) throws -> FuzzReader
  ) {
    (self.name, self.about, self.pieces, self.prepare) = (name, about, pieces, prepare)
  }
}

/// A target that is ready: it makes inputs, and reads them.
package struct FuzzReader {
  /// Valid inputs, from which the others are made.
  package let samples: [[UInt8]]
  /// An input, a function of the random numbers alone.
  package let make: (inout Generator) -> [UInt8]
  /// Reads an input; throws a ``FuzzFault`` where a promise is broken.
  package let read: ([UInt8]) throws -> FuzzOutcome
  /// The changes that its inputs are made by; nil where they are made in another way.
  package let mutator: Mutator?

  /// Creates a reader.
  package init(
    samples: [[UInt8]], mutator: Mutator? = nil, make: @escaping (inout Generator) -> [UInt8],
    read: @escaping ([UInt8]) throws -> FuzzOutcome
  ) {
    (self.samples, self.mutator, self.make, self.read) = (samples, mutator, make, read)
  }

  /// A reader whose inputs are its samples, mutated.
  package init(
    samples: [[UInt8]], _ mutator: Mutator, read: @escaping ([UInt8]) throws -> FuzzOutcome
  ) {
    self.init(
      samples: samples, mutator: mutator, make: { mutator.mutated(samples, &$0) }, read: read)
  }

  /// The input of a number: a function of seed, target and number alone.
  package func input(seed: UInt64, target: String, number: Int) -> [UInt8] {
    var random = Generator(seed: seed, target: target, number: number)
    return make(&random)
  }
}

/// The end of reading an input that broke no promise.
package enum FuzzOutcome: Equatable, Sendable {
  /// It was taken; `events` counts what happened, where that is more than the reading.
  case accepted(events: Int)
  /// It was refused with a line for the person.
  case refused(String)

  /// It was taken.
  package static let accepted = FuzzOutcome.accepted(events: 0)
}

/// A broken promise.
package struct FuzzFault: Error, Equatable, Sendable {
  /// The promise, in words that do not depend on the input.
  package let promise: String
  /// The evidence.
  package let evidence: String

  /// Creates a fault.
  package init(_ promise: String, _ evidence: String = "") {
    (self.promise, self.evidence) = (promise, evidence)
  }

  /// Throws unless a promise is kept.
  package static func unless(
    _ isKept: Bool, _ promise: String, _ evidence: @autoclosure () -> String = ""
  ) throws(FuzzFault) {
    guard !isKept else { return }
    throw FuzzFault(promise, evidence())
  }
}

extension Generator {
  /// The random numbers of an input.
  init(seed: UInt64, target: String, number: Int) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in target.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var first = Generator(seed: seed ^ hash)
    var second = Generator(
      seed: first.next() ^ UInt64(bitPattern: Int64(number)) &* 0xD134_2543_DE82_EF95)
    self.init(seed: second.next())
  }
}
