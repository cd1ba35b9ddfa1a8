import DropoutEngine
import TerminalCells

/// The settings of a runner: every parameter that differs from the first runner's; of the first
/// one, those in which others differ from it, else those that people turn most.
struct RaceSettings: Equatable {
  /// A setting each.
  var items: [String]
  /// Whether any differs.
  var differs: Bool

  /// Other names for what stands in the table already.
  private static let aliases: Set<String> = ["drop", "drop-input", "seed", "variant"]
  /// The settings that are written where none differs.
  private static let turned = ["keep", "scaling", "l2", "learning-rate"]

  /// Compares the settings of a runner with those of the first one.
  init(of lane: LaneSnapshot, among lanes: [LaneSnapshot]) {
    let own = Settings(experiment: lane.configuration)
    let other = Settings(experiment: lanes.first?.configuration ?? lane.configuration)
    func value(_ definition: ParameterDefinition, _ settings: Settings) -> String {
      // Variant none keeps every unit, whatever keep says.
      definition.name == "keep" && settings.experiment.variant.keepsEveryUnit
        ? "1" : definition.get(settings)
    }
    let definitions = ParameterTable.all.filter {
      $0.effect != .display && !RaceSettings.aliases.contains($0.name)
    }
    let different = definitions.filter { value($0, own) != value($0, other) }
    differs = !different.isEmpty
    func compared() -> [ParameterDefinition] {
      let all = lanes.map { Settings(experiment: $0.configuration) }
      let compared = definitions.filter { definition in
        all.contains { value(definition, $0) != value(definition, own) }
      }
      return compared.isEmpty
        ? definitions.filter { RaceSettings.turned.contains($0.name) } : compared
    }
    items = (differs ? different : compared()).map { definition in
      let text = value(definition, own)
      return definition.name == "l2" ? "L2 \(text)" : "\(definition.name) \(text)"
    }
  }

  /// All of it.
  var text: String { items.joined(separator: ", ") }

  /// Whole settings that fit a width; the others are counted, and `i` names them.
  func text(width: Int, key: String) -> String {
    guard text.columns > width else { return text }
    for count in items.indices.reversed() {
      let rest = "\(items.count - count) more (\(key))"
      let part = (items.prefix(count) + [rest]).joined(separator: ", ")
      if part.columns <= width { return part }
    }
    return "\(items.count) (\(key))".columns <= width ? "\(items.count) (\(key))" : ""
  }
}
