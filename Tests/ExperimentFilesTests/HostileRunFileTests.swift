import DropoutEngine
import DropoutMeasure
import ExperimentFiles
import Testing

@Suite("Numbers of a file of runs are held against its plan") struct HostileRunFileTests {
  private let plan: ComparisonPlan
  private let lines: [String]

  init() throws {
    let plan = try ComparisonPlan(
      variants: "classic,inverted", seedCount: 2, sweeps: ["keep=0.5,0.8"],
      assignments: [ParameterAssignment(name: "steps", value: "3")])
    self.plan = plan
    lines =
      [RunFile.header(of: plan, program: "1")]
      + (0..<plan.runCount).map { number in
        let result = RunResult(
          isClassification: true,
          values: Dictionary(
            uniqueKeysWithValues: RunMetric.allCases.map { ($0, number == 3 ? .nan : 0.25) }),
          curve: number == 3 ? [0.5, 0.5, .nan, .nan] : [0.5, 0.25, 0.25, 0.125],
          divergedAt: number == 3 ? 1 : nil)
        return RunLine.text(
          plan.run(number), of: plan, FinishedRun(steps: 3, data: "built-in", result: result))
      }
  }

  private func read(_ lines: [String]) throws(RunFileError) -> RunFile {
    try RunFile(
      bytes: Array((lines.joined(separator: "\n") + "\n").utf8), expected: nil, program: "1")
  }

  /// The error of the file with one text of a line replaced by another.
  private func error(line: Int, _ old: String, _ new: String) throws -> RunFileError? {
    var changed = lines
    let parts = changed[line - 1].split(
      separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2, "\(old) does not stand in line \(line)")
    changed[line - 1] = parts.joined(separator: new)
    do {
      _ = try read(changed)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "A number that no run of the plan has is refused with its line",
    arguments: [
      ("\"steps\":3", "\"steps\":9223372036854775807"), ("\"steps\":3", "\"steps\":-1"),
      ("\"steps\":3", "\"steps\":-9223372036854775808"), ("\"steps\":3", "\"steps\":4"),
      ("\"run\":0", "\"run\":-1"), ("\"run\":0", "\"run\":9223372036854775807"),
      ("\"seed\":7", "\"seed\":18446744073709551615"), ("\"seed\":7", "\"seed\":-1"),
      ("\"testAccuracy\":0.25", "\"testAccuracy\":1.5"),
      ("\"trainAccuracy\":0.25", "\"trainAccuracy\":-0.5"),
      ("\"testLoss\":0.25", "\"testLoss\":-1"), ("\"testLoss\":0.25", "\"testLoss\":\"x\""),
      ("\"trainLoss\":0.25", "\"trainLoss\":\"-Infinity\""),
      ("\"calibrationError\":0.25", "\"calibrationError\":2"),
      ("\"curve\":[0.5,", "\"curve\":["), ("\"curve\":[0.5,", "\"curve\":[-7,"),
      ("\"curve\":", "\"divergedAt\":1,\"curve\":"),
    ])
  func refused(old: String, new: String) throws {
    let error = try error(line: 2, old, new)
    #expect(error?.description.contains("line 2 ") == true, "\(String(describing: error))")
  }

  @Test(
    "A number that its field cannot hold is refused with line, field and value, the last one too",
    arguments: [
      ("\"steps\":3", "steps", "9223372036854775808"), ("\"steps\":3", "steps", "1.5"),
      ("\"steps\":3", "steps", "1e400"), ("\"steps\":3", "steps", "99999999999999999999"),
      ("\"seed\":7", "seed", "-1"), ("\"seed\":7", "seed", "18446744073709551616"),
      ("\"testLoss\":0.25", "testLoss", "1e400"), ("\"testLoss\":0.25", "testLoss", "-1e400"),
      ("\"variant\":\"inverted\"", "variant", "7"),
    ])
  func unrepresentable(old: String, field: String, value: String) throws {
    // The whole of the last line is there, so it was not torn.
    for line in 2...9 where lines[line - 1].contains(old) {
      let found = try error(line: line, old, "\"\(field)\":\(value)")
      let text = try #require(found?.description)
      #expect(text.hasPrefix("line \(line) has \(field) \(value), and it is "), "\(text)")
      #expect(text.hasSuffix("the file is left as it is"), "\(text)")
    }
  }

  @Test("A loss that no network has is refused, so that no mean overflows")
  func losses() throws {
    let error = try error(line: 2, "\"testLoss\":0.25", "\"testLoss\":1e308")
    #expect(error?.description.contains("has testLoss 1e+308, and it is at most") == true)
    #expect(try self.error(line: 2, "\"testLoss\":0.25", "\"testLoss\":1e77") == nil)
  }

  @Test(
    "A step of divergence is one of the steps",
    arguments: ["-1", "3", "9223372036854775807"])
  func divergedAt(step: String) throws {
    let error = try error(line: 5, "\"divergedAt\":1", "\"divergedAt\":\(step)")
    #expect(error?.description.contains("divergedAt") == true)
  }

  @Test(
    "A first line with numbers that make no plan is refused",
    arguments: [
      ("\"seed\":7", "\"seed\":9223372036854775807"),
      ("\"seed\":7", "\"seed\":9007199254740991"),
      ("\"seeds\":2", "\"seeds\":9223372036854775807"), ("\"seeds\":2", "\"seeds\":-1"),
      ("\"seeds\":2", "\"seeds\":0"), ("keep=0.5,0.8", "keep=-1"), ("keep=0.5,0.8", "keep=1e999"),
      ("[\"steps\",\"3\"]", "[\"steps\",\"9223372036854775807\"]"),
      ("[\"steps\",\"3\"]", "[\"steps\",\"-1\"]"),
    ])
  func header(old: String, new: String) throws {
    #expect(try error(line: 1, old, new)?.description.contains("line 1 ") == true)
  }

  @Test("No mutation of a file traps, and what is read is what the plan allows")
  func mutations() {
    let nasty = [
      "9223372036854775807", "-9223372036854775808", "18446744073709551616", "-1", "0", "1e400",
      "1e308", "-0.0", "4294967296", "2147483648", "9007199254740992", "null", "\"NaN\"",
      "\"-Infinity\"", "[]", "{}", "0.5",
    ].map { Array($0.utf8) }
    let digits = Set("-+.0123456789eE".utf8)
    let whole = Array((lines.joined(separator: "\n") + "\n").utf8)
    for number in 0..<3000 {
      var random = RandomStream(seed: UInt64(number), purpose: .builtInData)
      var bytes = whole
      for _ in 0...random.nextIndex(below: 3) {
        var place = random.nextIndex(below: bytes.count)
        while place < bytes.count, !digits.contains(bytes[place]) { place += 1 }
        guard place < bytes.count else { continue }
        var start = place
        while start > 0, digits.contains(bytes[start - 1]) { start -= 1 }
        while place < bytes.count, digits.contains(bytes[place]) { place += 1 }
        bytes.replaceSubrange(start..<place, with: nasty[random.nextIndex(below: nasty.count)])
      }
      do {
        let file = try RunFile(bytes: bytes, expected: nil, program: "1")
        for entry in file.entries {
          #expect(
            (0...4_294_967_295).contains(entry.run.steps)
              && entry.run.result.curve.count == ExperimentRun.curveSteps(entry.run.steps).count,
            "mutation \(number)")
        }
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }

  @Test("The steps of a curve are those of exact arithmetic, however many there are")
  func curveSteps() {
    for steps in [-1, 0, 1, 49, 50, 51, 997, 4_294_967_295, .max] {
      let curve = ExperimentRun.curveSteps(steps)
      let intervals = min(50, max(0, steps))
      #expect(curve.count == intervals + 1 && curve.last == max(0, steps))
      for (index, step) in curve.enumerated() where intervals > 0 {
        let product = steps.multipliedFullWidth(by: index)
        #expect(step == intervals.dividingFullWidth(product).quotient)
      }
    }
  }

  @Test("A file is refused while it is read: at its first line, a line too many, a line too long")
  func inspection() throws {
    func refusal(_ pieces: [String]) -> RunFileError? {
      var inspection = RunFileInspection(program: "1")
      do {
        for piece in pieces { try inspection.accept(Array(piece.utf8)) }
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal([lines.joined(separator: "\n") + "\n", lines[1]]) == nil)
    #expect(refusal(["x", "y\n"]) == .notRuns)
    let tooMany = refusal([(lines + [lines[1]]).joined(separator: "\n") + "\n"])
    #expect(tooMany?.description.contains("line 10 ") == true)
    let long = String(repeating: "x", count: 1 << 20)
    #expect(refusal([lines[0] + "\n", long, "x"])?.description.contains("line 2 ") == true)
  }
}
