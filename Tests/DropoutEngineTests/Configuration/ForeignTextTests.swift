import DropoutEngine
import Oracles
import Testing

@Suite("Foreign text is shown without what would act on a terminal") struct ForeignTextTests {
  @Test("No scalar but plain ones comes out, for each of Unicode's") func everyScalar() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = ForeignText.shown(String(scalar))
      let isPlain = shown.unicodeScalars.allSatisfy(ForeignText.isPlain)
      guard isPlain, ForeignText.shown(shown) == shown else {
        Issue.record("U+\(String(value, radix: 16)) is shown as \(shown.debugDescription)")
        continue
      }
    }
  }

  @Test("Words of any language stay as they are, the rest is written out") func examples() {
    for text in ["", "keep 0.5", "é ж 漢字 한 🙂", "a'b\"c\\d"] {
      #expect(ForeignText.shown(text) == text)
    }
    #expect(ForeignText.shown("\u{1B}[31mred\n\u{202E}") == "\\u{1B}[31mred\\n\\u{202E}")
  }

  @Test("What is too long ends in an ellipsis, on the character") func limit() {
    #expect(ForeignText.shown("abcdef", limit: 6) == "abcdef")
    #expect(ForeignText.shown("abcdefg", limit: 6) == "abcdef…")
    #expect(ForeignText.shown("\n\n\n", limit: 2) == "\\n\\n…")
    let long = String(repeating: "x", count: 10_000)
    #expect(ForeignText.shown(long).count == ForeignText.valueLimit + 1)
    #expect(ForeignText.line(long) == long)
  }

  @Test("No error that quotes a value lets it through") func errors() {
    let text = hostileText
    let descriptions = [
      ConfigurationError.unknownParameter(name: text, nearest: nil).description,
      ConfigurationError.wrongValue(parameter: "keep", value: text, expected: text, nearest: nil)
        .description,
      ConfigurationError.lossNeedsClasses(dataset: text).description,
      DatasetError.oneClassOnly(name: text).description,
    ]
    for description in descriptions {
      #expect(description.unicodeScalars.allSatisfy(ForeignText.isPlain), "\(description)")
    }
  }

  @Test("The names of a dataset may be drawn and printed") func dataset() {
    let text = hostileText
    let dataset = Dataset(
      name: text, inputNames: [text, "plain"], values: .numbers([1, 2, 3, 4]),
      targets: .classes([0, 1]), classNames: [text, "b"], outputNames: [text, "b"], image: nil,
      notes: [text], trainingExamples: [0, 1], testExamples: [], normalization: .none)
    let names = [dataset.name] + dataset.inputNames + dataset.classNames + dataset.outputNames
    for name in names + dataset.notes {
      #expect(name.unicodeScalars.allSatisfy(ForeignText.isPlain), "\(name)")
    }
    #expect(dataset.inputNames[1] == "plain")
  }
}
