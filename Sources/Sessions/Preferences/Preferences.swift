import DropoutEngine

/// A person's own settings of the screen, as the file of preferences has them.
///
/// The program reads that file and never writes it.
public struct Preferences: Equatable, Sendable {
  /// One setting of the screen.
  public struct Setting: Equatable, Sendable {
    /// The name of the parameter.
    public var name: String
    /// The value, as the parameter's text.
    public var value: String
    /// The line that it stands on, from 1.
    public var line: Int

    /// Creates a setting.
    public init(name: String, value: String, line: Int) {
      (self.name, self.value, self.line) = (name, value, line)
    }
  }

  /// The keys of one action, in place of its own.
  public struct Binding: Equatable, Sendable {
    /// The name of the action.
    public var action: String
    /// The names of its keys, as they are written; at least one.
    public var keys: [String]
    /// The line that they stand on, from 1.
    public var line: Int

    /// Creates a binding.
    public init(action: String, keys: [String], line: Int) {
      (self.action, self.keys, self.line) = (action, keys, line)
    }
  }

  /// The parameters that a file may set.
  public static let settingNames = ["theme", "glyphs", "speed"]
  /// All members that a file may have.
  public static let memberNames = settingNames + ["keys"]
  /// The most bytes of a file.
  public static let sizeLimit = 65_536

  /// The settings, in the order of the file.
  public var settings: [Setting]
  /// The keys, in the order of the file; actions and keys are checked where they are bound.
  public var bindings: [Binding]

  /// Creates preferences; without arguments none.
  public init(settings: [Setting] = [], bindings: [Binding] = []) {
    (self.settings, self.bindings) = (settings, bindings)
  }

  /// The place of the file: `config.json` in ``XDGFolder/configuration(_:)``; nil where there is no
  /// such folder.
  public static func path(_ environment: [String: String]) -> String? {
    XDGFolder.configuration(environment).map { $0 + "/config.json" }
  }

  /// Reads a file.
  ///
  /// - Returns: what it has; nil where there is no file.
  /// - Throws: ``PreferencesError`` with the first fault.
  public static func read(_ path: String) throws(PreferencesError) -> Preferences? {
    let bytes: [UInt8]
    do {
      bytes = try SessionFile.bytes(of: path, limit: sizeLimit)
    } catch {
      if case .unreadable(_, isMissing: true) = error.problem { return nil }
      throw PreferencesError(error)
    }
    return try Preferences(document: bytes, name: path)
  }
}
