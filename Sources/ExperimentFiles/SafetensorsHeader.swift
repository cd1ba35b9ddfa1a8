import Foundation

/// The JSON header of a safetensors file.
struct SafetensorsHeader: Decodable {
  /// The types of number that are read.
  enum NumberType: String {
    case float32 = "F32"
    case float64 = "F64"
    case float16 = "F16"
    case bfloat16 = "BF16"

    /// The bytes of one number.
    var size: Int {
      switch self {
      case .float32: 4
      case .float64: 8
      case .float16, .bfloat16: 2
      }
    }

    /// The numbers of little-endian bytes, rounded to 32 bits.
    func decode(_ bytes: ArraySlice<UInt8>) -> [Float] {
      stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { first in
        let bits = bytes[first..<first + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return switch self {
        case .float32: Float(bitPattern: UInt32(bits))
        case .float64: Float(Double(bitPattern: bits))
        case .bfloat16: Float(bitPattern: UInt32(bits) << 16)
        case .float16: SafetensorsHeader.halfPrecision(UInt16(bits))
        }
      }
    }
  }

  /// One tensor as the header describes it.
  struct Entry {
    var name: String
    var typeName: String
    var type: NumberType
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  private(set) var metadata: [String: String] = [:]
  private(set) var entries: [Entry] = []

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private struct Description: Decodable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      if key.stringValue == "__metadata__" {
        metadata = try container.decode([String: String].self, forKey: key)
        continue
      }
      let description = try container.decode(Description.self, forKey: key)
      guard let type = NumberType(rawValue: description.dtype) else {
        throw SafetensorsError.unsupportedType(tensor: key.stringValue, type: description.dtype)
      }
      guard description.data_offsets.count == 2 else {
        throw SafetensorsError.badHeader(reason: "data_offsets of a tensor are not two numbers")
      }
      entries.append(
        Entry(
          name: key.stringValue, typeName: description.dtype, type: type, shape: description.shape,
          begin: description.data_offsets[0], end: description.data_offsets[1]))
    }
    entries.sort { ($0.begin, $0.name) < ($1.begin, $1.name) }
  }

  /// Checks that each tensor's bytes are there, as many as its shape needs, and its own.
  func checkOffsets(available: Int) throws(SafetensorsError) {
    for entry in entries {
      var needed: Int? = entry.type.size
      for size in entry.shape {
        guard size >= 0, let product = needed?.multipliedReportingOverflow(by: size),
          !product.overflow
        else {
          needed = nil
          break
        }
        needed = product.partialValue
      }
      guard entry.begin >= 0, entry.begin <= entry.end, entry.end <= available,
        needed == entry.end - entry.begin
      else {
        throw .badOffsets(
          tensor: entry.name, begin: entry.begin, end: entry.end,
          needed: needed.map { "\($0)" } ?? "more than any file's", available: available)
      }
    }
    for (first, second) in zip(entries, entries.dropFirst()) where second.begin < first.end {
      throw .overlap(tensor: first.name, with: second.name)
    }
  }

  /// What a decoder says was wrong, in a few words.
  static func reason(of error: any Error) -> String {
    switch error {
    case let error as SafetensorsError: return error.description
    case DecodingError.keyNotFound(let key, _): return "a tensor has no \(key.stringValue)"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return "\(path.prefix(80)) has the wrong kind of value"
    default: return "it cannot be parsed"
    }
  }

  /// A number of 16 bits as IEEE 754 has it.
  private static func halfPrecision(_ bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Float(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * (1 + fraction * 0x1p-10)
        * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}
