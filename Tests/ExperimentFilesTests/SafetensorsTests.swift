import DropoutCore
import ExperimentFiles
import Foundation
import Testing

@Suite("Safetensors") struct SafetensorsTests {
  private let parameters = NetworkParameters(layers: [
    LayerParameters(
      weights: Matrix(rows: 3, columns: 2, elements: [1, -2, 0.5, 1e-30, 3e30, -0.0]),
      biases: [0.1, 0.2, 0.3]),
    LayerParameters(weights: Matrix(rows: 1, columns: 3, elements: [7, 8, 9]), biases: [-1]),
  ])

  /// A file with a header as given and so many bytes of data.
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

  @Test("Parameters come back as the same bits, with their metadata") func roundTrip() throws {
    let bytes = parameters.tensors(metadata: ["variant": "inverted"]).bytes
    #expect(bytes.count > 8 && bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) } % 8 == 0)
    let read = try Safetensors(bytes: bytes)
    #expect(read.metadata == ["variant": "inverted"])
    #expect(read.tensors.map(\.name).first == "layers.0.weight")
    let back = try NetworkParameters(read)
    #expect(
      back.layers.flatMap(\.weights.elements).map(\.bitPattern)
        == parameters.layers.flatMap(\.weights.elements).map(\.bitPattern))
    #expect(back == parameters)
  }

  @Test("Layers of a PyTorch Sequential are read in the order of their numbers") func sequential()
    throws
  {
    func tensor(_ name: String, _ shape: [Int], _ value: Float) -> Safetensors.Tensor {
      Safetensors.Tensor(
        name: name, shape: shape, values: Array(repeating: value, count: shape.reduce(1, *)))
    }
    let read = try NetworkParameters(
      Safetensors(tensors: [
        tensor("10.weight", [1, 5], 10), tensor("0.weight", [4, 2], 0), tensor("0.bias", [4], 0.5),
        tensor("3.weight", [5, 4], 3), tensor("10.bias", [1], 1),
      ]))
    #expect(read.layers.map(\.weights.rows) == [4, 5, 1])
    #expect(read.layers[0].biases == [0.5, 0.5, 0.5, 0.5])
    #expect(read.layers[1].biases == [0, 0, 0, 0, 0])
  }

  @Test("Shapes that do not chain are shown") func chaining() throws {
    let bytes = Safetensors(tensors: [
      Safetensors.Tensor(name: "0.weight", shape: [4, 2], values: Array(repeating: 0, count: 8)),
      Safetensors.Tensor(name: "1.weight", shape: [3, 5], values: Array(repeating: 0, count: 15)),
    ])
    #expect(throws: SafetensorsError.doNotChain(shapes: ["4x2", "3x5"])) {
      try NetworkParameters(bytes)
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
    #expect(negative != nil)
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

  @Test("Half and double precision are read; whole numbers are refused by name") func types() throws
  {
    let header =
      #"{"0.weight":{"dtype":"BF16","shape":[1,1],"data_offsets":[0,2]},"#
      + #""1.weight":{"dtype":"F16","shape":[1,1],"data_offsets":[2,4]},"#
      + #""2.weight":{"dtype":"F64","shape":[1,1],"data_offsets":[4,12]}}"#
    var bytes = file(header: header, data: 0)
    bytes += [0x80, 0x3F, 0x00, 0xC0]  // 1 and -2
    bytes += withUnsafeBytes(of: (0.25).bitPattern.littleEndian) { Array($0) }
    let read = try NetworkParameters(Safetensors(bytes: bytes))
    #expect(read.layers.map { $0.weights[0, 0] } == [1, -2, 0.25])
    let refused = error(
      header: #"{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, data: 8)
    #expect(refused?.description.contains("I64") == true)
  }
}
