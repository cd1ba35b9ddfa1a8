import DropoutEngine
import Explorer
import Sessions

/// The preferences that hold.
///
/// An option of the command line comes first, then the environment, then the file, then what the
/// program comes with.
struct PreferencesInForce: Sendable {
  /// The source of a value.
  enum Origin: Equatable, Sendable {
    /// An environment variable.
    case environment(String)
    /// The file, at a line.
    case file(line: Int)
    /// Nothing says otherwise.
    case standard

    /// The source, in words.
    var words: String {
      switch self {
      case .environment(let variable): variable
      case .file(let line): "the file, line \(line)"
      case .standard: "default"
      }
    }
  }

  /// The path of the file; nil where the environment names no folder for it.
  let path: String?
  /// Whether the file is there.
  let exists: Bool
  /// The reason why the file is ignored; nil where it is not.
  let error: PreferencesError?
  /// The parameters, with the source of each.
  let values: [(name: String, value: String, origin: Origin)]
  /// The keys.
  let keys: ScreenKeys
  /// The line of the file for each action that it names.
  let boundLines: [String: Int]

  /// Reads the file of this person.
  ///
  /// A wrong file is ignored, all of it, and ``error`` says why.
  ///
  /// - Throws: a failure where a variable has a value that its parameter does not take.
  init(_ environment: [String: String]) throws(CommandFailure) {
    path = Preferences.path(environment)
    var read: Preferences?
    var keys = ScreenKeys.standard
    var fault: PreferencesError?
    if let path {
      do throws(PreferencesError) {
        read = try Preferences.read(path)
        if let read { keys = try ScreenKeys(read, name: path) }
      } catch {
        fault = error
      }
    }
    exists = read != nil || fault != nil
    error = fault
    let file = fault == nil ? read ?? Preferences() : Preferences()
    self.keys = keys
    boundLines = Dictionary(
      file.bindings.map { ($0.action, $0.line) }, uniquingKeysWith: { first, _ in first })
    var values: [(name: String, value: String, origin: Origin)] = []
    for name in Preferences.settingNames {
      let variable = PreferencesInForce.variable(of: name)
      if let value = environment[variable], !value.isEmpty {
        try PreferencesInForce.check(name, value, variable)
        values.append((name, value, .environment(variable)))
      } else if let setting = file.settings.first(where: { $0.name == name }) {
        values.append((name, setting.value, .file(line: setting.line)))
      } else {
        let standard = ParameterTable.definition(named: name)?.defaultValue ?? ""
        values.append((name, standard, .standard))
      }
    }
    self.values = values
  }

  /// The variable of the environment that sets a parameter.
  static func variable(of name: String) -> String { "DROPSCOPE_" + name.uppercased() }

  private static func check(
    _ name: String, _ value: String, _ variable: String
  ) throws(CommandFailure) {
    var probe = Settings()
    do throws(ConfigurationError) {
      try probe.set(name, to: value)
    } catch {
      guard case .wrongValue(_, let value, let expected, let nearest) = error else {
        throw CommandFailure(error)
      }
      throw .usage(
        "\(variable) cannot be '\(ForeignText.shown(value))': it takes \(expected)"
          + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
    }
  }

  /// The parameters that are not as the program comes, for a command that takes some of them.
  func assignments(without: Set<String> = []) -> [(name: String, value: String)] {
    values.filter { $0.origin != .standard && !without.contains($0.name) }
      .map { ($0.name, $0.value) }
  }

  /// The source of an action's keys.
  func origin(ofKeys action: String) -> Origin {
    boundLines[action].map { .file(line: $0) } ?? .standard
  }

  /// Says on the standard error that the file is ignored, where it is.
  func complain() {
    if let error { StandardError.writeLine("dropscope: \(error.description)") }
  }
}
