import DropoutEngine
import Foundation
import RecordingSamples
import Recordings
import RepeatableRandom
import Testing

@Suite("A broken recording gives an error with its place, and never a trap")
struct HostileRecordingTests {
  private static let sample = RecordingSample()

  /// The problem of a recording in which a text was replaced.
  private func problem(
    replacing old: String, with new: String, inLook: Bool = true
  ) throws -> RecordingError? {
    let header = Self.sample.header
    let look = Self.sample.look(1)
    let changed = (inLook ? look : header).replacingOccurrences(of: old, with: new)
    try #require(changed != (inLook ? look : header), "\(old)")
    let text = (inLook ? header + "\n" + changed : changed + "\n" + look) + "\n"
    return try RecordingReader.failure(text.utf8)
  }

  @Test("Wrong shapes, kinds, words and ranges in a look") func looks() throws {
    let cases: [(String, String, String, RecordingProblem)] = [
      (
        "\"divergence\": [0.01, ", "\"divergence\": [", "layers.divergence",
        .wrongCount(expected: 3, found: 2)
      ),
      (
        "\"divergence\": [", "\"divergence\": [1, ", "layers.divergence",
        .wrongCount(expected: 3, found: nil)
      ),
      ("\"keep\": [1, ", "\"keep\": [", "gaps.keep", .wrongCount(expected: 4, found: 3)),
      (
        "\"keep\": [1, ", "\"keep\": [2, ", "gaps.keep",
        .outOfRange(value: "2.0", range: "a share from 0 to 1")
      ),
      (
        "\"keep\": [1, ", "\"keep\": [-1, ", "gaps.keep",
        .outOfRange(value: "-1.0", range: "a share from 0 to 1")
      ),
      ("\"sd\": [0.15, ", "\"sd\": [", "units[0].sd", .wrongCount(expected: 8, found: 7)),
      ("\"step\": 40", "\"step\": -1", "step", .outOfRange(value: "-1", range: "0 to \(Int.max)")),
      (
        "\"step\": 40", "\"step\": 99999999999999999999999", "step",
        .outOfRange(value: "99999999999999999999999", range: "0 to \(Int.max)")
      ),
      ("\"layer\": 1", "\"layer\": 3", "units[1].layer", .outOfRange(value: "3", range: "0 to 2")),
      ("\"layer\": 1", "\"layer\": 0", "units[1].layer", .twice),
      ("\"look\": 1, ", "", "look", .missing),
      ("\"factor\"", "\"faktor\"", "gaps.factor", .missing),
      (
        "\"draws\"", "\"source\": [null], \"draws\"", "gaps.source",
        .wrongCount(expected: 4, found: 1)
      ),
      (
        "\"draws\"", "\"source\": [1], \"draws\"", "gaps.source",
        .wrongKind(expected: "a string", found: "'1], \"draws\": [null, 1000…'")
      ),
      (
        "\"gap\": 1, \"kept\"", "\"gap\": 9, \"kept\"", "masks[0].gap",
        .outOfRange(value: "9", range: "0 to 3")
      ),
      (
        "\"seconds\": 0.125", "\"seconds\": \"x\"", "seconds",
        .wrongKind(
          expected: "a number, or \"NaN\", \"Infinity\", \"-Infinity\"",
          found: "'\"x\", \"spent\": 0.0025, \"l…'")
      ),
    ]
    for (old, new, field, expected) in cases {
      let error = try problem(replacing: old, with: new)
      if expected == .twice {
        #expect(error?.problem == .twice, "\(new)")
      } else {
        #expect(error?.problem == expected, "\(new)")
        #expect(error?.field == field)
      }
      #expect(error?.line == 2)
    }
    let word = try #require(
      try problem(replacing: "\"unscaled\", \"right\"", with: "\"odd\", \"right\""))
    #expect(word.problem == .unknownWord("odd", known: RecordedVerdict.allCases.map(\.rawValue)))
    #expect("\(word)".contains("gaps.verdict is 'odd', and not a known word; use the dropscope of"))
    for text in ["01", "1.", ".5", "+1", "1e", "--1", "0x10", "1e+", "NaN", "nul", "tru"] {
      #expect(
        try problem(replacing: "\"spent\": 0.0025", with: "\"spent\": \(text)") != nil, "\(text)")
    }
  }

  @Test("A finding without a place is about the model") func placeless() throws {
    let text = Self.sample.header + "\n" + Self.sample.look(1) + "\n"
    let place = try #require(text.firstRange(of: /"where": "[^"]*"/))
    let reader = try RecordingReader.whole(
      text.replacingCharacters(in: place, with: "\"where\": null"))
    #expect(try reader.look(at: 0).findings?.first?.place == "the model")
  }

  @Test("Other formats, missing fields and too many layers in the header") func headers() throws {
    let other = try problem(replacing: "\"recording\": 1", with: "\"recording\": 2", inLook: false)
    #expect(other?.problem == .otherFormat(2))
    #expect(
      "\(try #require(other))".hasSuffix(
        "line 1: recording is of format 2, and this program reads format 1; use the dropscope "
          + "of the package that wrote it"))
    let none = try problem(replacing: "\"recording\"", with: "\"recordings\"", inLook: false)
    #expect(none?.problem == .notARecording)
    let missing = try problem(replacing: "\"kind\"", with: "\"kinds\"", inLook: false)
    #expect(missing?.problem == .missing)
    #expect(missing?.field == "layers[0].kind")
    let fallen = try problem(replacing: "[0, 3, 6", with: "[0, 7, 6", inLook: false)
    #expect(fallen?.problem == .notAscending(6, after: 7))
    let layer =
      #"{"name":"a","call":1,"kind":"L","inputs":1,"units":1,"shape":[1],"shown inputs":[],"#
      + #""shown units":[]}"#
    let start = Self.sample.header.prefix(while: { $0 != "[" })
    for (count, expected) in [
      (RecordingHeader.mostLayers + 1, RecordingProblem.tooMany(limit: RecordingHeader.mostLayers)),
      (1_000_000, .lineTooLong(limit: RecordingReader.longestLine)),
    ] {
      let layers = repeatElement(layer, count: count).joined(separator: ",")
      #expect(try RecordingReader.failure("\(start)[\(layers)]}\n".utf8)?.problem == expected)
    }
  }

  @Test("A model of 100,000 layers and a recording of 100,000 looks are read") func large() throws {
    let layer =
      #"{"name":"a","call":1,"kind":"L","inputs":1,"units":1,"shape":[1],"shown inputs":[],"#
      + #""shown units":[]}"#
    let start = Self.sample.header.prefix(while: { $0 != "[" })
    let layers = repeatElement(layer, count: RecordingHeader.mostLayers).joined(separator: ",")
    let ones =
      "[" + repeatElement("1", count: RecordingHeader.mostLayers).joined(separator: ",") + "]"
    let looks = (1...40).map { number in
      "{\"look\":\(number),\"step\":\(number),\"seconds\":1,\"spent\":0,\"loss\":{},\"layers\":"
        + "{\"divergence\":\(ones),\"floor\":\(ones),\"ratio\":\(ones)},\"units\":[],"
        + "\"masks\":[]}\n"
    }
    let many = try RecordingReader.whole("\(start)[\(layers)]}\n" + looks.joined())
    #expect(many.header?.layers.count == RecordingHeader.mostLayers)
    #expect(try #require(many.history).points.count <= 12)
    #expect(many.history?.points.last?.step == 40)
    var none = Self.sample
    none.layers = 0
    let short = (1...100_000).map { number in
      "{\"look\":\(number),\"step\":\(number),\"seconds\":1,\"spent\":0,\"loss\":{},\"layers\":"
        + "{\"divergence\":[],\"floor\":[],\"ratio\":[]},\"units\":[],\"masks\":[]}\n"
    }
    let long = try RecordingReader.whole(none.header + "\n" + short.joined())
    #expect(long.lookCount == 100_000)
    #expect(try #require(long.history).points.count <= 1025)
    #expect(try long.look(at: 77_777).look.number == 77_778)
  }

  @Test("Looks go on, and nothing follows the end") func order() throws {
    let sample = Self.sample
    func failure(_ lines: String...) throws -> RecordingError? {
      try RecordingReader.failure((lines.joined(separator: "\n") + "\n").utf8)
    }
    #expect(
      try failure(sample.header, sample.look(2), sample.look(2))?.problem == .goesBack(2, after: 2))
    #expect(
      try failure(sample.header, sample.end(looks: 0), sample.look(1))?.problem == .behindTheEnd)
    #expect(try failure(sample.header, sample.header)?.line == 2)
    #expect(try failure(sample.header, "")?.line == 2)
    #expect(try failure(sample.header, sample.look(1), "{\"end\": \"open\"}")?.line == 3)
  }

  @Test("No UTF-8, deep nesting, endless lines") func bytes() throws {
    let header = Array(Self.sample.header.utf8)
    let at = try #require(Self.sample.header.range(of: "MLP"))
    var bad = header
    bad[Self.sample.header.utf8.distance(from: Self.sample.header.startIndex, to: at.lowerBound)] =
      0xFF
    #expect(try RecordingReader.failure(bad + [10])?.problem == .notUTF8)
    #expect(try RecordingReader.failure(bad + [10])?.field == "model")
    let deep = "{\"x\": " + String(repeating: "[", count: 1_000_000) + "\n"
    #expect(try RecordingReader.failure(deep.utf8)?.problem == .tooDeep(limit: 64))
    let long = "{\"x\": \"" + String(repeating: "a", count: RecordingReader.longestLine) + "\"}\n"
    #expect(
      try RecordingReader.failure(long.utf8)?.problem
        == .lineTooLong(limit: RecordingReader.longestLine))
    #expect(try RecordingReader.failure([0, 0, 0])?.problem == .notARecording)
    #expect(try RecordingReader.failure("step,loss\n1,2\n".utf8)?.problem == .notARecording)
  }

  @Test("No message holds a character that acts on a terminal") func messages() throws {
    let text = #"\u001b]0;x\u0007\u001b[31m\u202e\u2028"#
    for (old, new, inLook) in [
      ("\"verdict\": \"unscaled\"", "\"verdict\": \"\(text)\"", true),
      ("\"kept\": \"", "\"kept\": \"\(text)", true),
      ("\"look\"", "\"\(text)\": {\"a\" 1}, \"look\"", true),
      ("\"python\": \"", "\"python\": \u{1B}[31m\"", false),
    ] {
      let error = try #require(try problem(replacing: old, with: new, inLook: inLook), "\(new)")
      let raw = "\(error)".unicodeScalars.first { !ForeignText.isPlain($0) }
      #expect(raw == nil, "\(error)")
    }
  }

  @Test("Folders, missing files and devices") func files() throws {
    func problem(_ path: String) throws -> RecordingProblem? {
      do {
        let reader = try RecordingReader(path: path)
        while try reader.advance(most: 1 << 22) == .read {}
        return nil
      } catch {
        return error.problem
      }
    }
    #expect(try problem("/") == .folder)
    #expect(try problem("/dev/zero") == .notARecording)
    #expect(try problem("/dev/null") == nil)
    #expect(try problem("/no/such/file") == .unreadable(reason: "No such file or directory"))
  }

  @Test("Ten thousand recordings that were damaged at random are read or refused") func fuzz()
    throws
  {
    var random = Generator(seed: 20_260_102)
    let whole = Array(Self.sample.text(looks: 3).utf8)
    var refused = 0
    for _ in 0..<10_000 {
      let bytes = damagedBytes(of: whole, using: &random)
      if try RecordingReader.failure(bytes) != nil { refused += 1 }
    }
    #expect(refused > 5_000)
    #expect(refused < 10_000)
  }
}
