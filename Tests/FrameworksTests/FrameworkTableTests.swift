import DropoutEngine
import Frameworks
import Testing

@Suite("The table of frameworks") struct FrameworkTableTests {
  @Test("Every line is read back as the same probability, variant and framework")
  func readBack() throws {
    let probability = KeepProbability(keep: 0.8)
    for framework in Framework.all {
      for variant in [framework.variant, .classic] {
        guard let line = framework.line(probability, variant: variant) else { continue }
        let reading = try #require(try reading(line), "\(line)")
        #expect(reading.probability?.keep == "0.8", "\(line)")
        #expect(reading.variant == variant, "\(line)")
        // PyTorch and MLX write it alike, and Torch7 too where nothing is classic.
        let alike =
          reading.frameworks.map(\.name) + (line == "nn.Dropout(0.2)" ? ["Torch7 (Lua)"] : [])
        #expect(alike.contains(framework.name), "\(line)")
      }
    }
  }

  @Test("Names are unique, and each row has a source and a line, or no dropout") func rows() {
    let names = Framework.all.map(\.name)
    #expect(Set(names).count == names.count)
    for framework in Framework.all {
      #expect(framework.source.hasPrefix("https://"))
      let line = framework.line(KeepProbability(keep: 0.8), variant: framework.variant)
      #expect((line == nil) == (framework.number == nil), "\(framework.name)")
    }
  }

  @Test("p and 1 - p are written to all digits") func digits() {
    for (keep, drop) in [
      ("0.8", "0.2"), ("0.9", "0.1"), ("0.123456789", "0.876543211"), ("1", "0"),
    ] {
      for probability in [
        KeepProbability(keep: Double(keep) ?? .nan), KeepProbability(drop: Double(drop) ?? .nan),
      ] {
        #expect([probability.keep, probability.drop] == [keep, drop])
      }
    }
    #expect(KeepProbability(keep: 1e-17).drop == "1-1e-17")
    #expect(KeepProbability(drop: 1e-17).keep == "1-1e-17")
  }
}
