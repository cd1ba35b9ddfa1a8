import DropoutEngine
public import Sessions
import TerminalCells

/// The keys of both screens, as a person has bound them: the explorer's and a recording's.
///
/// An action of one name is bound in both.
public struct ScreenKeys: Sendable {
  /// The keys of the explorer.
  public let explorer: KeyMap<KeyCommand>
  /// The keys where a recording is shown.
  public let recording: KeyMap<RecordedCommand>

  /// The keys that nobody has changed.
  public static let standard = ScreenKeys(explorer: .standard, recording: .standard)

  /// The keys with a fixed meaning, which no other action can have.
  ///
  /// Boxes and text fields need them, so that each can be left.
  static let reserved: [(key: Key, meaning: String)] = [
    (.enter, "ends every line of text that is typed"),
    (.escape, "leaves every box"),
    (.backspace, "deletes in every text field"),
    (.delete, "deletes in every text field"),
    (.control("c"), "always quits"),
  ]

  /// Binds keys.
  ///
  /// - Parameters:
  ///   - preferences: the bindings; an action that they do not name keeps its keys.
  ///   - name: the name of their file, for messages.
  /// - Throws: ``Sessions/PreferencesError`` for an action or a key that does not exist, an action
  ///   without a key, a key with a fixed meaning, or two actions on one key.
  public init(_ preferences: Preferences, name: String) throws(PreferencesError) {
    let binder = try KeyBinder(preferences.bindings, name: name)
    let explorer = KeyTable.rows.map { $0.rebound(binder.keys) }
    for view in ViewDefinition.all {
      try binder.check(explorer) { command in
        guard command.acts(in: view) else { return nil }
        if case .own = command { return "in the \(view.name) view" }
        return ""
      }
    }
    let recording = RecordedKeys.rows.map { $0.rebound(binder.keys) }
    try binder.check(recording) { _ in "where a recording is shown" }
    self.init(explorer: KeyMap(explorer), recording: KeyMap(recording))
  }

  private init(explorer: KeyMap<KeyCommand>, recording: KeyMap<RecordedCommand>) {
    (self.explorer, self.recording) = (explorer, recording)
  }

  /// Whether each action has the keys that it comes with.
  public var areStandard: Bool {
    func same<Command>(_ map: KeyMap<Command>, _ other: KeyMap<Command>) -> Bool {
      map.actions.map(\.name) == other.actions.map(\.name)
        && map.actions.map(\.keys) == other.actions.map(\.keys)
    }
    return same(explorer, .standard) && same(recording, .standard)
  }

  /// The names of all actions, in the order of the tables, each once.
  public static let actions: [String] =
    (KeyTable.rows.flatMap(\.commands).map(\.name)
    + RecordedKeys.rows.flatMap(\.commands).map(\.name))
    .reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }

  /// The present name of an action that a file may call by an older one.
  static func presentName(of action: String) -> String {
    let view = ViewDefinition.all.first { view in
      view.olderName.map { "view-" + $0 } == action
    }
    return view.map { KeyCommand.view($0).name } ?? action
  }
}
