import DropoutEngine
import SessionSamples
import Sessions
import Testing

@Suite("The curves of a session") struct SessionCurveTests {
  private func session(_ curves: [Int: [CurveMoment]] = [:]) throws -> Session {
    let sample = try SessionSamples.session()
    return Session(
      program: sample.program, settings: sample.settings, branches: sample.branches,
      curves: curves, position: sample.position, data: sample.data, weights: sample.weights,
      view: sample.view)
  }

  private static func moment(_ step: Int, _ minibatches: Int, _ changes: Int) -> CurveMoment {
    CurveMoment(step: step, minibatches: minibatches, changes: changes)
  }

  /// Moments of branch 1: even ones, two at one step, a mean of fewer minibatches.
  private let moments =
    [moment(0, 0, 1)] + (1...12).map { moment(10 * $0, 10, 1) }
    + [moment(120, 0, 3), moment(150, 7, 3), moment(900, 750, 3)]

  @Test("They are a short text, which is read again")
  func roundTrip() throws {
    let session = try session([1: moments])
    #expect(session.curves[1] == moments)
    let text = String(decoding: session.document, as: UTF8.self)
    #expect(text.contains("\"curve\": \"0+1 10*12 0+2 30/7 750\""))
    #expect(try Session(document: session.document, name: "test") == session)
  }

  @Test("A session without them is read, and has none")
  func older() throws {
    let session = try session()
    #expect(!String(decoding: session.document, as: UTF8.self).contains("curve"))
    #expect(try Session(document: session.document, name: "test").curves.isEmpty)
  }

  @Test("Moments that the branch does not have are left out of what is saved")
  func kept() throws {
    let session = try session([
      1: [Self.moment(5, 9, 0), Self.moment(4, 1, 1), Self.moment(950, 1, 3)],
      7: [Self.moment(1, 1, 1)],
    ])
    #expect(session.curves == [1: [Self.moment(5, 5, 1)]])
  }

  @Test(
    "What is no curve of the branch is refused with its place",
    arguments: [
      ("-5", "has '-5', where a word"), ("10 -3", "has '-3', where a word"),
      ("10  10", "has '', where a word"), ("1.5", "has '1.5'"), ("10*0", "has '10*0'"),
      ("10*-1", "has '10*-1'"), ("10+1/2", "has '10+1/2'"), ("x", "has 'x'"),
      ("99999999999999999999", "has '99999999999999999999'"),
      ("901", "is behind step 900, which the branch reached"),
      ("4294967295*2", "is behind step 900"),
      ("1*501", "has more than 500 moments"), ("1*4294967295", "has more than 500 moments"),
      ("10 0", "has step 10 twice"), ("10 0/0*3", "has step 10 twice"),
      ("120+2 0+1", "has step 120 twice"), ("10+1", "has 1 changes at step 10"),
      ("10/11", "has 11 minibatches at step 10"),
      ("800 50/850 50/900", "has 900 minibatches at step 900"),
    ])
  func hostile(_ text: String, _ reason: String) throws {
    let good = String(decoding: try session([1: moments]).document, as: UTF8.self)
    let bad = good.replacing("0+1 10*12 0+2 30/7 750", with: text)
    #expect(bad != good)
    let error = #expect(throws: SavedFileError.self) {
      try Session(document: Array(bad.utf8), name: "test")
    }
    let said = error?.description ?? ""
    #expect(said.contains("branches[0].curve") && said.contains(reason), "\(said)")
  }

  @Test("One that is no text is refused")
  func wrongKind() throws {
    let good = String(decoding: try session([1: moments]).document, as: UTF8.self)
    let bad = good.replacing("\"0+1 10*12 0+2 30/7 750\"", with: "[1, 2]")
    #expect(throws: SavedFileError.self) {
      try Session(document: Array(bad.utf8), name: "test")
    }
  }

  @Test("An autosave says what was added, and all of it only where earlier moments went")
  func lines() throws {
    let first = try session([1: moments.dropLast(2)])
    let grown = try session([1: moments])
    let thinned = try session([1: [moments[0]] + moments.dropFirst(2)])
    for (old, new, text) in [
      (first, grown, #"{"curve":{"branch":1,"keeping":14,"then":"30/7 750"}}"#),
      (grown, thinned, #"{"curve":{"branch":1,"keeping":1,"then":"20/10 10*10 0+2 30/7 750"}}"#),
      (grown, try session(), #"{"curve":{"branch":1,"keeping":0,"then":""}}"#),
    ] {
      let lines = new.logLines(after: old)
      #expect(lines.map { String(decoding: $0, as: UTF8.self) } == [text + "\n"])
      let bytes = old.logLine + lines.flatMap(\.self)
      #expect(
        try SessionLogReader(name: "test", salvaging: false).read(bytes).session == new)
    }
  }

  @Test(
    "A line with a curve that does not fit is refused",
    arguments: [
      #"{"curve":{"branch":9,"keeping":0,"then":"5"}}"#,
      #"{"curve":{"branch":1,"keeping":17,"then":"5"}}"#,
      #"{"curve":{"branch":1,"keeping":501,"then":"5"}}"#,
      #"{"curve":{"branch":1,"keeping":16,"then":"5"}}"#,
      #"{"curve":{"branch":1,"keeping":0,"then":"901"}}"#,
      #"{"curve":{"branch":1,"keeping":-1,"then":"5"}}"#,
      #"{"curve":{"branch":1,"keeping":0,"then":5}}"#,
      #"{"curve":{"branch":1,"keeping":0}}"#,
    ])
  func hostileLine(_ line: String) throws {
    let bytes = try session([1: moments]).logLine + Array((line + "\n").utf8)
    #expect(throws: SavedFileError.self) {
      try SessionLogReader(name: "test", salvaging: false).read(bytes)
    }
  }
}
