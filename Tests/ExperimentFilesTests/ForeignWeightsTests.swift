import DropoutEngine
import ExperimentFiles
import Foundation
import Testing

/// Files of weights as other programs write them.
@Suite("Weights as people have them") struct ForeignWeightsTests {
  /// A tensor whose values count up from a number.
  private func tensor(_ name: String, _ shape: [Int], from first: Float = 0) -> Safetensors.Tensor {
    let count = shape.reduce(1, *)
    return Safetensors.Tensor(
      name: name, shape: shape, values: (0..<count).map { first + Float($0) / 8 })
  }

  private func read(
    _ tensors: [Safetensors.Tensor], layers: [String]? = nil
  ) throws -> (parameters: NetworkParameters, notes: [String]) {
    let file = try Safetensors(bytes: Safetensors(tensors: tensors).bytes)
    let (learners, notes) = try file.readLearners(layers: layers)
    return (learners[0], notes)
  }

  private func shapes(_ parameters: NetworkParameters) -> [String] {
    parameters.layers.map { "\($0.weights.rows)x\($0.weights.columns)" }
  }

  private func error(_ tensors: [Safetensors.Tensor], layers: [String]? = nil) -> SafetensorsError?
  {
    do {
      _ = try read(tensors, layers: layers)
      return nil
    } catch {
      return error as? SafetensorsError
    }
  }

  @Test(
    "Layers of any names are put in order by their numbers, else by the one order of their shapes",
    arguments: [
      ["fc1.weight", "fc2.weight"], ["hidden.weight", "output.weight"],
      ["trunk.0.weight", "head.0.weight"], ["module.0.weight", "module.3.weight"],
      ["model.net.0.weight", "model.net.3.weight"], ["z.weight", "a.weight"],
    ])
  func names(names: [String]) throws {
    let read = try read([tensor(names[1], [3, 8]), tensor(names[0], [8, 4])])
    #expect(shapes(read.parameters) == ["8x4", "3x8"])
    #expect(read.parameters.layers.allSatisfy { $0.biases.allSatisfy { $0 == 0 } })
  }

  @Test("Counted layers keep their order, and a head goes where it fits") func counted() throws {
    let many = (0..<12).map { tensor("\($0).weight", [4, 4], from: Float($0)) }
    let parameters = try read(many.reversed()).parameters
    #expect(parameters.layers.map { $0.weights[0, 0] } == (0..<12).map { Float($0) })
    let head = try read([
      tensor("layers.0.weight", [8, 4]), tensor("layers.1.weight", [8, 8]),
      tensor("out.weight", [3, 8]),
    ])
    #expect(shapes(head.parameters) == ["8x4", "8x8", "3x8"])
    #expect(head.notes.contains { $0.contains("layers.0, layers.1, out") })
  }

  @Test("Where several orders fit, they are to be named; every tensor is used or named")
  func ambiguous() throws {
    let square = [
      tensor("body.0.weight", [3, 4]), tensor("body.3.weight", [3, 3], from: 5),
      tensor("head.weight", [3, 3], from: 9),
    ]
    guard case .severalOrders(let names, let advice) = error(square) else {
      Issue.record("an order was chosen")
      return
    }
    #expect(Set(names) == ["body.0", "body.3", "head"])
    #expect(
      advice == ["--layers body.0,body.3,head is likely by the names, for 4 inputs and 3 outputs"])
    #expect(error(square)?.description.contains("--layers FIRST,NEXT") == true)
    let named = try read(square, layers: ["body.0", "head", "body.3"]).parameters
    #expect(named.layers.map { $0.weights[0, 0] } == [0, 9, 5])
    for wrong in [["body.0", "body.0"], ["body.0", "body.3", "tail"], ["a", "b", "c"]] {
      #expect(
        error(square, layers: wrong)
          == .otherLayers(named: wrong, found: ["body.0", "body.3", "head"]))
    }
    let plain = [tensor("0.weight", [8, 4]), tensor("1.weight", [3, 8])]
    #expect(
      error(plain + [tensor("ln.weight", [8]), tensor("ln.bias", [8])])
        == .unusedTensor("ln.weight", shape: [8]))
    #expect(error(plain + [tensor("pos", [1, 8])]) == .unusedTensor("pos", shape: [1, 8]))
    #expect(error(plain + [tensor("2.bias", [3])]) == .unusedTensor("2.bias", shape: [3]))
    #expect(
      error(plain + [tensor("0.weight_v", [8, 4])]) == .unusedTensor("0.weight_v", shape: [8, 4]))
    #expect(error(plain + [tensor("0.weight_v", [8, 4])])?.description.contains("remove_") == true)
  }

  @Test("The network decides between orders, and what does not chain is named")
  func fitting() throws {
    let ring = [
      tensor("one.weight", [8, 2]), tensor("two.weight", [6, 8]), tensor("three.weight", [2, 6]),
    ]
    let file = try Safetensors(bytes: Safetensors(tensors: ring).bytes)
    #expect(throws: SafetensorsError.self) { try file.readLearners(layers: nil) }
    let fits: [(LayerFit, [String])] = [
      (LayerFit(inputs: 2, outputs: 2), ["8x2", "6x8", "2x6"]),
      (LayerFit(inputs: 8, outputs: 8, hidden: [6, 2]), ["6x8", "2x6", "8x2"]),
    ]
    for (fit, expected) in fits {
      let (learners, notes) = try file.readLearners(layers: nil, fitting: fit)
      #expect(shapes(learners[0]) == expected)
      #expect(notes.contains { $0.contains("their shapes and the network allow") })
    }
    // Two heads of the same size differ in what they need below them by hidden alone.
    let wide = [
      tensor("a.weight", [4, 2]), tensor("b.weight", [2, 4]), tensor("c.weight", [2, 2], from: 5),
    ]
    let other = try Safetensors(bytes: Safetensors(tensors: wide).bytes)
    #expect(throws: SafetensorsError.self) {
      try other.readLearners(layers: nil, fitting: LayerFit(inputs: 2, outputs: 2))
    }
    let last = try other.readLearners(
      layers: nil, fitting: LayerFit(inputs: 2, outputs: 2, hidden: [2, 4]))
    #expect(shapes(last.learners[0]) == ["2x2", "4x2", "2x4"])
    let unused = error([
      tensor("body.0.weight", [8, 4]), tensor("body.2.weight", [3, 8]),
      tensor("head.weight", [5, 7]),
    ])
    guard case .doNotChain(_, let advice) = unused else {
      Issue.record("it chains")
      return
    }
    #expect(advice == ["--layers body.0,body.2 leaves the others aside"])
    #expect(unused?.description.contains("head 5x7") == true)
  }

  /// A file with one tensor of a type and its bytes.
  private func file(_ type: String, _ shape: [Int], _ data: [UInt8]) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ",")
    let header =
      #"{"0.weight":{"dtype":"\#(type)","shape":[\#(sizes)],"data_offsets":[0,\#(data.count)]}}"#
    return withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
      + Array(header.utf8) + data
  }

  private func littleEndian(_ words: [some FixedWidthInteger]) -> [UInt8] {
    words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
  }

  @Test("Numbers of 16 and 64 bits are widened and rounded, and it is said") func types() throws {
    // 1, -2.5, the smallest subnormal, the largest number.
    let half = try Safetensors(
      bytes: file("F16", [2, 2], littleEndian([0x3C00, 0xC100, 0x0001, 0x7BFF] as [UInt16])))
    #expect(half.tensors[0].values == [1, -2.5, 0x1p-24, 65504])
    #expect(
      half.notes.contains {
        $0.contains("one tensor of type F16 is") && $0.contains("changes no value")
      })
    let brain = try Safetensors(
      bytes: file("BF16", [2, 1], littleEndian([0x3F80, 0xC020] as [UInt16])))
    #expect(brain.tensors[0].values == [1, -2.5])
    let double = try Safetensors(
      bytes: file("F64", [2, 1], littleEndian([(0.1).bitPattern, (-2.5).bitPattern])))
    #expect(double.tensors[0].values == [0.1, -2.5])
    #expect(double.notes.contains { $0.contains("rounded") })
    #expect(
      throws: SafetensorsError.unsupportedType(tensor: "0.weight", type: "F8_E4M3")
    ) { try Safetensors(bytes: file("F8_E4M3", [1, 1], [0])) }
  }

  @Test(
    "Weights that are no finite numbers are refused with their place", arguments: ["F16", "F64"])
  func notFinite(type: String) {
    let bytes =
      type == "F16"
      ? littleEndian([0, 0, 0, 0, 0x7C00, 0] as [UInt16])
      : littleEndian([0, 0, 0, 0, (1e300).bitPattern, 0] as [UInt64])
    #expect(
      throws: SafetensorsError.notFinite(
        tensor: "0.weight", index: [1, 1], value: type == "F64" ? 1e300 : .infinity)
    ) { try Safetensors(bytes: file(type, [2, 3], bytes)) }
    let nan = Safetensors(tensors: [
      Safetensors.Tensor(name: "0.weight", shape: [1, 2], values: [0, .nan])
    ]).bytes
    #expect(throws: SafetensorsError.self) { try Safetensors(bytes: nan) }
  }

  @Test("Whole numbers are no weights and are left aside, with a word") func wholeNumbers() throws {
    let header =
      #"{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]},"#
      + #""step":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}"#
    let bytes =
      withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
      + Array(header.utf8) + [UInt8](repeating: 1, count: 12)
    let file = try Safetensors(bytes: bytes)
    #expect(file.tensors.map(\.name) == ["0.weight"])
    #expect(file.notes.contains { $0.contains("step") })
  }

  @Test("A batch norm is folded into the layer before it, as its test mode is")
  func batchNorm() throws {
    let (mean, variance, scale, shift): ([Float], [Float], [Float], [Float]) = (
      [0.5, -1], [4, 0.25], [2, 3], [0.125, -0.5]
    )
    func norm(_ name: String) -> [Safetensors.Tensor] {
      [
        ("running_mean", mean), ("running_var", variance), ("weight", scale), ("bias", shift),
      ].map { Safetensors.Tensor(name: "\(name).\($0.0)", shape: [2], values: $0.1) }
    }
    for (layer, name, last) in [("0", "1", "4"), ("fc1", "bn1", "fc2")] {
      let linear = [
        Safetensors.Tensor(name: "\(layer).weight", shape: [2, 2], values: [1, 2, 3, 4]),
        Safetensors.Tensor(name: "\(layer).bias", shape: [2], values: [1, -1]),
        tensor("\(last).weight", [3, 2]),
      ]
      let read = try read(linear + norm(name))
      let folded = read.parameters.layers[0]
      for unit in 0..<2 {
        let inputs: [Double] = [0.75, -2]
        let weights = [[1.0, 2], [3, 4]][unit]
        let sum = weights[0] * inputs[0] + weights[1] * inputs[1] + [1.0, -1][unit]
        let expected =
          (sum - Double(mean[unit])) / (Double(variance[unit]) + 1e-5).squareRoot()
          * Double(scale[unit]) + Double(shift[unit])
        let value =
          Double(folded.weights[unit, 0]) * inputs[0] + Double(folded.weights[unit, 1]) * inputs[1]
          + Double(folded.biases[unit])
        #expect(abs(value - expected) < 1e-5)
      }
      #expect(read.notes.contains { $0.contains("folded into layer '\(layer)'") })
    }
    let plain = [tensor("0.weight", [2, 2]), tensor("4.weight", [3, 2])]
    for name in ["2", "norm", "7"] {
      guard case .unfoldable(name, _) = error(plain + norm(name)) else {
        Issue.record("\(name) was folded")
        continue
      }
    }
  }

  @Test("Kernels of Flax are transposed") func kernels() throws {
    let read = try read([
      tensor("Dense_0.kernel", [4, 8]), tensor("Dense_0.bias", [8]),
      tensor("Dense_1.kernel", [8, 3]),
    ])
    #expect(shapes(read.parameters) == ["8x4", "3x8"])
    #expect(read.parameters.layers[0].weights[0, 1] == 1)
    #expect(read.notes.contains { $0.contains("transposed") })
  }

  @Test(
    "Files of other formats are named",
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 0, 0, 0, 0], OtherFormat.torch),
      ([0x80, 0x02, 0x7D, 0x71, 0x00, 0x28, 0x58, 0x08], .torch),
      ([0x89] + Array("HDF\r\n".utf8), .hdf5), ([0x93] + Array("NUMPY".utf8), .numpy),
    ] as [([UInt8], OtherFormat)])
  func otherFormats(bytes: [UInt8], format: OtherFormat) {
    #expect(OtherFormat(bytes) == format)
    // Every length of a header up to 16 MB is a length.
    for length in Array(0...70_000) + [0x7D0280, 0xFFFFFF] {
      #expect(OtherFormat(littleEndian([UInt64(length)])) == nil, "\(length)")
    }
  }
}
