/// One row of the parameter table, the source of the command line, the palette, session files, help
/// and the manual.
public struct ParameterDefinition: Sendable {
  /// When a change takes effect.
  public enum Effect: Sendable {
    /// With the next step: weights and curves continue.
    case nextStep
    /// The experiment restarts.
    case startsAnew
    /// On the screen or on the length of the run; the network is not affected.
    case display
  }

  /// The subject of a parameter.
  public enum Group: String, CaseIterable, Sendable {
    /// The source of the examples.
    case data = "Data"
    /// The network's layers.
    case network = "Network"
    /// Masks and scaling.
    case dropout = "Dropout"
    /// Penalties, optimizer, minibatches.
    case training = "Training"
    /// The seeds.
    case seeds = "Seeds"
    /// The length of a run.
    case run = "Run"
    /// The explorer's screen.
    case display = "Display"
  }

  /// The data that a parameter is about.
  public enum Source: Sendable {
    /// Data that are generated.
    case builtIn
    /// Data that are read from files.
    case files
  }

  /// The name, as in `learning-rate`; the command line puts two hyphens before it.
  public let name: String
  /// The subject of the parameter.
  public let group: Group
  /// The name of the value in help, as in `P[,P…]`; nil for a switch.
  public let valueName: String?
  /// The effect, in a sentence without a full stop.
  public let help: String
  /// The accepted values, in words.
  public let range: String
  /// The accepted names, where the parameter takes only names.
  public let choices: [String]
  /// Whether negative numbers are among the values.
  public let takesNegativeNumbers: Bool
  /// When a change takes effect.
  public let effect: Effect
  /// The only data that the parameter is about; nil where it does not matter.
  public let source: Source?
  /// Sets the parameter from text.
  public let set: @Sendable (String, inout Settings) throws(ConfigurationError) -> Void
  /// The parameter as text that ``set`` reads back.
  public let get: @Sendable (Settings) -> String

  /// The default, as text.
  public var defaultValue: String { self.get(Settings()) }

  /// Whether the parameter is about the data that are chosen.
  public func applies(to configuration: ExperimentConfiguration) -> Bool {
    source.map { $0 == configuration.source } ?? true
  }
}

typealias SettingsPath<Value> = WritableKeyPath<Settings, Value> & Sendable

extension ParameterDefinition {
  /// A row of the table: the place of the value in the settings, and its kind.
  init<Value>(
    _ name: String, _ group: Group, _ path: any SettingsPath<Value>, _ kind: ParameterKind<Value>,
    effect: Effect = .nextStep, only source: Source? = nil, help: String
  ) {
    self.init(
      name: name, group: group, valueName: kind.valueName, help: help, range: kind.range,
      choices: kind.choices, takesNegativeNumbers: kind.takesNegativeNumbers, effect: effect,
      source: source,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        do throws(ParameterRefusal) {
          settings[keyPath: path] = try kind.read(text)
        } catch {
          var expected = error.expected ?? kind.expected ?? kind.range
          if let point = ParameterText.withDecimalPoint(text),
            (try? kind.read(point)) != nil
          {
            expected += "; decimals stand behind a point, as in \(point)"
          }
          throw Self.wrong(name, error.text, expected, choices: kind.choices)
        }
      }, get: { kind.text($0[keyPath: path]) })
  }

  /// The error for text that a parameter does not take.
  package static func wrong(
    _ name: String, _ value: String, _ expected: String, choices: [String] = []
  ) -> ConfigurationError {
    .wrongValue(
      parameter: name, value: value, expected: expected,
      nearest: ValueNames.nearest(to: value, in: choices))
  }

  /// Refuses what a person typed where it is a list as well as a number with a decimal comma.
  ///
  /// `0,1` may be 0.1, or 0 for one layer and 1 for the next, which trains the first one never. A
  /// list is written `0.0,1`.
  ///
  /// - Throws: ``ConfigurationError/wrongValue(parameter:value:expected:nearest:)``.
  public func checkTyped(_ text: String) throws(ConfigurationError) {
    guard valueName?.hasPrefix("NUMBER[,") ?? false, ParameterText.isDoubtfulList(text),
      let point = ParameterText.withDecimalPoint(text)
    else { return }
    throw Self.wrong(
      name, text,
      "\(range); decimals stand behind a point, as in \(point), and both numbers are written "
        + ParameterText.clearList(text))
  }
}
