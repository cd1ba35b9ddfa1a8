import ExperimentFiles
import Foundation
import Testing

@Suite("A line of JSON") struct JSONLineTests {
  private func written(_ body: (inout JSONLine) -> Void) -> String {
    var line = JSONLine()
    line.array(body)
    return line.text
  }

  @Test("Every float comes back as the same bits") func floatsRoundTrip() throws {
    let values: [Float] = [
      0, -0.0, 1, -1, 0.1, 1 / 3, .leastNonzeroMagnitude, .leastNormalMagnitude,
      .greatestFiniteMagnitude, 16_777_216, 1e7, 123_456_792, 1e-10, -2.5e20,
    ]
    let text = written { line in for value in values { line.value(value) } }
    let parts = text.dropFirst().dropLast().split(separator: ",")
    #expect(parts.map { Float($0)?.bitPattern } == values.map(\.bitPattern))
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Double]
    #expect(parsed?.map { Float($0) } == values)
  }

  @Test("What is not finite is a string, so that the line stays JSON") func notFinite() throws {
    let text = written { line in
      for value in [Double.nan, .infinity, -.infinity] { line.value(value) }
      line.value(Float.nan)
    }
    #expect(text == #"["NaN","Infinity","-Infinity","NaN"]"#)
  }

  @Test("Text with quotes, backslashes and control characters comes back") func strings() throws {
    let texts = ["a\"b", "back\\slash", "tab\tnew\nline\u{1}", "päivää 😀", ""]
    let text = written { line in for item in texts { line.value(item) } }
    #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String] == texts)
  }

  @Test("Members and elements are separated by single commas") func commas() {
    var line = JSONLine()
    line.object { line in
      line.member("a", 1)
      line.key("b")
      line.array { line in
        line.object { _ in }
        line.object { $0.member("c", [1.5, 2]) }
        line.null()
      }
    }
    #expect(line.text == #"{"a":1,"b":[{},{"c":[1.5,2]},null]}"#)
  }
}
