import DropoutEngine
import DropoutMeasure

/// The parameters of a line beside the parameters of its run in the plan.
///
/// A line names every parameter that its version of the program knew. Parameters may have been
/// added or removed since, or stand in another order.
extension RunLine {
  /// Checks that the plan's run has the same parameters and number of steps.
  ///
  /// A parameter that the line does not name did not exist when the run was computed, so the run
  /// had what is now the default.
  ///
  /// - Throws: ``RunFileError`` with the first parameter that this version does not know or whose
  ///   value is not that of the plan.
  func checkSettings(against plan: ComparisonPlan, line: Int) throws(RunFileError) {
    guard let settings = try? plan.settings(of: plan.run(run)) else {
      throw .otherExperiment(line: line, difference: "the parameters make no sense")
    }
    if configuration != settings.identityText {
      try checkParameters(against: settings.identity, line: line)
    }
    if let difference = stepDifference(settings) {
      throw .otherExperiment(line: line, difference: difference)
    }
  }

  private func checkParameters(
    against identity: [ParameterAssignment], line: Int
  ) throws(RunFileError) {
    let planned = Dictionary(uniqueKeysWithValues: identity.map { ($0.name, $0.value) })
    var named: Set<String> = []
    for parameter in try parameters(planned, line: line) {
      guard named.insert(parameter.name).inserted else {
        throw .broken(line: line, reason: "names --\(ForeignText.shown(parameter.name)) twice")
      }
      guard let value = planned[parameter.name] else {
        throw .unknownParameter(line: line, name: parameter.name, value: parameter.value)
      }
      guard parameter.value == value else {
        throw .otherExperiment(
          line: line,
          difference: "run \(run) has --\(parameter.name) \(ForeignText.shown(parameter.value)), "
            + "not --\(parameter.name) \(ForeignText.shown(value))")
      }
    }
    let standard = Dictionary(
      uniqueKeysWithValues: Settings().identity.map { ($0.name, $0.value) })
    for parameter in identity where !named.contains(parameter.name) {
      guard let value = standard[parameter.name], value != parameter.value else { continue }
      throw .parameterNotNamed(
        line: line, name: parameter.name, standard: value, planned: parameter.value)
    }
  }

  /// The parameters in the text of the configuration, in its order.
  ///
  /// A value may have spaces and dashes in it. It ends where the planned value of its name does, if
  /// it is that value, and before the next ` --` otherwise.
  private func parameters(
    _ planned: [String: String], line: Int
  ) throws(RunFileError) -> [ParameterAssignment] {
    let bytes = Array(configuration.utf8)
    func isEnd(_ index: Int) -> Bool {
      index == bytes.count || bytes[index...].starts(with: " --".utf8)
    }
    var parameters: [ParameterAssignment] = []
    var start = 0
    while start < bytes.count {
      guard bytes[start...].starts(with: "--".utf8),
        let space = bytes[start...].firstIndex(of: UInt8(ascii: " "))
      else {
        throw .broken(line: line, reason: "has a configuration that is no list of --NAME VALUE")
      }
      let name = String(decoding: bytes[(start + 2)..<space], as: UTF8.self)
      let first = space + 1
      var end = first
      if let value = planned[name]?.utf8, bytes[first...].starts(with: value),
        isEnd(first + value.count)
      {
        end += value.count
      } else {
        while !isEnd(end) { end += 1 }
      }
      parameters.append(
        ParameterAssignment(name: name, value: String(decoding: bytes[first..<end], as: UTF8.self)))
      start = end + 1
    }
    return parameters
  }
}
