/// Bytes that were damaged at one to three places: changed, left out, put in, or copied.
package func damagedBytes(
  of bytes: [UInt8], using random: inout some RandomNumberGenerator
) -> [UInt8] {
  let telling = Array("{}[]\",:\\-.eE+019nNtfu \n\u{0}".utf8) + [0xFF, 0xC3, 0x80]
  func anyByte(_ random: inout some RandomNumberGenerator) -> UInt8 {
    telling[Int.random(in: telling.indices, using: &random)]
  }
  var bytes = bytes
  for _ in 0..<Int.random(in: 1...3, using: &random) {
    let at = Int.random(in: bytes.indices, using: &random)
    let end = min(bytes.count, at + Int.random(in: 1...40, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[at] = anyByte(&random)
    case 1: bytes.remove(at: at)
    case 2: bytes.insert(anyByte(&random), at: at)
    case 3: bytes.removeSubrange(at..<end)
    default:
      let to = Int.random(in: bytes.indices, using: &random)
      bytes.insert(contentsOf: Array(bytes[at..<end]), at: to)
    }
  }
  return bytes
}
