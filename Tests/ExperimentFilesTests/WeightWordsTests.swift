import DropoutEngine
import ExperimentFiles
import Testing

@Suite("Weights that cannot be read are named with a remedy") struct WeightWordsTests {
  private func words(_ tensors: [(name: String, shape: [Int])]) -> String {
    let tensors = tensors.map { tensor in
      Safetensors.Tensor(
        name: tensor.name, shape: tensor.shape,
        values: [Float](repeating: 0.5, count: tensor.shape.reduce(1, *)))
    }
    do {
      _ = try Safetensors(bytes: Safetensors(tensors: tensors).bytes).readLearners(layers: nil)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("A text that is taken for weights is no safetensors file") func text() throws {
    let text = Array("a,b,label\n1,2,x\n".utf8)
    let error = #expect(throws: SafetensorsError.self) { try Safetensors(bytes: text) }
    #expect(error.map { "\($0)" }?.contains("is no safetensors file") == true)
    let short = SafetensorsError.headerTooLong(length: 5000, bytes: 100)
    #expect("\(short)".contains("the header is said to have 5000 bytes, but the file has 100"))
  }

  @Test("Weights whose biases are as many as their inputs may be transposed") func transposed() {
    let words = words([("0.weight", [4, 8]), ("0.bias", [8]), ("1.weight", [8, 3])])
    #expect(words.contains("the weight seems to be [inputs, units]: transpose it"), "\(words)")
    let other = self.words([("0.weight", [8, 4]), ("0.bias", [7]), ("1.weight", [3, 8])])
    #expect(other.contains("the biases of 8 units are [8]") && !other.contains("transpose"))
  }

  @Test("A convolution is said to be none of the layers that are read") func convolution() {
    let words = words([("0.weight", [4, 1, 3, 3]), ("1.weight", [3, 4])])
    #expect(words.contains("convolutions and other layers"), "\(words)")
  }

  @Test("A tensor of no layer is named with the names that layers have") func names() {
    let words = words([("w1", [8, 4]), ("fc2.weight", [3, 8])])
    #expect(words.contains("NAME.weight [units, inputs], NAME.bias [units]"), "\(words)")
  }
}
