/// What a key does that acts in one view alone.
public struct ViewKey: Sendable {
  /// What it is for.
  let name: String
  /// What is said where it is pressed in another view.
  let elsewhere: String
  /// Does it.
  let perform: @Sendable (inout ExplorerState) -> [Effect]
}

extension ViewKey: Equatable {
  /// Whether both are for the same.
  public static func == (first: ViewKey, second: ViewKey) -> Bool { first.name == second.name }
}
