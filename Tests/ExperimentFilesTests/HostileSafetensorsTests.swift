import DropoutEngine
import ExperimentFiles
import Foundation
import Testing

@Suite("Safetensors files that are wrong") struct HostileSafetensorsTests {
  private let parameters = NetworkParameters(layers: [
    LayerParameters(
      weights: Matrix(rows: 3, columns: 2, elements: [1, -2, 0.5, 1e-30, 3e30, -0.0]),
      biases: [0.1, 0.2, 0.3]),
    LayerParameters(weights: Matrix(rows: 1, columns: 3, elements: [7, 8, 9]), biases: [-1]),
  ])

  /// A file with the given header and number of data bytes.
  private func file(header: String, data: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + Array(header.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  private func error(header: String, data: Int) -> SafetensorsError? {
    do {
      _ = try Safetensors(bytes: file(header: header, data: data))
      return nil
    } catch {
      return error
    }
  }

  @Test("Every cut of a good file is an error, and never a trap") func truncation() {
    let bytes = parameters.tensors(metadata: [:]).bytes
    for count in 0..<bytes.count {
      #expect(throws: SafetensorsError.self, "cut to \(count) bytes") {
        try Safetensors(bytes: Array(bytes.prefix(count)))
      }
    }
  }

  @Test("A header that lies about its length is an error") func headerLength() {
    var bytes = parameters.tensors(metadata: [:]).bytes
    bytes.replaceSubrange(0..<8, with: [UInt8](repeating: 255, count: 8))
    #expect(
      throws: SafetensorsError.headerTooLong(length: .max, bytes: bytes.count)
    ) { try Safetensors(bytes: bytes) }
  }

  @Test("Offsets outside the file, out of order, too short or overlapping are errors")
  func offsets() {
    let outside = error(
      header: #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, data: 4)
    #expect(
      outside == .badOffsets(tensor: "a", begin: 0, end: 8, needed: "8", available: 4))
    let backwards = error(
      header: #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, data: 8)
    #expect(backwards == .badOffsets(tensor: "a", begin: 8, end: 0, needed: "8", available: 8))
    let overflow = error(
      header: #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
      data: 8)
    #expect(
      overflow
        == .badOffsets(
          tensor: "a", begin: 0, end: 8, needed: "more than any file's", available: 8))
    let negative = error(
      header: #"{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}"#, data: 8)
    #expect(
      negative
        == .badShape(
          tensor: "a", shape: [-1, -2], expected: "sizes are whole numbers, at least 0"))
    let overlap = error(
      header: #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
        + #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, data: 8)
    #expect(overlap == .overlap(tensor: "a", with: "b"))
  }

  @Test("Headers that are no JSON, no objects or nested without end are errors") func badHeaders() {
    for header in [
      "", "{", "[]", "null", #"{"a":1}"#, #"{"a":{"dtype":"F32"}}"#,
      #"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#,
      String(repeating: "[", count: 100_000), "\u{0}\u{1}", #"{"__metadata__":3}"#,
    ] {
      #expect(error(header: header, data: 16) != nil, "\(header.prefix(40))")
    }
  }

  @Test(
    "Weights of other types than 16, 32 and 64 bits with fractions are refused by name",
    arguments: [
      ("I8", 1), ("I64", 8), ("U8", 1), ("BOOL", 1), ("F8_E4M3", 1), ("f32", 4), ("F4", 1),
    ])
  func types(name: String, size: Int) {
    let refused = error(
      header: #"{"0.weight":{"dtype":"\#(name)","shape":[1],"data_offsets":[0,\#(size)]}}"#,
      data: size)
    #expect(refused == .unsupportedType(tensor: "0.weight", type: name))
    #expect(refused?.description.contains(name) == true)
    #expect(refused?.description.contains("'0.weight'") == true)
  }

  @Test("Holes, bytes before the first and after the last tensor are errors") func unusedBytes() {
    let hole = error(
      header: #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
        + #""b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#, data: 12)
    #expect(hole == .unusedBytes(from: 4, to: 8, before: "b"))
    let before = error(
      header: #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, data: 8)
    #expect(before == .unusedBytes(from: 0, to: 4, before: "a"))
    let after = error(
      header: #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, data: 5)
    #expect(after == .unusedBytes(from: 4, to: 5, before: nil))
    #expect(error(header: "{}", data: 0) == nil)
    #expect(error(header: "{}", data: 1) == .unusedBytes(from: 0, to: 1, before: nil))
  }

  @Test("A name that stands twice is an error, however it is written") func repeatedNames() {
    let tensor = #":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
    for second in [#""a""#, #""\u0061""#, #""a" "#] {
      #expect(
        error(header: #"{"a"\#(tensor),\#(second)\#(tensor)}"#, data: 4) == .repeatedName("a"))
    }
    #expect(
      error(
        header: #"{"a":{"dtype":"F32","shape":[1],"shape":[2],"data_offsets":[0,4]}}"#, data: 4)
        == .repeatedName("shape"))
    // A value is no name, and two objects may have members of the same name.
    let good =
      #"{"__metadata__":{"a":"a","b":"a:"},"a"\#(tensor),"b":{"dtype":"F32","shape":[0],"#
      + #""data_offsets":[4,4]}}"#
    #expect(error(header: good, data: 4) == nil)
  }

  @Test("Numbers that are none, or larger than any offset, are errors") func badNumbers() {
    for shape in ["[1.5]", "[1e40]", "[99999999999999999999]", "[true]", "[null]", #"["1"]"#, "1"] {
      let found = error(
        header: #"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,4]}}"#, data: 4)
      #expect(found != nil, "\(shape)")
    }
    for offsets in ["[0,9223372036854775808]", "[-4,0]", "[0,1e300]", "[0,4,8]", "[]"] {
      let found = error(
        header: #"{"a":{"dtype":"F32","shape":[1],"data_offsets":\#(offsets)}}"#, data: 4)
      #expect(found != nil, "\(offsets)")
    }
    let largest = error(
      header:
        #"{"a":{"dtype":"F32","shape":[1],"#
        + #""data_offsets":[9223372036854775800,9223372036854775804]}}"#,
      data: 4)
    #expect(largest != nil)
  }

  @Test("A name of a million characters is read, and shortened where it is shown") func longNames()
  {
    let name = String(repeating: "n", count: 1_000_000)
    let found = error(
      header: #"{"\#(name)":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, data: 4)
    #expect(found?.description.count ?? 1_000 < 300)
    // A header may claim to be a thousand million bytes long; no memory is reserved for it.
    var bytes = file(header: "{}", data: 0)
    bytes.replaceSubrange(
      0..<8, with: withUnsafeBytes(of: UInt64(1_000_000_000).littleEndian) { Array($0) })
    #expect(throws: SafetensorsError.headerTooLong(length: 1_000_000_000, bytes: 10)) {
      try Safetensors(bytes: bytes)
    }
  }

  @Test("Text in UTF-16, or after the header's object, is no header") func otherEncodings() {
    var bytes = withUnsafeBytes(of: UInt64(4).littleEndian) { Array($0) }
    bytes += [0x7B, 0, 0x7D, 0]
    #expect(throws: SafetensorsError.self) { try Safetensors(bytes: bytes) }
    #expect(error(header: "{}x", data: 0) != nil)
    #expect(error(header: " {}", data: 0) != nil)
    #expect(error(header: "{}   ", data: 0) == nil)
  }
}
