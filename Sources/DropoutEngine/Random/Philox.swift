/// A counter-based random number generator: four 32-bit words as a pure function of a counter and a
/// key.
///
/// Seven rounds are enough to pass the usual test batteries.
///
/// > Source: Salmon, Moraes, Dror, Shaw 2011, Parallel Random Numbers: As Easy as 1, 2, 3, section
/// > 3.3 and table 2 (Philox4x32-7).
public enum Philox {
  /// The four words of a counter.
  public typealias Words = (UInt32, UInt32, UInt32, UInt32)

  /// Four random words.
  public static func words(counter: Words, key: UInt64, rounds: Int = 7) -> Words {
    var (c0, c1, c2, c3) = counter
    var k0 = UInt32(truncatingIfNeeded: key)
    var k1 = UInt32(truncatingIfNeeded: key >> 32)
    for _ in 0..<rounds {
      let first = c0.multipliedFullWidth(by: 0xD251_1F53)
      let second = c2.multipliedFullWidth(by: 0xCD9E_8D57)
      (c0, c1, c2, c3) = (second.high ^ c1 ^ k0, second.low, first.high ^ c3 ^ k1, first.low)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (c0, c1, c2, c3)
  }
}
