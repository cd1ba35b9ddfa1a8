// Builders of the table's rows: one function for each kind of value, so that a row states only its
// own data.

typealias SettingsPath<Value> = WritableKeyPath<Settings, Value> & Sendable

extension ParameterDefinition {
  /// The error for text that a parameter does not take.
  package static func wrong(
    _ name: String, _ value: String, _ expected: String, choices: [String] = []
  ) -> ConfigurationError {
    .wrongValue(
      parameter: name, value: value, expected: expected,
      nearest: NameDistance.nearest(to: value, in: choices))
  }

  /// A number in a range.
  static func number(
    _ name: String, _ group: Group, _ path: any SettingsPath<Double>, help: String, range: String,
    effect: Effect = .nextStep, in isAllowed: @escaping @Sendable (Double) -> Bool
  ) -> ParameterDefinition {
    ParameterDefinition(
      name: name, group: group, valueName: "NUMBER", help: help, range: range, choices: [],
      effect: effect,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        guard let value = ParameterText.number(text), isAllowed(value) else {
          throw wrong(name, text, range)
        }
        settings[keyPath: path] = value
      }, get: { ParameterText.text($0[keyPath: path]) })
  }

  /// A number in a range, or a word for none.
  static func optionalNumber(
    _ name: String, _ group: Group, _ path: any SettingsPath<Double?>, none: String, help: String,
    range: String, effect: Effect, in isAllowed: @escaping @Sendable (Double) -> Bool
  ) -> ParameterDefinition {
    ParameterDefinition(
      name: name, group: group, valueName: "NUMBER", help: help, range: range, choices: [],
      effect: effect,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        if text == none {
          settings[keyPath: path] = nil
          return
        }
        guard let value = ParameterText.number(text), isAllowed(value) else {
          throw wrong(name, text, range)
        }
        settings[keyPath: path] = value
      }, get: { $0[keyPath: path].map(ParameterText.text) ?? none })
  }

  /// A whole number in a range.
  static func count(
    _ name: String, _ group: Group, _ path: any SettingsPath<Int>, help: String,
    range: ClosedRange<Int>, effect: Effect
  ) -> ParameterDefinition {
    let words = "a whole number, \(range.lowerBound) to \(range.upperBound)"
    return ParameterDefinition(
      name: name, group: group, valueName: "COUNT", help: help, range: words, choices: [],
      effect: effect,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        guard let value = Int(text), range.contains(value) else { throw wrong(name, text, words) }
        settings[keyPath: path] = value
      }, get: { String($0[keyPath: path]) })
  }

  /// A whole number in a range, or a word for none.
  static func optionalCount(
    _ name: String, _ group: Group, _ path: any SettingsPath<Int?>, none: String, help: String,
    range: ClosedRange<Int>, effect: Effect
  ) -> ParameterDefinition {
    let words = "a whole number, \(range.lowerBound) to \(range.upperBound), or \(none)"
    return ParameterDefinition(
      name: name, group: group, valueName: "COUNT", help: help, range: words, choices: [],
      effect: effect,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        if text == none {
          settings[keyPath: path] = nil
          return
        }
        guard let value = Int(text), range.contains(value) else { throw wrong(name, text, words) }
        settings[keyPath: path] = value
      }, get: { $0[keyPath: path].map { String($0) } ?? none })
  }

  /// One of several names.
  static func choice<Choice: NamedChoice>(
    _ name: String, _ group: Group, _ path: any SettingsPath<Choice>, help: String, effect: Effect
  ) -> ParameterDefinition {
    let names = Choice.allCases.map(\.rawValue)
    let words = "one of " + names.joined(separator: ", ")
    return ParameterDefinition(
      name: name, group: group, valueName: "NAME", help: help, range: words, choices: names,
      effect: effect,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        guard let value = Choice(rawValue: text) else {
          throw wrong(name, text, words, choices: names)
        }
        settings[keyPath: path] = value
      }, get: { $0[keyPath: path].rawValue })
  }

  /// A number for all layers, or one for each.
  static func perLayer(
    _ name: String, _ group: Group, _ path: any SettingsPath<PerLayer<Double>>, help: String,
    range: String, in isAllowed: @escaping @Sendable (Double) -> Bool
  ) -> ParameterDefinition {
    ParameterDefinition(
      name: name, group: group, valueName: "NUMBER[,NUMBER…]", help: help,
      range: range + "; one for all layers, or one for each", choices: [], effect: .nextStep,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        var values: [Double] = []
        for part in ParameterText.list(text) {
          guard let value = ParameterText.number(part), isAllowed(value) else {
            throw wrong(name, part, range)
          }
          values.append(value)
        }
        settings[keyPath: path] = PerLayer(values: values)
      },
      get: { $0[keyPath: path].values.map(ParameterText.text).joined(separator: ",") })
  }

  /// Text that is taken unchanged, such as a path.
  static func text(
    _ name: String, _ group: Group, _ path: any SettingsPath<String?>, valueName: String,
    none: String, help: String
  ) -> ParameterDefinition {
    ParameterDefinition(
      name: name, group: group, valueName: valueName, help: help, range: "text", choices: [],
      effect: .startsAnew,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        guard !text.isEmpty else { throw wrong(name, text, "a name that is not empty") }
        settings[keyPath: path] = text == none ? nil : text
      }, get: { $0[keyPath: path] ?? none })
  }

  /// A seed.
  static func seed(
    _ name: String, _ paths: [any SettingsPath<UInt64>], help: String
  ) -> ParameterDefinition {
    let words = "a whole number, 0 to 9007199254740991"
    return ParameterDefinition(
      name: name, group: .seeds, valueName: "SEED", help: help, range: words, choices: [],
      effect: .startsAnew,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        guard let value = UInt64(text), value < 1 << 53 else { throw wrong(name, text, words) }
        for path in paths { settings[keyPath: path] = value }
      }, get: { settings in paths.first.map { String(settings[keyPath: $0]) } ?? "" })
  }

  /// On or off; no value means on.
  static func flag(
    _ name: String, _ group: Group, _ path: any SettingsPath<Bool>, value: Bool, help: String
  ) -> ParameterDefinition {
    ParameterDefinition(
      name: name, group: group, valueName: nil, help: help, range: "yes or no",
      choices: ["yes", "no"], effect: .display,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        switch text {
        case "yes": settings[keyPath: path] = value
        case "no": settings[keyPath: path] = !value
        default: throw wrong(name, text, "yes or no")
        }
      }, get: { $0[keyPath: path] == value ? "yes" : "no" })
  }
}
