import DropoutEngine
import ExperimentFiles
import Testing

/// Files whose layers are in no one order, and those of which a part is the network.
@Suite("Layers that are named, and those left aside") struct LayerAdviceTests {
  private func tensor(_ name: String, _ shape: [Int], from first: Float = 0) -> Safetensors.Tensor {
    let count = shape.reduce(1, *)
    return Safetensors.Tensor(
      name: name, shape: shape, values: (0..<count).map { first + Float($0) / 8 })
  }

  private func read(
    _ tensors: [Safetensors.Tensor], layers: String? = nil, fit: LayerFit = LayerFit()
  ) throws -> (parameters: NetworkParameters, notes: [String]) {
    let file = try Safetensors(bytes: Safetensors(tensors: tensors).bytes)
    let (learners, notes) = try file.readLearners(
      layers: layers.map { $0.split(separator: ",").map(String.init) }, fitting: fit)
    return (learners[0], notes)
  }

  /// The values of `--layers` that an error names.
  private func advised(
    _ tensors: [Safetensors.Tensor], fit: LayerFit = LayerFit()
  ) -> [String]? {
    do {
      _ = try read(tensors, fit: fit)
      return nil
    } catch let error as SafetensorsError {
      let advice: [String] =
        switch error {
        case .severalOrders(_, let advice), .doNotChain(_, let advice),
          .unusedTensor(_, _, let advice):
          advice
        default: []
        }
      for sentence in advice { #expect(error.description.contains(sentence)) }
      return advice.map { String($0.split(separator: " ")[1]) }
    } catch {
      return nil
    }
  }

  @Test("A copy of each layer is left aside by naming the others, and that is advised")
  func copies() throws {
    let plain = [tensor("net.0.weight", [8, 4]), tensor("net.2.weight", [3, 8])]
    for copy in ["ema.net.%.weight", "net_ema.%.weight", "net.swa.%.weight"] {
      let copies = [
        tensor(copy.replacing("%", with: "0"), [8, 4], from: 5),
        tensor(copy.replacing("%", with: "2"), [3, 8], from: 5),
      ]
      let options = try #require(advised(copies + plain))
      #expect(options.contains("net.0,net.2") && options.count == 2, "\(options)")
      for option in options {
        let (parameters, notes) = try read(copies + plain, layers: option)
        #expect(parameters.layers.map(\.weights.rows) == [8, 3])
        #expect(parameters.layers[0].weights[0, 0] == (option == "net.0,net.2" ? 0 : 5))
        #expect(notes.contains { $0.contains("left aside") })
      }
    }
    // Square ones chain in many orders; the copy is told by its names alone.
    let square = ["net.0", "net.2", "ema.net.0", "ema.net.2"].map {
      tensor("\($0).weight", [4, 4])
    }
    #expect(advised(square).map(Set.init) == ["net.0,net.2", "ema.net.0,ema.net.2"])
  }

  @Test("Of two heads, those are advised that fit the network") func heads() throws {
    let heads = [
      tensor("fc1.weight", [8, 4]), tensor("fc2.weight", [3, 8]), tensor("aux.weight", [2, 8]),
    ]
    #expect(advised(heads).map(Set.init) == ["fc1,fc2", "fc1,aux"])
    #expect(advised(heads, fit: LayerFit(inputs: 4, outputs: 2)) == ["fc1,aux"])
    #expect(try read(heads, layers: "fc1,aux").parameters.layers[1].weights.rows == 2)
    // A layer that others stand below is not left out for them.
    let adapter = [
      tensor("0.weight", [8, 4]), tensor("2.weight", [3, 8]), tensor("0.lora_A.weight", [2, 4]),
      tensor("0.lora_B.weight", [8, 2]),
    ]
    #expect(advised(adapter) == ["0,2"])
  }

  @Test("The order in the file is advised where it is not the alphabet's") func order() throws {
    let names = ["stem", "body", "head"]
    let tensors = names.map { tensor("\($0).weight", [4, 4]) }
    #expect(advised(tensors) == ["stem,body,head"])
    #expect(advised(tensors.reversed()) == ["head,body,stem"])
    // For other data it is still the order of the file.
    #expect(advised(tensors, fit: LayerFit(inputs: 4, outputs: 3)) == ["stem,body,head"])
    #expect(advised(["one", "three", "two"].map { tensor("\($0).weight", [4, 4]) }) == [])
    let blank = ["z w", "y", "x"].map { tensor("\($0).weight", [4, 4]) }
    #expect(
      throws: SafetensorsError.severalOrders(
        ["x", "y", "z w"],
        advice: [
          "--layers 'z w,y,x' is the order in which they stand in the file, for 4 inputs and 4 "
            + "outputs"
        ])
    ) { try read(blank) }
  }

  @Test("Of several orders, each is named, or those that the names of the layers make likely")
  func severalOrders() throws {
    func squares(_ names: [String]) -> [Safetensors.Tensor] {
      names.map { tensor("\($0).weight", [4, 4]) }
    }
    #expect(advised(squares(["a", "b"])) == ["a,b", "b,a"])
    #expect(advised(squares(["body", "head", "stem"])) == ["stem,body,head"])
    #expect(advised(squares(["body.0", "body.2", "head"])) == ["body.0,body.2,head"])
    #expect(advised(squares(["mid", "out", "up"])) == ["mid,up,out", "up,mid,out"])
    for option in ["a,b", "b,a"] {
      #expect(try read(squares(["a", "b"]), layers: option).parameters.layers.count == 2)
    }
    // The ends of the data decide about some.
    let first = squares(["b", "c"]) + [tensor("a.weight", [4, 2])]
    #expect(advised(first, fit: LayerFit(inputs: 2, outputs: 4)) == ["a,b,c", "a,c,b"])
    #expect(
      throws: SafetensorsError.severalOrders(
        ["a", "b"],
        advice: [
          "--layers a,b is one of 2 orders, for 4 inputs and 4 outputs",
          "--layers b,a is one of 2 orders, for 4 inputs and 4 outputs",
        ])
    ) { try read(squares(["a", "b"])) }
  }

  @Test("What belongs to no layer is left aside where layers are named") func strays() throws {
    let plain = [tensor("fc1.weight", [8, 4]), tensor("fc2.weight", [3, 8])]
    #expect(advised(plain + [tensor("temperature", [1])]) == ["fc1,fc2"])
    // The scale of a norm may be a part of the network.
    #expect(advised(plain + [tensor("ln.weight", [8])]) == [])
    let rest = [tensor("conv.weight", [4, 1, 3, 3]), tensor("temperature", [1])]
    let notes = try read(plain + rest, layers: "fc1,fc2").notes
    #expect(notes.contains { $0.hasSuffix("left aside: temperature, conv.weight") }, "\(notes)")
    #expect(throws: SafetensorsError.self) { try read(plain + rest, layers: "fc1,conv") }
  }

  /// A batch norm of two units.
  private func norm(_ name: String, variance: [Float] = [4, 0.25]) -> [Safetensors.Tensor] {
    let parts: [(String, [Float])] = [
      ("running_mean", [0.5, -1]), ("running_var", variance), ("weight", [2, 3]),
      ("bias", [0.125, -0.5]),
    ]
    return parts.map { Safetensors.Tensor(name: "\(name).\($0.0)", shape: [2], values: $0.1) }
  }

  @Test(
    "A batch norm with no layer before it is folded into the one behind it",
    arguments: [("0", "1", "3"), ("2", "3", "0")])
  func normFirst(name: String, behind: String, other: String) throws {
    let layer = Safetensors.Tensor(name: "\(behind).weight", shape: [2, 2], values: [1, 2, 3, 4])
    let tensors = [layer, tensor("\(other).weight", [2, 2])] + norm(name)
    let (parameters, notes) = try read(tensors)
    #expect(notes.contains { $0.contains("folded into layer '\(behind)' behind it") })
    let folded = parameters.layers[Int(behind) == 1 ? 0 : 1]
    let inputs: [Double] = [0.75, -2]
    var normed: [Double] = []
    for unit in 0..<2 {
      let (mean, variance): (Double, Double) = unit == 0 ? (0.5, 4) : (-1, 0.25)
      let (scale, shift): (Double, Double) = unit == 0 ? (2, 0.125) : (3, -0.5)
      normed.append((inputs[unit] - mean) / (variance + 1e-5).squareRoot() * scale + shift)
    }
    for unit in 0..<2 {
      let weights: [Double] = unit == 0 ? [1, 2] : [3, 4]
      let expected = weights[0] * normed[0] + weights[1] * normed[1]
      let first = Double(folded.weights[unit, 0]) * inputs[0]
      let second = Double(folded.weights[unit, 1]) * inputs[1]
      #expect(abs(first + second + Double(folded.biases[unit]) - expected) < 1e-5)
    }
  }

  @Test("The advice about a batch norm fits what is wrong with it") func normAdvice() throws {
    let plain = [tensor("0.weight", [2, 2]), tensor("4.weight", [3, 2])]
    func words(_ tensors: [Safetensors.Tensor]) -> String {
      do {
        _ = try read(tensors)
        return ""
      } catch {
        return "\(error)"
      }
    }
    let negative = words(plain + norm("1", variance: [4, -1]))
    #expect(negative.contains("variance -1 for unit 2") && !negative.contains("fuse"))
    #expect(words(plain + norm("2")).contains("into the next linear layer"))
    #expect(words(plain + norm("norm")).contains("fuse_linear_bn_eval"))
    let other = words([tensor("0.weight", [3, 2]), tensor("4.weight", [3, 3])] + norm("1"))
    #expect(other.contains("has 2 units, but the layer '0' next to it has 3"))
    // A copy's norm goes with the copy's layer, also by names such as fc1 and bn1.
    let both = ["", "ema."].flatMap { prefix in
      [tensor("\(prefix)fc1.weight", [2, 2]), tensor("\(prefix)fc2.weight", [3, 2])]
        + norm("\(prefix)bn1")
    }
    let notes = try read(both, layers: "fc1,fc2").notes
    #expect(notes.contains { $0.contains("'bn1' is folded into layer 'fc1'") })
    #expect(notes.contains { $0.contains("left aside") && $0.contains("ema.bn1") })
  }

  @Test("The names of Keras are read") func keras() throws {
    let (parameters, notes) = try read([
      tensor("dense/kernel:0", [4, 2]), tensor("dense/bias:0", [2]),
      tensor("dense_1/kernel:0", [2, 2]), tensor("dense_2/kernel:0", [2, 3]),
      Safetensors.Tensor(name: "bn_1/moving_mean:0", shape: [2], values: [1, 2]),
      Safetensors.Tensor(name: "bn_1/moving_variance:0", shape: [2], values: [3, 8]),
      Safetensors.Tensor(name: "bn_1/gamma:0", shape: [2], values: [1, 1]),
      Safetensors.Tensor(name: "bn_1/beta:0", shape: [2], values: [0, 0]),
    ])
    #expect(parameters.layers.map(\.weights.rows) == [2, 2, 3])
    #expect(notes.contains { $0.contains("'dense_1'") && $0.contains("eps 1e-3") })
    let bias = Double(parameters.layers[1].biases[0])
    #expect(abs(bias + 1 / 3.001.squareRoot()) < 1e-6)
  }

  @Test("Files of other formats are named by their first bytes") func otherFormats() {
    func zip(_ name: String) -> [UInt8] {
      [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 22) + [UInt8(name.utf8.count), 0, 0, 0]
        + Array(name.utf8)
    }
    let others: [([UInt8], OtherFormat)] = [
      (zip("a.npy"), .numpyArchive), (zip("metadata.json"), .keras), (zip("m/data.pkl"), .torch),
      ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255], .gzip), ([0x1F, 0x8B, 8, 0, 1, 2, 3, 4], .gzip),
      (Array("GGUF".utf8) + [3, 0, 0, 0, 9, 0], .gguf),
      ([8, 7, 0x12, 7] + Array("pytorch".utf8), .onnx),
      ([8, 13, 0x3A, 0x98, 0x0A, 0x0A, 0x36, 0x0A], .onnx),
      (Array("<!DOCTYPE html>".utf8), .webPage), (Array("{\n  \"metadata\"".utf8), .json),
    ]
    for (bytes, format) in others { #expect(OtherFormat(bytes) == format, "\(format)") }
    // The same bytes may be the length of a header.
    #expect(OtherFormat([0x1F, 0x8B, 8, 0, 0, 0, 0, 0] + Array("{\"a\"".utf8)) == nil)
  }

  @Test("The line that converts what torch.save writes has its imports and opens any name")
  func conversion() {
    let text = OtherFormat.torch.description
    #expect(text.contains(": import torch; from safetensors.torch import save_file; "))
    #expect(text.contains("torch.load(open(\"FILE\", \"rb\")"))
    #expect(text.contains("\"state_dict\"") && text.contains("weights_only=False"))
    // It is pasted from a terminal, so it stands on one line and without what escapes add.
    #expect(text.allSatisfy { $0.isASCII && !$0.isNewline } && text.hasSuffix("safetensors\")"))
  }

  @Test("A weight norm at the top of a model has its remedy")
  func parametrization() {
    let name = "parametrizations.weight.original0"
    let error = SafetensorsError.unusedTensor(name, shape: [4, 1])
    #expect(error.description.contains("remove_parametrizations"))
  }
}
