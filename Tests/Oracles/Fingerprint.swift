/// The 64-bit FNV-1a hash of words, each as four bytes, the lowest one first.
///
/// > Source: Fowler, Noll, Vo 1991, The FNV Non-Cryptographic Hash Algorithm.
package func fingerprint(_ words: some Sequence<UInt32>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for word in words {
    for shift in stride(from: 0 as UInt32, to: 32, by: 8) {
      hash = (hash ^ UInt64(word >> shift & 0xff)) &* 0x100_0000_01b3
    }
  }
  return hash
}
