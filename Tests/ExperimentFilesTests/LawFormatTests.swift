import DropoutLaws
import ExperimentFiles
import Foundation
import Testing

@Suite("Lines of laws") struct LawFormatTests {
  private func outcome(
    _ name: String, _ topic: LawTopic, _ measurements: [LawMeasurement]
  ) -> LawOutcome {
    Law(
      name, topic,
      "A statement, with a comma and a \"quotation\", that is long enough for two lines.",
      source: "a test"
    ) { _ in measurements }.check(seed: 1)
  }

  private var outcomes: [LawOutcome] {
    [
      outcome("rounding", .sums, [.equal("mean", 0.25, 0.25)]),
      outcome("sampling", .sums, [.sampled("share", 0.51, 0.5, sigma: 0.01, samples: 2500)]),
      outcome("bound", .jensen, [.atMost("gap", 0.1, 0.2), .atLeast("gap", 0.1, 0)]),
      outcome("broken", .jensen, [.equal("mean of a quantity with a long name", 3, -12345.678)]),
      outcome("unmeasured", .jensen, []),
      outcome("no-number", .masks, [.equal("mean", .nan, 1)]),
    ]
  }

  private func lines(_ format: LawFormat) -> [String] {
    let all = outcomes
    return format.header
      + all.enumerated().flatMap { index, one in
        format.lines(one, after: index == 0 ? nil : all[index - 1])
      } + format.footer(LawVerdict(all))
  }

  @Test("JSON has the fields of the trace format first, and sigma and samples where it samples")
  func json() throws {
    let texts = lines(.json)
    let objects = try texts.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(objects.count == 6)
    let fields = [
      "law", "statement", "source", "measured", "expected", "error", "tolerance", "holds",
    ]
    for text in texts {
      let places = fields.map { text.range(of: "\"\($0)\":")?.lowerBound }
      #expect(
        places.allSatisfy { $0 != nil }
          && places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    }
    #expect(objects.map { $0["holds"] as? Bool } == [true, true, true, false, false, false])
    #expect(objects.map { $0["sigma"] as? Double } == [nil, 0.01, nil, nil, nil, nil])
    #expect(objects[1]["samples"] as? Int == 2500)
    #expect(objects[2]["relation"] as? String == "<=" && objects[2]["quantities"] as? Int == 2)
    #expect(objects[5]["measured"] as? String == "NaN")
    #expect(objects[4]["obstacle"] as? String == "nothing was measured")
  }

  @Test("CSV has one header and as many fields in each line, commas and quotation marks quoted")
  func csv() {
    let texts = lines(.csv)
    #expect(texts.count == 7)
    let count = texts[0].split(separator: ",").count
    for text in texts {
      var (fields, isQuoted) = (1, false)
      for character in text {
        if character == "\"" { isQuoted.toggle() }
        if character == ",", !isQuoted { fields += 1 }
      }
      #expect(fields == count && !isQuoted, "\(text)")
    }
    #expect(texts[2].contains(",true,0.01,2500,share,=,1,"))
    #expect(texts[1].contains("\"A statement, with a comma and a \"\"quotation\"\""))
  }

  @Test("A table has 80 columns, a heading for each topic, and what fails is unmistakable")
  func table() {
    let texts = lines(.table)
    #expect(texts.allSatisfy { $0.count <= 80 })
    #expect(texts.count { $0 == LawTopic.jensen.rawValue.uppercased() } == 1)
    #expect(
      texts.count { $0.hasPrefix("FAILS") } == 3 && texts.count { $0.hasPrefix("holds") } == 3)
    let text = texts.joined(separator: "\n")
    #expect(text.contains("2500 samples, sigma 0.01"))
    #expect(text.contains("<=0.2"))
    #expect(text.contains("      FAILS: nothing was measured"))
    #expect(texts.last == "3 of 6 laws fail: broken, unmeasured, no-number")
    #expect(LawFormat.table.footer(LawVerdict(Array(outcomes.prefix(3)))) == ["", "3 laws hold"])
  }
}
