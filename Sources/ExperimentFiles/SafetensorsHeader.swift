#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The JSON header of a safetensors file.
struct SafetensorsHeader: Decodable {
  /// One tensor as the header describes it.
  struct Entry {
    var name: String
    var type: TensorType
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
      guard let type = TensorType(rawValue: description.dtype) else {
        throw SafetensorsError.unsupportedType(tensor: key.stringValue, type: description.dtype)
      }
      guard description.data_offsets.count == 2 else {
        throw SafetensorsError.badHeader(reason: "data_offsets of a tensor are not two numbers")
      }
      entries.append(
        Entry(
          name: key.stringValue, type: type, shape: description.shape,
          begin: description.data_offsets[0], end: description.data_offsets[1]))
    }
    entries.sort { ($0.begin, $0.end, $0.name) < ($1.begin, $1.end, $1.name) }
  }

  /// Reads the header's bytes.
  static func read(_ bytes: ArraySlice<UInt8>) throws(SafetensorsError) -> SafetensorsHeader {
    // The decoder would also accept UTF-16, which contains zero bytes.
    guard bytes.first == UInt8(ascii: "{"), !bytes.contains(0) else {
      throw .badHeader(reason: "it does not start with {, or is no UTF-8 text")
    }
    let header: SafetensorsHeader
    do {
      header = try JSONDecoder().decode(SafetensorsHeader.self, from: Data(bytes))
    } catch {
      throw (error as? SafetensorsError) ?? .badHeader(reason: reason(of: error))
    }
    // A decoder silently keeps one of two members with the same name.
    if let name = RepeatedNames.first(in: bytes) { throw .repeatedName(name) }
    return header
  }

  /// Checks that each tensor has its own bytes, as many as its shape needs, and that no byte is
  /// left over.
  func checkOffsets(available: Int) throws(SafetensorsError) {
    for entry in entries {
      guard entry.shape.allSatisfy({ $0 >= 0 }) else {
        throw .badShape(
          tensor: entry.name, shape: entry.shape, expected: "sizes are whole numbers, at least 0")
      }
      var needed: Int? = entry.type.size
      for size in entry.shape {
        guard let product = needed?.multipliedReportingOverflow(by: size),
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
    var next = 0
    for entry in entries {
      guard entry.begin == next else {
        throw .unusedBytes(from: next, to: entry.begin, before: entry.name)
      }
      next = entry.end
    }
    guard next == available else { throw .unusedBytes(from: next, to: available, before: nil) }
  }

  /// A decoder's error in a few words.
  static func reason(of error: any Error) -> String {
    switch error {
    case let error as SafetensorsError: return error.description
    case DecodingError.keyNotFound(let key, _): return "a tensor has no \(key.stringValue)"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return "\(path.prefix(80)) has the wrong kind of value"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return "\(path.prefix(80)) is no whole number, or one that is too large"
    default: return "it cannot be parsed"
    }
  }
}
