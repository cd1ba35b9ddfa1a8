import JSON
import Sessions

// The selections of a lesson, and the runners of its races.
extension LessonField {
  private static let unitWords = ["widest", "masked", "kept"]

  func selection() throws(LessonError) -> LessonSelection {
    let members = try object([], maybe: ["layer", "unit", "example"])
    let layer = try members["layer"].map { (field) throws(LessonError) in
      let text = try field.plain(1...40)
      guard text == "output" || text.hasPrefix("hidden") && Int(text.dropFirst(6)) ?? 0 > 0 else {
        throw field.error(.noChoice(text, of: ["hidden1", "hidden2", "output"]))
      }
      return text
    }
    return LessonSelection(
      layer: layer, unit: try members["unit"]?.unit(), example: try members["example"]?.example())
  }

  private func unit() throws(LessonError) -> LessonSelection.Unit {
    guard case .text = field.node.content else { return .number(try integer(1...1_000_000)) }
    switch try choice(of: LessonField.unitWords) {
    case "masked": return .masked
    case "kept": return .kept
    default: return .widest
    }
  }

  private func example() throws(LessonError) -> Int {
    guard case .text = field.node.content else { return try integer(1...1_000_000) }
    _ = try choice(of: ["default"])
    return 0
  }

  /// A race: a name, or runners.
  func race() throws(LessonError) -> LessonRace {
    if case .text = field.node.content { return .named(try choice(of: vocabulary.races)) }
    return .runners(
      try list(1...8).map { (field) throws(LessonError) in
        let settings = try field.settings(besides: "name")
        return LessonRunner(
          name: try field.object(["name"], maybe: settings.map(\.name)).required("name")
            .plain(1...30),
          settings: settings.filter { $0.name == "variant" }
            + settings.filter { $0.name != "variant" })
      })
  }
}
