/// A type of the numbers of a tensor, as a safetensors header names it.
enum TensorType: String {
  case single = "F32"
  case half = "F16"
  case brain = "BF16"
  case double = "F64"
  case int64 = "I64"
  case int32 = "I32"
  case int16 = "I16"
  case int8 = "I8"
  case uint64 = "U64"
  case uint32 = "U32"
  case uint16 = "U16"
  case uint8 = "U8"
  case bool = "BOOL"

  /// The number of bytes of one.
  var size: Int {
    switch self {
    case .double, .int64, .uint64: 8
    case .single, .int32, .uint32: 4
    case .half, .brain, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// Whether it holds fractions, as weights do.
  var isNumber: Bool {
    switch self {
    case .single, .half, .brain, .double: true
    default: false
    }
  }

  /// Numbers from little-endian bytes, widened or rounded to 32 bits.
  func numbers(_ bytes: ArraySlice<UInt8>) -> [Float] {
    bytes.withUnsafeBytes { buffer in
      func load<Word: FixedWidthInteger>(_ offset: Int, _ type: Word.Type) -> Word {
        Word(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: type))
      }
      return stride(from: 0, to: buffer.count, by: size).map { offset in
        switch self {
        case .half: TensorType.widened(half: load(offset, UInt16.self))
        case .brain: Float(bitPattern: UInt32(load(offset, UInt16.self)) << 16)
        case .double: Float(Double(bitPattern: load(offset, UInt64.self)))
        default: Float(bitPattern: load(offset, UInt32.self))
        }
      }
    }
  }

  /// One number as the file has it.
  func number(_ index: Int, of bytes: ArraySlice<UInt8>) -> Double {
    let start = bytes.startIndex + index * size
    let word = bytes[start..<start + size]
    guard self == .double else { return Double(numbers(word)[0]) }
    return Double(bitPattern: word.reversed().reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// The value of 16 bits: sign, 5 bits of exponent, 10 of fraction.
  ///
  /// > Source: IEEE 754-2019, 3.4, binary16.
  private static func widened(half bits: UInt16) -> Float {
    let sign: Float = bits >> 15 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Float(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * Float(sign: .plus, exponent: -24, significand: 1)
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * Float(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
    }
  }
}
