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
}
