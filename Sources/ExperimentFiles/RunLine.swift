import DropoutEngine
public import DropoutMeasure

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One finished run as a line of JSON: an exact key, then the resulting numbers.
public struct RunLine: Sendable {
  let run: Int
  let format: Int
  let variant: String
  let seed: UInt64
  let steps: Int
  let configuration: String
  let data: String
  let targets: String
  let divergedAt: Int?
  let curve: [Double]
  let values: [String: Double]

  /// The line of a run, without a newline.
  ///
  /// - Parameters:
  ///   - run: the run of the plan.
  ///   - plan: the plan.
  ///   - finished: the result.
  /// - Returns: one JSON object.
  public static func text(
    _ run: ComparisonPlan.Run, of plan: ComparisonPlan, _ finished: FinishedRun
  ) -> String {
    let result = finished.result
    var line = JSONLine()
    line.object { line in
      line.member("run", run.number)
      line.member("format", RunFile.version)
      line.member("variant", run.variant.rawValue)
      line.key("seed")
      line.value(run.seed)
      line.member("steps", finished.steps)
      line.member("configuration", identity(of: run, plan))
      line.member("data", finished.data)
      line.member("targets", targets(result.isClassification))
      for metric in RunMetric.allCases {
        line.member(
          metric.fieldName(isClassification: result.isClassification), result[metric])
      }
      if let step = result.divergedAt { line.member("divergedAt", step) }
      line.member("curve", result.curve)
    }
    return line.text
  }

  private static func targets(_ isClassification: Bool) -> String {
    isClassification ? "classes" : "numbers"
  }

  private static func identity(of run: ComparisonPlan.Run, _ plan: ComparisonPlan) -> String {
    (try? plan.settings(of: run))?.identityText ?? ""
  }

  /// The difference between a line and the plan's run with the same number, apart from parameters
  /// and steps; nil where it is that run.
  func difference(from plan: ComparisonPlan) -> String? {
    if format != RunFile.version {
      return "the format is version \(format), not \(RunFile.version)"
    }
    guard (0..<plan.runCount).contains(run) else {
      return "it is run \(run), and there are \(plan.runCount), counted from 0"
    }
    let planned = plan.run(run)
    if variant != planned.variant.rawValue {
      return "run \(run) is variant \(ForeignText.shown(variant)), not \(planned.variant.rawValue)"
    }
    if seed != planned.seed { return "run \(run) is seed \(seed), not \(planned.seed)" }
    return nil
  }

  /// The run with its result.
  func finished() throws(LineError) -> FinishedRun {
    guard targets == "classes" || targets == "numbers" else {
      throw LineError(
        isNotJSON: false,
        reason: "has targets \(ForeignText.shown(targets)), not classes or numbers")
    }
    let isClassification = targets == "classes"
    var byMetric: [RunMetric: Double] = [:]
    for metric in RunMetric.allCases {
      let name = metric.fieldName(isClassification: isClassification)
      guard let value = values[name] else {
        throw LineError(isNotJSON: false, reason: "has no field \(name)")
      }
      byMetric[metric] = value
    }
    if let problem = numberProblem(byMetric, isClassification: isClassification) {
      throw LineError(isNotJSON: false, reason: problem)
    }
    return FinishedRun(
      steps: steps, data: data,
      result: RunResult(
        isClassification: isClassification, values: byMetric, curve: curve, divergedAt: divergedAt)
    )
  }

  /// The reason why a line cannot be read.
  struct LineError: Error {
    var isNotJSON: Bool
    /// The field whose value is to be shown before the reason.
    var field: String?
    var reason: String

    /// The same error, with the value of its field as it stands in the line.
    func showingValue(in line: [UInt8]) -> LineError {
      guard let field else { return self }
      let text = String(decoding: line, as: UTF8.self)
      let value = text.firstRange(of: "\"\(field)\"").map { name in
        text[name.upperBound...].drop { " \t:".contains($0) }.prefix { !",}".contains($0) }
      }
      let shown = ForeignText.shown(String(value ?? ""), limit: 40)
      return LineError(
        isNotJSON: isNotJSON, field: nil, reason: "has \(field) \(shown), \(reason)")
    }
  }
}

extension RunLine: Decodable {
  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  /// Reads a line from a decoder.
  ///
  /// - Throws: `DecodingError` where a field is missing or of another kind.
  public init(from decoder: any Decoder) throws {
    let fields = Fields(container: try decoder.container(keyedBy: Name.self))
    let wholeNumber = "a whole number of at most \(Int.max)"
    run = try fields.value("run", wholeNumber)
    format = try fields.value("format", wholeNumber)
    variant = try fields.value("variant", "a name")
    seed = try fields.value("seed", "a whole number, 0 to \(UInt64.max)")
    steps = try fields.value("steps", wholeNumber)
    configuration = try fields.value("configuration", "text")
    data = try fields.value("data", "text")
    targets = try fields.value("targets", "a name")
    divergedAt = try fields.valueIfPresent("divergedAt", wholeNumber)
    curve = try fields.value("curve", "a list of numbers")
    var values: [String: Double] = [:]
    for metric in RunMetric.allCases {
      for isClassification in [true, false] {
        let name = metric.fieldName(isClassification: isClassification)
        values[name] = try fields.valueIfPresent(name, "a number")
      }
    }
    self.values = values
  }

  /// The fields of a line; one of another kind than it should be is named.
  private struct Fields {
    let container: KeyedDecodingContainer<Name>

    func value<Value: Decodable>(_ name: String, _ kind: String) throws -> Value {
      guard container.contains(Name(name)) else {
        throw LineError(isNotJSON: false, reason: "has no field \(name)")
      }
      do {
        return try container.decode(Value.self, forKey: Name(name))
      } catch {
        // The decoder's own words name types of the program, and not always the field.
        throw LineError(isNotJSON: false, field: name, reason: "and it is \(kind)")
      }
    }

    func valueIfPresent<Value: Decodable>(_ name: String, _ kind: String) throws -> Value? {
      container.contains(Name(name)) ? try value(name, kind) : nil
    }
  }

  init(parsing bytes: [UInt8]) throws(LineError) {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      self = try decoder.decode(RunLine.self, from: Data(bytes))
    } catch let error as LineError {
      throw error.showingValue(in: bytes)
    } catch DecodingError.dataCorrupted {
      throw LineError(isNotJSON: true, reason: "is not JSON")
    } catch {
      throw LineError(isNotJSON: false, reason: "is not a line of a run")
    }
  }
}
