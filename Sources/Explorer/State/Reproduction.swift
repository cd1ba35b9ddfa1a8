import DropoutEngine
import Sessions

extension ExplorerState {
  /// The command that reaches the moment on the screen; nil where only a file can hold what it
  /// needs.
  var reproducingCommand: String? {
    let isPlain = snapshot.journal.entries.isEmpty && !snapshot.initialConfiguration.isMapped
    if isPlain { return ExplorerState.reproduction(of: snapshot.initialConfiguration)[0] }
    return (try? session(folder: nil).shareText()).map { "dropscope --share \($0)" }
  }

  /// The lines about sharing the moment on the screen, changes and all.
  private var sharing: [String] {
    guard !snapshot.journal.entries.isEmpty else { return [] }
    do {
      return [
        "", "With every change at its step, and to this step:",
        "dropscope --share \(try session(folder: nil).shareText())",
      ]
    } catch {
      return ["", "\(keys[.save]) saves all of it as a file. \(error.description)"]
    }
  }

  /// The command that starts the experiment as it started, and the changes that were made since.
  var reproduction: [String] {
    var lines = ExplorerState.reproduction(of: snapshot.initialConfiguration)
    let entries = snapshot.journal.entries
    if !entries.isEmpty {
      lines += ["", "Then, while it ran:"]
      lines += entries.map { "  before step \($0.step): \($0.change.label)" }
      lines += ["", "With these settings from the start:"]
      lines += ExplorerState.reproduction(of: snapshot.settings)
    }
    lines += [
      "", "It is at step \(snapshot.step): --steps \(snapshot.step) with train gets there.",
    ]
    lines += sharing
    if reproducingCommand != nil {
      lines += ["", "The command is on the clipboard, where the terminal allows it."]
    }
    return lines
  }

  /// The command for a configuration, and what no command can say of it.
  static func reproduction(of configuration: ExperimentConfiguration) -> [String] {
    let command = command(for: Settings(experiment: configuration))
    return configuration.isMapped
      ? [
        command,
        "It is the second form of a run under the exact map: no command starts from weights times "
          + "p, nor maps rates.",
      ] : [command]
  }

  /// The shortest command line for settings: only what differs from the defaults.
  private static func command(for settings: Settings) -> String {
    var plain = Settings()
    var words = ["dropscope"]
    func add(_ name: String, _ value: String) {
      words.append("--\(name) \(ShellWord.quoted(value))")
    }
    if settings.experiment.variant != plain.experiment.variant {
      plain.experiment.adopt(settings.experiment.variant)
      add("variant", settings.experiment.variant.rawValue)
    }
    let seeds = [
      settings.experiment.dataSeed, settings.experiment.initSeed, settings.experiment.maskSeed,
    ]
    for row in ParameterTable.all
    where row.effect != .display && row.applies(to: settings.experiment)
      && !["variant", "drop", "drop-input"].contains(row.name)
    {
      if row.name == "seed" {
        guard Set(seeds).count == 1, seeds[0] != plain.experiment.dataSeed else { continue }
        (plain.experiment.dataSeed, plain.experiment.initSeed, plain.experiment.maskSeed) = (
          seeds[0], seeds[0], seeds[0]
        )
        add("seed", "\(seeds[0])")
        continue
      }
      let value = row.get(settings)
      if value != row.get(plain) { add(row.name, value) }
    }
    return words.joined(separator: " ")
  }
}

extension ExperimentConfiguration {
  /// Whether it is the second form of a run under the exact map, whose rates no parameter names.
  var isMapped: Bool {
    (weightRateFactor.values + weightEpsilonFactor.values).contains { $0 != 1 }
  }
}
