import DropoutEngine

/// A parameter that takes several values in turn, as in `keep=0.3,0.5,0.8`.
public struct ParameterSweep: Equatable, Sendable {
  /// The name of the parameter.
  public let name: String
  /// Its values in the form of the parameter table, all different.
  public let values: [String]

  /// Reads a sweep.
  ///
  /// Commas separate the values. A value that is itself a list, such as one keep probability for
  /// each layer, is written with colons: `keep=0.5:0.8,0.8:0.5`.
  ///
  /// - Throws: ``ComparisonError`` where no parameter has the name, it cannot be swept, or a value
  ///   is wrong, missing or given twice.
  public init(_ text: String) throws(ComparisonError) {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
      throw .malformedSweep(text)
    }
    let name = String(text[..<sign])
    guard let definition = ParameterTable.definition(named: name) else {
      throw .configuration(
        .unknownParameter(name: name, nearest: ParameterTable.nearestName(to: name)), place: "sweep"
      )
    }
    if let reason = Self.reasonAgainst(definition) {
      throw .cannotBeSwept(parameter: name, reason: reason)
    }
    let isList = definition.valueName?.contains("…") ?? false
    var values: [String] = []
    var known: Set<String> = []
    let given = text[text.index(after: sign)...]
    guard !given.isEmpty else { throw .emptySweep(parameter: name) }
    for part in ParameterText.list(String(given)) {
      guard !part.isEmpty else { throw .emptySweep(parameter: name) }
      let value = isList ? String(part.map { $0 == ":" ? "," : $0 }) : part
      var settings = Settings()
      do {
        try definition.set(value, &settings)
      } catch {
        throw .configuration(error, place: "sweep")
      }
      let written = definition.get(settings)
      guard known.insert(written).inserted else {
        throw .duplicate(value: part, list: "sweep \(name)")
      }
      values.append(written)
    }
    self.name = name
    self.values = values
  }

  /// The form that ``init(_:)`` reads.
  public var text: String {
    name + "="
      + values.map { value in String(value.map { $0 == "," ? ":" : $0 }) }.joined(separator: ",")
  }

  /// The reason why a parameter cannot be swept; nil where it can.
  private static func reasonAgainst(_ definition: ParameterDefinition) -> String? {
    switch (definition.group, definition.name) {
    case (_, "variant"): "name the variants with --variants"
    case (_, "seed"): "--seeds N takes N seeds from --seed on"
    case (.display, _): "it only shows things"
    case (.run, "every"), (.run, "until-loss"), (.run, "until-accuracy"):
      "it is about the lines of train; each run here takes all its steps"
    default: nil
    }
  }
}
