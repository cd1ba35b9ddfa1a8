import DropoutMeasure
import ExperimentFiles
import Testing

/// Files of finished runs from before or after a change of the parameter table.
///
/// They are made from those of this version by taking parameters out of them, or putting more in.
@Suite("Files of runs that another table of parameters wrote") struct OldRunFileTests {
  private let plan: ComparisonPlan
  private let text: String

  init() throws {
    let plan = try Self.plan(("l1", "0.25"), ("data", "a --keep 1 --b.csv"))
    self.plan = plan
    let lines = (0..<plan.runCount).map { number in
      RunLine.text(
        plan.run(number), of: plan,
        FinishedRun(
          steps: 3, data: "af63",
          result: RunResult(
            isClassification: true,
            values: Dictionary(uniqueKeysWithValues: RunMetric.allCases.map { ($0, 0.25) }),
            curve: [0.5, 0.25, 0.25, 0.125], divergedAt: nil)))
    }
    text = ([RunFile.header(of: plan, program: "1")] + lines).joined(separator: "\n") + "\n"
  }

  private static func plan(_ more: (String, String)...) throws -> ComparisonPlan {
    try ComparisonPlan(
      variants: "classic,inverted", seedCount: 2, sweeps: ["keep=0.5,0.8"],
      assignments: ([("steps", "3")] + more).map { ParameterAssignment(name: $0, value: $1) })
  }

  /// The file with a text replaced wherever it stands.
  private func replaced(_ old: String, by new: String) throws -> String {
    let parts = text.split(separator: old, omittingEmptySubsequences: false)
    try #require(parts.count > 1, "\(old) does not stand in the file")
    return parts.joined(separator: new)
  }

  private func read(_ text: String, _ plan: ComparisonPlan? = nil) throws(RunFileError) -> RunFile {
    try RunFile(bytes: Array(text.utf8), expected: plan ?? self.plan, program: "1")
  }

  private func error(_ text: String, _ plan: ComparisonPlan? = nil) -> RunFileError? {
    #expect(throws: RunFileError.self) { try read(text, plan) }
  }

  @Test("A parameter that the lines do not name had its default, wherever it stands in the table")
  func added() throws {
    for parameter in ["--l2 0 ", "--batch 10 ", "--beta1 0.9 ", "--mask-pass both "] {
      let file = try read(replaced(parameter, by: ""))
      #expect(file.entries.map(\.number) == Array(0..<8), "\(parameter)")
    }
  }

  @Test("Where the plan has another value than the default, parameter and both values are named")
  func addedConflict() throws {
    let old = try replaced("--l1 0.25 ", by: "")
    #expect(
      error(old)
        == .parameterNotNamed(line: 2, name: "l1", standard: "0", planned: "0.25"))
    #expect(
      error(old)?.description
        == "line 2 does not name --l1, so its run had the default, 0, and this one has 0.25; the "
        + "file is left as it is; name a new file")
    // The first line names what was given. Without it, the default was compared.
    let header = try replaced("[\"l1\",\"0.25\"],", by: "")
    #expect(error(header) == .otherExperiment(line: 1, difference: "l1 is 0, not 0.25"))
    #expect(
      error(text, try Self.plan(("l1", "0.5"), ("data", "a --keep 1 --b.csv")))
        == .otherExperiment(line: 1, difference: "l1 is 0.25, not 0.5"))
  }

  @Test("A parameter that this version does not know is named, with its value")
  func removed() throws {
    let unknown = RunFileError.unknownParameter(line: 2, name: "warmth", value: "0.3")
    #expect(error(try replaced("--l2 ", by: "--warmth 0.3 --l2 ")) == unknown)
    #expect(
      error(try replaced("[\"l1\",", by: "[\"warmth\",\"0.3 --0.4\"],[\"l1\","))
        == .unknownParameter(line: 1, name: "warmth", value: "0.3 --0.4"))
    #expect(
      error(try replaced("\"keep=0.5,0.8\"", by: "\"keep=0.5,0.8\",\"warmth=1,2\""))
        == .unknownParameter(line: 1, name: "warmth", value: "1,2"))
    #expect(
      unknown.description
        == "line 2 has --warmth 0.3, and in this version no parameter of that name decides a "
        + "run; the file is left as it is: go on with the version that wrote it, or name a new "
        + "file")
  }

  @Test("The order of the parameters does not matter, a changed value and a repeated name do")
  func changed() throws {
    let file = try read(
      replaced("\"configuration\":\"", by: "\"configuration\":\"--l2 0 ")
        .split(separator: " --l2 0 --", omittingEmptySubsequences: false).joined(separator: " --"))
    #expect(file.entries.count == 8)
    #expect(
      error(try replaced("--l2 0 ", by: "--l2 0.5 "))
        == .otherExperiment(line: 2, difference: "run 0 has --l2 0.5, not --l2 0"))
    #expect(
      error(try replaced("--l2 0 ", by: "--l2 0 --l2 0 "))
        == .broken(line: 2, reason: "names --l2 twice"))
    #expect(
      error(try replaced("\"configuration\":\"--", by: "\"configuration\":\"-"))
        == .broken(line: 2, reason: "has a configuration that is no list of --NAME VALUE"))
  }
}
