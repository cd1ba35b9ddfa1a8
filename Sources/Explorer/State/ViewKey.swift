/// The effect of a key that acts in one view alone.
public struct ViewKey: Sendable {
  /// Its name in the preferences, which tells it from other keys.
  let name: String
  /// The message where it is pressed in another view.
  let elsewhere: @Sendable (KeyMap<KeyCommand>) -> String
  /// The action.
  let perform: @Sendable (inout ExplorerState) -> [Effect]
}

extension ViewKey: Equatable {
  /// Whether both are for the same.
  public static func == (first: ViewKey, second: ViewKey) -> Bool { first.name == second.name }
}
