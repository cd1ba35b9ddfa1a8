import DropoutEngine
public import DropoutMeasure

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Finished runs of a comparison as lines of JSON: first the plan, then one run on each line, in
/// any order.
///
/// Numbers have enough digits to read back as the same bits.
public struct RunFile: Sendable {
  /// The version of the format.
  public static let version = 1

  /// A run of the file.
  public struct Entry: Sendable {
    /// Its line, counted from 1.
    public let line: Int
    /// Its number in the plan.
    public let number: Int
    /// Its result.
    public let run: FinishedRun
  }

  /// The plan of the comparison; nil where the file is empty.
  public let plan: ComparisonPlan?
  /// The runs in the order of their lines.
  public let entries: [Entry]
  /// The number of bytes before a torn last line; nil where the last line is whole.
  public let tornAt: Int?
  /// The number of the torn line; nil where there is none.
  public let tornLine: Int?

  /// Reads a file of runs.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - expected: the expected plan; nil accepts the plan in the first line.
  ///   - program: the version of the program; another version may compute other bits.
  /// - Throws: ``RunFileError`` where a line that ends in a newline is broken, or belongs to
  ///   another comparison.
  public init(
    bytes: [UInt8], expected: ComparisonPlan?, program: String
  ) throws(RunFileError) {
    let newline = UInt8(ascii: "\n")
    var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
    let unfinished = lines.removeLast()
    if lines.isEmpty {
      // A torn header is a prefix of the header for this plan; any other content is somebody else's
      // file.
      if let expected,
        RunFile.header(of: expected, program: program).utf8.starts(with: unfinished)
      {
        (plan, entries) = (nil, [])
        (tornAt, tornLine) = unfinished.isEmpty ? (nil, nil) : (0, 1)
        return
      }
      throw .notRuns
    }
    let plan = try RunFile.plan(of: Array(lines[0]), program: program)
    if let difference = expected.flatMap({ $0.difference(from: plan) }) {
      throw .otherExperiment(line: 1, difference: difference)
    }
    var entries: [Entry] = []
    var lineOfRun: [Int: Int] = [:]
    // A line is written with its newline at once: what ends without one was torn.
    let torn = unfinished.isEmpty ? nil : unfinished.startIndex
    for (index, text) in lines.enumerated().dropFirst() {
      let line = index + 1
      let fields: RunLine
      do {
        fields = try RunLine(parsing: Array(text))
      } catch {
        throw .broken(line: line, reason: error.reason)
      }
      if let difference = fields.difference(from: plan) {
        throw .otherExperiment(line: line, difference: difference)
      }
      try fields.checkSettings(against: plan, line: line)
      let finished: FinishedRun
      do {
        finished = try fields.finished()
      } catch {
        throw .broken(line: line, reason: error.reason)
      }
      if let first = lineOfRun[fields.run] {
        throw .twice(line: line, first: first, variant: fields.variant, seed: fields.seed)
      }
      lineOfRun[fields.run] = line
      entries.append(Entry(line: line, number: fields.run, run: finished))
    }
    self.plan = plan
    self.entries = entries
    tornAt = torn
    tornLine = torn.map { start in bytes[..<start].count { $0 == newline } + 1 }
  }

  /// The first line of a file: the plan, without a newline.
  public static func header(of plan: ComparisonPlan, program: String) -> String {
    var line = JSONLine()
    line.object { line in
      line.member("dropscopeRuns", version)
      line.member("program", program)
      line.member("variants", plan.variants.map(\.rawValue).joined(separator: ","))
      line.key("seed")
      line.value(plan.seeds[0])
      line.member("seeds", plan.seeds.count)
      line.key("sweeps")
      line.array { line in
        for sweep in plan.sweeps { line.value(sweep.text) }
      }
      line.key("parameters")
      line.array { line in
        for parameter in plan.given {
          line.array { line in
            line.value(parameter.name)
            line.value(parameter.value)
          }
        }
      }
    }
    return line.text
  }

  /// The name and the values of a sweep's text.
  private static func swept(_ sweep: String) -> ParameterAssignment {
    let parts = sweep.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return ParameterAssignment(
      name: String(parts[0]), value: parts.count == 2 ? String(parts[1]) : "")
  }

  private struct Header: Decodable {
    var dropscopeRuns: Int
    var program: String
    var variants: String
    var seed: UInt64
    var seeds: Int
    var sweeps: [String]
    var parameters: [[String]]
  }

  static func plan(
    of bytes: [UInt8], program: String
  ) throws(RunFileError) -> ComparisonPlan {
    guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes)) else {
      throw .notRuns
    }
    guard header.dropscopeRuns == version else {
      throw .otherExperiment(
        line: 1, difference: "the format is version \(header.dropscopeRuns), not \(version)")
    }
    guard header.program == program else {
      throw .otherExperiment(
        line: 1,
        difference:
          "dropscope \(ForeignText.shown(header.program)) wrote it, and this is \(program)")
    }
    guard header.parameters.allSatisfy({ $0.count == 2 }) else { throw .notRuns }
    let parameters = header.parameters.map { ParameterAssignment(name: $0[0], value: $0[1]) }
    for parameter in parameters + header.sweeps.map(swept)
    where ParameterTable.definition(named: parameter.name) == nil {
      throw .unknownParameter(line: 1, name: parameter.name, value: parameter.value)
    }
    do {
      return try ComparisonPlan(
        variants: header.variants, seedCount: header.seeds, sweeps: header.sweeps,
        assignments: parameters + [ParameterAssignment(name: "seed", value: "\(header.seed)")])
    } catch {
      throw .broken(line: 1, reason: "makes no sense: \(error.description)")
    }
  }
}
