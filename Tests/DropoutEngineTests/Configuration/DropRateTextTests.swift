import DropoutEngine
import Testing

@Suite("Drop rates as text") struct DropRateTextTests {
  @Test(
    "A rate is read back as the same keep probability, however near it is to 1",
    arguments: [
      (0.8, "0.2"), (1, "0"), (0x1p-53, "0.9999999999999999"), (1e-17, "1-1e-17"),
      (Double.leastNonzeroMagnitude, "1-5e-324"),
    ])
  func again(keep: Double, text: String) throws {
    for name in ["drop", "drop-input"] {
      let row = try #require(ParameterTable.definition(named: name))
      var settings = Settings()
      settings.experiment.keep = PerLayer(keep)
      settings.experiment.keepInput = keep
      #expect(row.get(settings) == text)
      var again = Settings()
      try row.set(text, &again)
      #expect((name == "drop" ? again.experiment.keep[0] : again.experiment.keepInput) == keep)
    }
  }

  @Test("A rate that keeps nothing, or more than everything, is refused in either form")
  func refused() {
    for text in ["1", "1-0", "1-1e-400", "1--0.5", "1-2", "1-", "2-0.5", "-0.1", "1-0.5-0.1"] {
      #expect(throws: ConfigurationError.self, "\(text)") {
        var settings = Settings()
        try settings.set("drop-input", to: text)
      }
    }
  }
}
