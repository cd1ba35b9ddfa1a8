import DropoutEngine
import Testing

@Suite("Probabilities and factors in words") struct KeepTextTests {
  private func text(_ keep: Double) -> KeepText {
    KeepText(keep, decimals: 3) { "\(($0 * 1000).rounded() / 1000)" }
  }

  @Test("What decimals would take for 0 or 1 is told in powers of ten")
  func extremes() {
    for (keep, texts) in [
      (1e-17, ["1e-17", "1-1e-17", "1e17", "1e17"]),
      (1e-300, ["1e-300", "1-1e-300", "1e300", "1e300"]),
      (.leastNonzeroMagnitude, ["5e-324", "1-5e-324", "1/5e-324", "1/5e-324"]),
      (1 - 0x1p-53, ["1-1.11e-16", "1.11e-16", "1+1.11e-16", "1.11e-16"]),
      (0.0004, ["0.0004", "0.9996", "2500.0", "2499.0"]),
      (0.9996, ["0.9996", "4e-4", "1+4e-4", "4e-4"]),
      (0.3, ["0.3", "0.7", "3.333", "2.333"]), (0.5, ["0.5", "0.5", "2.0", "1.0"]),
      (1, ["1.0", "0.0", "1.0", "0.0"]),
    ] {
      let told = text(keep)
      #expect([told.keep, told.drop, told.inverse, told.spread] == texts, "keep \(keep)")
    }
  }

  @Test("Three significant digits are those of the value")
  func significant() {
    for (value, text) in [
      (1.23456e-7, "1.23e-7"), (9.996e20, "1e21"), (1.5e300, "1.5e300"), (-2.5e-9, "-2.5e-9"),
      (.leastNormalMagnitude, "2.23e-308"), (.greatestFiniteMagnitude, "1.8e308"),
      (.leastNonzeroMagnitude, "5e-324"),
    ] {
      #expect(FactorText.significant(value) == text)
    }
    for exponent in -323...308 {
      for digits in [1.0, 1.234567, 9.98, 9.999999] {
        guard let value = Double("\(digits)e\(exponent)"), value.isFinite,
          value >= .leastNormalMagnitude
        else {
          continue
        }
        let read = Double(FactorText.significant(value)) ?? .nan
        #expect((read / value - 1).magnitude <= 0.005, "\(value)")
      }
    }
  }

  @Test(
    "Every variant is described at every keep probability, its lines with numbers that are right")
  func variants() {
    for keep in [
      .leastNonzeroMagnitude, 1e-300, 1e-17, 1.1e-16, 1e-9, 0.004, 0.3, 0.9999, 1 - 0x1p-53, 1,
    ] {
      for variant in Variant.allCases {
        let text = VariantDescription(variant, keepProbability: keep)
        for line in [text.training, text.test, text.gradient, text.pyTorch, text.keras] {
          #expect(!line.isEmpty && !line.contains("inf") && !line.contains("nan"))
        }
      }
    }
    let names = Variant.allCases.map { VariantDescription($0, keepProbability: 0.8).namesDropRate }
    #expect(names.contains(true) && names.contains(false))
    for variant in Variant.allCases {
      let text = VariantDescription(variant, keepProbability: 0.8)
      #expect((text.pyTorch + text.keras).contains("0.2") == text.namesDropRate)
    }
    let (scaled, plain) = (
      VariantDescription(.scaledUpdate, keepProbability: 0.8),
      VariantDescription(.unscaled, keepProbability: 0.8)
    )
    #expect(scaled.pyTorch.contains("lr * 1.25") && scaled.pyTorch != plain.pyTorch)
    #expect(scaled.keras.contains("* 1.25") && scaled.keras != plain.keras)
    let inverted = VariantDescription(.inverted, keepProbability: 1e-17)
    #expect(inverted.training == "m * a * 1e17")
    #expect(inverted.pyTorch == "nn.Dropout(p=1-1e-17)")
    let swapped = VariantDescription(.keepDropSwapped, keepProbability: 1e-17)
    #expect(swapped.test == "a * (1-1e-17)")
    #expect(VariantDescription(.inverted, keepProbability: 0.3).training == "m * a * 3.333")
    let dropScaled = VariantDescription(.dropScaled, keepProbability: 0.8)
    #expect(dropScaled.training == "m * a * 5")
    #expect(VariantDescription(.dropScaled, keepProbability: 1).training == "m * a * (1/0)")
    #expect(VariantDescription(.classic, keepProbability: 0.5).test == "a * 0.5")
  }
}
