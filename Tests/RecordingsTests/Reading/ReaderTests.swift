import Foundation
import RecordingSamples
import Recordings
import Testing

@Suite("A recording is read as it was written") struct ReaderTests {
  @Test("The lines that drop in a gap are shown, of gaps that are right too")
  func sources() throws {
    let text = RecordingSample().text(looks: 5).replacingOccurrences(
      of: "\"draws\"",
      with: "\"source\": [null, \"train.py:9\", \"train.py:24\", null], \"draws\"")
    let reader = try RecordingReader.whole(text)
    let shown = try reader.look(at: 4)
    #expect(shown.gaps?.source == [nil, "train.py:9", "train.py:24", nil])
    let rows = Diagnosis(shown, of: try #require(reader.header)).rows
    // A finding names the line that is wrong.
    #expect(rows.map(\.source) == [nil, "train.py:21", "train.py:24", nil])
    let older = try RecordingReader.whole(RecordingSample().text(looks: 5))
    let plain = Diagnosis(try older.look(at: 4), of: try #require(older.header)).rows
    #expect(plain.map(\.source) == [nil, "train.py:21", nil, nil])
  }

  @Test("Header, looks, verdicts and the end") func whole() throws {
    let reader = try RecordingReader.whole(RecordingSample().text(looks: 5))
    let header = try #require(reader.header)
    #expect(header.model == "MLP")
    #expect(header.frameworks.map(\.name) == ["torch"])
    #expect(header.frameworks.map(\.version) == ["2.13.0+cpu"])
    #expect(header.layers.map(\.name) == ["fc1", "fc2", "fc3"])
    #expect(header.layers[1].shownUnits == [0, 3, 6, 9, 12, 15, 18, 21])
    #expect(header.budget == 0.02)
    #expect(header.every == nil)
    #expect(reader.lookCount == 5)
    #expect(reader.end?.step == 200)
    #expect(reader.end?.looks == 5)
    #expect(reader.end?.seconds == 12.5)
    let shown = try reader.look(at: 4)
    #expect(shown.look.number == 5)
    #expect(shown.look.step == 200)
    #expect(shown.gaps?.verdict == [.none, .unscaled, .right, .none])
    #expect(shown.gaps?.keep == [1, 0.7, 0.7, 1])
    #expect(shown.gaps?.error[0] == nil)
    #expect(shown.worst?.cure == "Divide by 0.70 in training, or use nn.Dropout(0.3).")
    #expect(shown.severity == .bug)
    #expect(shown.look.units(of: 1)?.test.count == 8)
    #expect(shown.look.mask(of: 1)?.marks[5] == .unknown)
    #expect(shown.look.mask(of: 0) == nil)
    #expect(reader.unfinishedBytes == 0)
  }

  @Test("Verdicts and findings of an earlier look hold until others come") func held() throws {
    let sample = RecordingSample()
    let lines = [
      sample.header, sample.look(1, judges: false), sample.look(2), sample.look(3, judges: false),
    ]
    let reader = try RecordingReader.whole(lines.joined(separator: "\n") + "\n")
    #expect(try reader.look(at: 0).gaps == nil)
    #expect(try reader.look(at: 0).findings == nil)
    #expect(try reader.look(at: 2).judgedAt == 2)
    #expect(try reader.look(at: 2).findings?.count == 1)
    #expect(try reader.look(at: 2).look.gaps == nil)
  }

  @Test("A recording of the Python package, with what it found") func written() throws {
    let reader = try RecordingReader(path: WrittenRecording.path)
    while try reader.advance() == .read {}
    #expect(reader.header?.layers.map(\.name) == ["first", "second", "answer"])
    #expect(reader.header?.layers.map(\.shownUnits.count) == [64, 64, 4])
    #expect(reader.lookCount == 5)
    #expect(reader.end == nil)
    let shown = try reader.look(at: 4)
    #expect(shown.gaps?.verdict == [.none, .unscaled, .unscaled, .none])
    #expect(shown.judgedAt == 4)
    #expect(shown.findings?.map(\.source) == Array(repeating: "forgotten_scale.py:24", count: 2))
    for gap in 1...2 {
      let keep = try #require(shown.gaps?.keep[gap])
      let error = try #require(shown.gaps?.error[gap])
      // The script keeps 0.7: five standard errors.
      #expect(abs(keep - 0.7) < 5 * error)
      #expect(shown.gaps?.factor[gap] == 1)
      #expect(shown.look.mask(of: gap)?.marks.count == 64)
    }
    #expect((0..<3).allSatisfy { shown.look.units(of: $0) != nil })
  }

  @Test("A training that failed says why") func failed() throws {
    let sample = RecordingSample()
    let end =
      #"{"end":"closed","step":17,"looks":1,"seconds":1.2,"why":"RuntimeError: no more memory"}"#
    let reader = try RecordingReader.whole(sample.header + "\n" + sample.look(1) + "\n\(end)\n")
    #expect(reader.end?.why == "RuntimeError: no more memory")
    #expect(try #require(RecordingReader.whole(sample.text(looks: 1)).end).why == nil)
  }

  @Test("Numbers are read to the bit, and what is not finite or not measured in either form")
  func numbers() throws {
    let texts = [
      "0", "-0", "-0.0", "0.1", "1e22", "1e23", "1.7976931348623157e308", "5e-324", "1e-400",
      "1e400", "123456789012345678901234567890", "0.1000000000000000055511151231257827", "3E+2",
      "4.5e-7", "9007199254740993", "2.2250738585072011e-308", "\"NaN\"", "\"Infinity\"",
      "\"-Infinity\"", "null",
    ]
    let sample = RecordingSample()
    for text in texts {
      let line = sample.look(1).replacingOccurrences(
        of: "\"train\": 0.5955", with: "\"train\": \(text)")
      try #require(line.contains("\"train\": \(text)"), "\(sample.look(1))")
      let reader = try RecordingReader.whole(sample.header + "\n" + line + "\n")
      let value = try reader.look(at: 0).look.losses.training
      switch text {
      case "null": #expect(value == nil)
      case "\"NaN\"": #expect(value?.isNaN == true)
      case "\"Infinity\"": #expect(value == .infinity)
      case "\"-Infinity\"": #expect(value == -.infinity)
      default: #expect(value?.bitPattern == Double(text)?.bitPattern, "\(text)")
      }
    }
  }

  @Test("Escaped characters, pairs of surrogates and halves of them") func strings() throws {
    let names = [
      (#"a\n\t\"\\\/b"#, "a\n\t\"\\/b"), (#"\u001b[31m"#, "\u{1B}[31m"),
      (#"\ud83d\ude00"#, "\u{1F600}"), (#"\ud83dx"#, "\u{FFFD}x"),
      (#"\udc80.py"#, "\u{FFFD}.py"), (#"\ud83d\ud83d\ude00"#, "\u{FFFD}\u{1F600}"),
      ("gr\u{FC}n\u{2028}", "gr\u{FC}n\u{2028}"),
    ]
    for (written, expected) in names {
      var sample = RecordingSample()
      sample.model = written
      let reader = try RecordingReader.whole(sample.header + "\n")
      #expect(reader.header?.model == expected)
    }
  }

  @Test("Keys that are not known are ignored, whatever they hold") func additions() throws {
    let sample = RecordingSample()
    let more = #"{"new": {"a": [1, {"b": null}, "x\"]}"], "c": true, "d": false}, "n": -1e5, "#
    let text = [sample.header, sample.look(1), sample.end(looks: 1)].map {
      $0.hasPrefix("{\"end\"") ? $0 : more + $0.dropFirst()
    }
    let reader = try RecordingReader.whole(text.joined(separator: "\n") + "\n")
    #expect(reader.lookCount == 1)
    #expect(reader.end != nil)
  }
}
