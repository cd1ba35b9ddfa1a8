import DropoutEngine
import Foundation
import Oracles
import Testing

@Suite("Arithmetic of our own") struct ArithmeticTests {
  @Test("Exponential and logarithm are within two units in the last place of the system's")
  func elementary() {
    var random = RandomStream(seed: 3, purpose: .builtInData)
    for _ in 0..<20_000 {
      let x = (random.nextUniform() - 0.5) * 1400
      let expected = exp(x)
      #expect(abs(ElementaryFunctions.exponential(x) - expected) <= 2 * expected.ulp)
      let y = exp((random.nextUniform() - 0.5) * 600)
      #expect(abs(ElementaryFunctions.logarithm(y) - log(y)) <= 2 * log(y).ulp)
      let z = 1 + (random.nextUniform() - 0.5) * 0.01
      #expect(abs(ElementaryFunctions.logarithm(z) - log(z)) <= 2 * log(z).ulp)
      let angle = (random.nextUniform() - 0.5) * 2e4
      #expect(abs(ElementaryFunctions.sine(angle) - sin(angle)) < 1e-15)
      #expect(abs(ElementaryFunctions.cosine(angle) - cos(angle)) < 1e-15)
    }
    #expect(
      ElementaryFunctions.exponential(-.infinity) == 0 && ElementaryFunctions.exponential(0) == 1)
    #expect(
      ElementaryFunctions.exponential(710) == .infinity
        && ElementaryFunctions.exponential(.nan).isNaN)
    #expect(
      ElementaryFunctions.logarithm(0) == -.infinity && ElementaryFunctions.logarithm(-1).isNaN)
    #expect(ElementaryFunctions.logarithm(1) == 0 && ElementaryFunctions.power(3, 5) == 243)
  }

  @Test("Philox with ten rounds gives the published words") func philox() {
    let zeros = Philox.words(counter: (0, 0, 0, 0), key: 0, rounds: 10)
    #expect(
      [zeros.0, zeros.1, zeros.2, zeros.3] == [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8])
    let ones = Philox.words(counter: (.max, .max, .max, .max), key: .max, rounds: 10)
    #expect(
      [ones.0, ones.1, ones.2, ones.3] == [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD])
  }

  @Test("The engine's masks are the words of Philox with seven rounds") func maskWords() throws {
    var configuration = ExperimentConfiguration()
    configuration.hidden = [11, 3]
    configuration.keep = PerLayer(0.3)
    let trainer = try configuration.trainer()
    try trainer.advance(steps: 4)
    let mask = try trainer.evidence().layers[0].mask.forwardMask
    for row in 0..<10 {
      for unit in 0..<11 {
        let words = Philox.words(counter: (UInt32(unit), UInt32(row / 4), 1, 4), key: 7)
        let word = [words.0, words.1, words.2, words.3][row % 4]
        #expect((Double(word) * 0x1p-32 < 0.3) == (mask[row, unit] == 1))
      }
    }
  }

  @Test("The nonlinearities are within four units in the last place") func activations() throws {
    for function in [ActivationFunction.tanh, .sigmoid] {
      var configuration = ExperimentConfiguration()
      configuration.hidden = [1]
      configuration.activation = PerLayer(function)
      configuration.features = [.x1]
      configuration.normalization = .none
      configuration.variant = .none
      configuration.batch = 250
      let dataset = try BuiltInDataset.circle.generate(configuration)
      for scale in [1e-6, 0.01, 0.3, 1, 3, 20] as [Float] {
        let start = NetworkParameters(layers: [
          LayerParameters(weights: Matrix(rows: 1, columns: 1, elements: [scale]), biases: [0]),
          LayerParameters(weights: Matrix(rows: 2, columns: 1), biases: [0, 0]),
        ])
        let trainer = try Trainer(configuration: configuration, dataset: dataset, initial: start)
        let layer = try trainer.evidence().layers[0]
        for (z, a) in zip(layer.preActivation.elements, layer.activation.elements) {
          let exact = function == .tanh ? tanh(Double(z)) : 1 / (1 + exp(-Double(z)))
          // Below the normal numbers the exponential is 0.
          guard abs(exact) > Double(Float.leastNormalMagnitude) else { continue }
          #expect(abs(Double(a) - exact) <= 4 * Double(Float(exact).ulp), "\(function) of \(z)")
        }
      }
    }
  }

  @Test("Logits of a thousand overflow nothing, and their loss is exact") func extremeLogits()
    throws
  {
    var configuration = ExperimentConfiguration()
    configuration.hidden = []
    configuration.normalization = .none
    configuration.learningRate = PerLayer(0)
    let dataset = try BuiltInDataset.circle.generate(configuration)
    let start = NetworkParameters(layers: [
      LayerParameters(
        weights: Matrix(rows: 2, columns: 2), biases: [1000, -1000])
    ])
    let trainer = try Trainer(configuration: configuration, dataset: dataset, initial: start)
    let evidence = try trainer.evidence()
    guard case .classes(let classes) = evidence.targets else { return }
    #expect(evidence.trainingOutput.elements.allSatisfy { $0 == 0 || $0 == 1 })
    #expect(evidence.trainingLoss == 2000 * Double(classes.reduce(0, +)) / Double(classes.count))
  }
}
