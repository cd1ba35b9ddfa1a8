import DropoutEngine
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

  @Test("Learners come back in their order; one alone has names without a prefix") func learners()
    throws
  {
    var other = parameters
    other.layers[1].biases = [5]
    // Eleven learners, so that learner 10 must come after learner 9.
    let all = [other] + Array(repeating: parameters, count: 9) + [other]
    let file = try Safetensors(bytes: Safetensors(learners: all, metadata: ["a": "b"]).bytes)
    #expect(file.metadata == ["a": "b"])
    #expect(file.tensors.first?.name == "learner.0.layers.0.weight")
    #expect(file.tensors.last?.name == "learner.10.layers.1.bias")
    #expect(try file.learners() == all)
    let one = Safetensors(learners: [parameters], metadata: [:])
    #expect(one == parameters.tensors(metadata: [:]))
    #expect(try one.learners() == [parameters])
  }

  @Test("A learner that is missing and a tensor that belongs to none are named") func badLearners()
    throws
  {
    let file = Safetensors(learners: [parameters, parameters, parameters], metadata: [:])
    let without = Safetensors(
      tensors: file.tensors.filter { !$0.name.hasPrefix("learner.1.") }, metadata: [:])
    #expect(throws: SafetensorsError.missingLearner(1, learners: [0, 2])) {
      try without.learners()
    }
    let stray = Safetensors(
      tensors: file.tensors + [.init(name: "layers.0.weight", shape: [1, 1], values: [1])])
    #expect(throws: SafetensorsError.noLearner(tensor: "layers.0.weight")) {
      try stray.learners()
    }
    let zeros = Safetensors(tensors: [
      .init(name: "learner.00.layers.0.weight", shape: [1, 1], values: [1])
    ])
    // 00 is not a learner's number, so the tensor belongs to a single network.
    #expect(try zeros.learners().count == 1)
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
    #expect(throws: SafetensorsError.doNotChain(layers: ["0 4x2", "1 3x5"], advice: [])) {
      try NetworkParameters(bytes)
    }
  }

  /// A file written by Python's safetensors 0.8.0.
  ///
  ///     import numpy as np
  ///     from safetensors.numpy import save
  ///     save({"net.0.weight": np.array([[1, -2], [0.5, 1e-30], [3e30, -0.0]], np.float32),
  ///           "net.0.bias": np.array([0.1, 0.2, 0.3], np.float32),
  ///           "net.2.weight": np.array([[7, 8, 9], [0.25, -1, 1.5]], np.float32),
  ///           "net.2.bias": np.array([-1, 1], np.float32)},
  ///          metadata={"format": "np", "note": 'a "quoted" ü'})
  private let written =
    "QAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJucCIsIm5vdGUiOiJhIFwicXVvdGVkXCIgw7wifSwibm"
    + "V0LjAuYmlhcyI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzAsMTJdfSwibmV0LjAu"
    + "d2VpZ2h0Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlszLDJdLCJkYXRhX29mZnNldHMiOlsxMiwzNl19LCJuZXQuMi"
    + "5iaWFzIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMzYsNDRdfSwibmV0LjIud2Vp"
    + "Z2h0Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyLDNdLCJkYXRhX29mZnNldHMiOls0NCw2OF19fc3MzD3NzEw+mp"
    + "mZPgAAgD8AAADAAAAAP2BCog0XdhdyAAAAgAAAgL8AAIA/AADgQAAAAEEAABBBAACAPgAAgL8AAMA/"

  @Test("Files that Python's own safetensors package wrote are read bit for bit") func python()
    throws
  {
    let file = try Safetensors(bytes: [UInt8](try #require(Data(base64Encoded: written))))
    #expect(file.metadata == ["format": "np", "note": "a \"quoted\" ü"])
    let read = try NetworkParameters(file)
    let expected = NetworkParameters(layers: [
      LayerParameters(
        weights: Matrix(rows: 3, columns: 2, elements: [1, -2, 0.5, 1e-30, 3e30, -0.0]),
        biases: [0.1, 0.2, 0.3]),
      LayerParameters(
        weights: Matrix(rows: 2, columns: 3, elements: [7, 8, 9, 0.25, -1, 1.5]), biases: [-1, 1]),
    ])
    #expect(read == expected)
    #expect(read.layers[0].weights.elements[5].sign == .minus)
  }
}
