/// Repeatable random numbers for tests: the same seed gives the same values.
///
/// > Source: Steele, Lea, Flood 2014, Fast Splittable Pseudorandom Number Generators (SplitMix64).
package struct Generator: RandomNumberGenerator {
  private var state: UInt64

  /// The generator of a seed.
  package init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of the range.
  package mutating func int(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  /// A number from 0 to one less than `count`.
  package mutating func int(below count: Int) -> Int { int(0...count - 1) }

  /// One of the values, of which there is at least one.
  package mutating func element<Element>(_ values: [Element]) -> Element {
    values[int(below: values.count)]
  }
}
