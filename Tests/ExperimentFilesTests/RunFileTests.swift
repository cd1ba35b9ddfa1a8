import DropoutMeasure
import ExperimentFiles
import Testing

@Suite("Files of finished runs") struct RunFileTests {
  private let plan: ComparisonPlan
  private let runs: [FinishedRun]

  init() throws {
    plan = try ComparisonPlan(
      variants: "classic,inverted", seedCount: 2, sweeps: ["keep=0.5,0.8"],
      assignments: [
        ParameterAssignment(name: "steps", value: "2"),
        ParameterAssignment(name: "data", value: "with \"quotes\" é.csv"),
      ])
    // Numbers that a careless writer or reader would change; those up to 1 may also be accuracies.
    let shares: [Double] = [
      0.1, 1.0 / 3, .leastNonzeroMagnitude, -0.0, .nan, 1, 0.30000000000000004,
    ]
    let hard = shares + [.infinity, 1e100, 2, 1e22, 123_456_789.123_456_78]
    let scores: Set<RunMetric> = [.testScore, .trainScore, .calibrationError]
    runs = (0..<8).map { number in
      FinishedRun(
        steps: 2, data: "af63",
        result: RunResult(
          isClassification: number % 3 > 0,
          values: Dictionary(
            uniqueKeysWithValues: RunMetric.allCases.enumerated().map {
              let numbers = scores.contains($1) ? shares : hard
              return ($1, number == 4 ? .nan : numbers[($0 + number) % numbers.count])
            }), curve: (0..<3).map { hard[($0 + 5 * number) % hard.count] },
          divergedAt: number == 4 ? 1 : nil))
    }
  }

  private func lines(_ numbers: [Int]) -> [String] {
    [RunFile.header(of: plan, program: "1.2.3")]
      + numbers.map { RunLine.text(plan.run($0), of: plan, runs[$0]) }
  }

  private func read(
    _ text: String, expected: ComparisonPlan? = nil, program: String = "1.2.3"
  ) throws(RunFileError) -> RunFile {
    try RunFile(bytes: Array(text.utf8), expected: expected, program: program)
  }

  private func bits(_ run: FinishedRun) -> [UInt64] {
    (RunMetric.allCases.map { run.result[$0] } + run.result.curve).map {
      $0.isNaN ? 0 : $0.bitPattern
    }
  }

  private func error(_ text: String, program: String = "1.2.3") -> RunFileError? {
    #expect(throws: RunFileError.self) { try read(text, expected: plan, program: program) }
  }

  @Test("Every run comes back with the same bits, in any order of lines") func roundTrip() throws {
    let order = [3, 0, 7, 1, 2, 6, 5, 4]
    let file = try read(lines(order).joined(separator: "\n") + "\n")
    #expect(file.plan?.difference(from: plan) == nil && file.tornAt == nil)
    #expect(file.entries.map(\.number) == order && file.entries.map(\.line) == Array(2...9))
    for entry in file.entries {
      #expect(bits(entry.run) == bits(runs[entry.number]), "run \(entry.number)")
      #expect(entry.run.result.divergedAt == runs[entry.number].result.divergedAt)
      #expect(entry.run.result.isClassification == runs[entry.number].result.isClassification)
      #expect(entry.run.data == "af63" && entry.run.steps == 2)
    }
  }

  @Test("Wherever a file was cut off, the lines before are read and the torn end is found")
  func torn() throws {
    let whole = Array((lines([0, 1, 2]).joined(separator: "\n") + "\n").utf8)
    let ends = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
    for length in 0...whole.count {
      let file = try RunFile(
        bytes: Array(whole.prefix(length)), expected: plan, program: "1.2.3")
      let complete = ends.count { $0 < length }
      #expect(file.entries.count == max(0, complete - 1), "\(length) bytes")
      let start = complete == 0 ? 0 : ends[complete - 1] + 1
      #expect(file.tornAt == (start == length ? nil : start), "\(length) bytes")
      #expect(file.tornLine == (start == length ? nil : complete + 1))
    }
  }

  @Test("A broken line is torn where it ends without a newline, and refused elsewhere")
  func broken() throws {
    var all = lines([0, 1, 2])
    all[3] = String(all[3].prefix(200))
    let file = try read(all.joined(separator: "\n"), expected: plan)
    #expect(file.entries.count == 2 && file.tornLine == 4)
    #expect(error(all.joined(separator: "\n") + "\n") == .broken(line: 4, reason: "is not JSON"))
    all = lines([0, 1, 2])
    all[2] = String(all[2].prefix(200))
    #expect(error(all.joined(separator: "\n") + "\n") == .broken(line: 3, reason: "is not JSON"))
    all[2] = ""
    #expect(error(all.joined(separator: "\n") + "\n") == .broken(line: 3, reason: "is not JSON"))
    all[2] = "{\"run\":1}"
    #expect(
      error(all.joined(separator: "\n")) == .broken(line: 3, reason: "has no field format"))
  }

  @Test("Somebody's file is refused, whole or torn") func foreign() {
    for text in ["hello", "hello\n", "{}\n", "\n", "{\"dropscopeRuns\":1}\n", "x,y\n1,2\n"] {
      #expect(error(text) == .notRuns, "\(text)")
    }
    #expect(throws: RunFileError.notRuns) { try read("") }
  }

  @Test("Runs of another experiment are refused with the line and what differs") func other()
    throws
  {
    let text = lines([0, 1]).joined(separator: "\n") + "\n"
    let another = try ComparisonPlan(
      variants: "classic,inverted", seedCount: 2, sweeps: ["keep=0.5,0.8"],
      assignments: [ParameterAssignment(name: "steps", value: "3")])
    #expect(throws: RunFileError.self) { try read(text, expected: another) }
    #expect(error(text, program: "1.2.4")?.description.contains("1.2.3") == true)
    func replaced(_ old: String, _ new: String) -> RunFileError? {
      var all = lines([0, 1])
      let parts = all[2].split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
      all[2] = parts.joined(separator: new)
      return error(all.joined(separator: "\n") + "\n")
    }
    func difference(_ text: String) -> RunFileError { .otherExperiment(line: 3, difference: text) }
    #expect(
      replaced("--keep 0.5", "--keep 0.7") == difference("run 1 has --keep 0.7, not --keep 0.5"))
    #expect(replaced("\"seed\":8", "\"seed\":9") == difference("run 1 is seed 9, not 8"))
    #expect(
      replaced("\"run\":1", "\"run\":8")
        == difference("it is run 8, and there are 8, counted from 0"))
    #expect(
      replaced("\"variant\":\"classic\"", "\"variant\":\"none\"")
        == difference("run 1 is variant none, not classic"))
    #expect(
      replaced("\"format\":1", "\"format\":2") == difference("the format is version 2, not 1"))
    #expect(replaced("testLoss", "testLost") == .broken(line: 3, reason: "has no field testLoss"))
  }

  @Test("A run that stands there twice is refused") func twice() {
    #expect(
      error(lines([0, 1, 0]).joined(separator: "\n") + "\n")
        == .twice(line: 4, first: 2, variant: "classic", seed: 7))
  }
}
