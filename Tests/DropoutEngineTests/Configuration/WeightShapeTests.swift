import DropoutEngine
import Testing

@Suite("Weights of another shape") struct WeightShapeTests {
  private func words(_ given: [String], _ needed: [String]) -> String {
    ConfigurationError.weightsDoNotFit(given: given, needed: needed).description
  }

  @Test("The error names the hidden layers that the weights have") func remedy() {
    #expect(
      words(["8x4", "5x8", "3x5"], ["12x4", "12x12", "3x12"]).hasSuffix("; --hidden 8,5 fits"))
    // Other inputs or outputs are no matter of hidden layers.
    #expect(!words(["8x7", "3x8"], ["12x4", "3x12"]).contains("--hidden"))
    #expect(!words(["8x4", "2x8"], ["12x4", "3x12"]).contains("--hidden"))
  }

  @Test("Other inputs and outputs are named, and one logit for two classes") func ends() {
    #expect(words(["8x7", "3x8"], ["12x4", "3x12"]).hasSuffix("; they take 7 inputs, the data 4"))
    #expect(
      words(["8x4", "2x8"], ["12x4", "3x12"]).hasSuffix("; they have 2 outputs, the data 3"))
    let logit = words(["8x4", "1x8"], ["8x4", "2x8"])
    #expect(logit.contains("one logit for two classes: put zeros before it"))
  }
}
