public import DropoutEngine
import JSON
import Sessions

// The selections of a lesson, and the runners of its races.
extension LessonField {
  private static let unitWords = ["widest", "widest-kept", "masked", "kept", "differing"]

  func selection() throws(LessonError) -> LessonSelection {
    let members = try object([], maybe: ["layer", "unit", "example"])
    let layer = try members["layer"].map { (field) throws(LessonError) in
      let text = try field.plain(1...40)
      let layers = field.vocabulary.layers.map { $0.filter { $0 != "inputs" } }
      let isLayer = text == "output" || text.hasPrefix("hidden") && Int(text.dropFirst(6)) ?? 0 > 0
      guard layers?.contains(text) ?? isLayer else {
        throw field.error(.noChoice(text, of: layers ?? ["hidden1", "hidden2", "output"]))
      }
      return text
    }
    return LessonSelection(
      layer: layer, unit: try members["unit"]?.unit(of: layer),
      example: try members["example"]?.example())
  }

  private func unit(of layer: String?) throws(LessonError) -> LessonSelection.Unit {
    guard case .text = field.node.content else {
      return .number(try integer(1...mostUnits(of: layer)))
    }
    switch try choice(of: LessonField.unitWords) {
    case "masked": return .masked
    case "kept": return .kept
    case "differing": return .differing
    case "widest-kept": return .widestKept
    default: return .widest
    }
  }

  /// The units of a hidden layer; where none is named, of the largest one.
  private func mostUnits(of layer: String?) -> Int {
    guard let hidden = vocabulary.hidden, layer != "output" else { return 1_000_000 }
    let place = layer.flatMap { Int($0.dropFirst(6)) }.map { $0 - 1 }
    return max(1, place.map { hidden[$0] } ?? hidden.max() ?? 1)
  }

  private func example() throws(LessonError) -> LessonSelection.Example {
    guard case .text = field.node.content else { return .number(try integer(1...1_000_000)) }
    return try choice(of: ["default", "clearest"]) == "default" ? .byView : .clearest
  }

  /// A race: a name, or runners of an experiment.
  func race(of experiment: ExperimentConfiguration) throws(LessonError) -> LessonRace {
    if case .text = field.node.content { return .named(try choice(of: vocabulary.races)) }
    let runners = try list(1...8).map { (field) throws(LessonError) in
      try field.runner(of: experiment)
    }
    var names: Set<String> = []
    for runner in runners where !names.insert(runner.reference).inserted {
      throw error(.runnerTwice(runner.reference))
    }
    return .runners(runners)
  }

  private func runner(of experiment: ExperimentConfiguration) throws(LessonError) -> LessonRunner {
    let settings = try settings(besides: "name")
    let name = try object(["name"], maybe: settings.map(\.name)).required("name").plain(1...30)
    let runner = LessonRunner(
      name: name,
      settings: settings.filter { $0.name == "variant" }
        + settings.filter { $0.name != "variant" })
    do throws(ConfigurationError) {
      _ = try runner.configuration(in: experiment)
    } catch {
      throw self.error(.refused(error))
    }
    return runner
  }
}

extension LessonRunner {
  /// Its name in texts and conditions, with hyphens for what cannot stand there.
  public var reference: String { LessonRunner.reference(name) }

  /// The name of a runner in texts and conditions: letters, digits, points and hyphens.
  public static func reference(_ name: String) -> String {
    name.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }.joined(separator: "-")
  }

  /// Its configuration in the experiment of its lesson.
  ///
  /// - Throws: ``DropoutEngine/ConfigurationError`` where a setting makes no sense there.
  public func configuration(
    in experiment: ExperimentConfiguration
  ) throws(ConfigurationError) -> ExperimentConfiguration {
    var own = experiment
    for setting in settings {
      if setting.name == "variant", let variant = Variant(rawValue: setting.value) {
        own.adopt(variant)
      } else {
        var changed = Settings(experiment: own)
        try changed.set(setting.name, to: setting.value)
        try changed.validated()
        own = changed.experiment
      }
    }
    return own
  }
}
