/// An action of the mouse, and its place.
public struct Mouse: Equatable, Hashable, Sendable {
  /// The action of the mouse.
  public enum Action: Equatable, Hashable, Sendable {
    /// A button went down; 1 is the left one.
    case press(button: Int)
    /// A button came up again; 1 is the left one.
    case release(button: Int)
    /// The wheel turned away from the person.
    case wheelUp
    /// The wheel turned towards the person.
    case wheelDown
  }

  /// The column.
  public var x: Int
  /// The row.
  public var y: Int
  /// The action.
  public var action: Action

  /// Creates an event.
  public init(x: Int, y: Int, action: Action) {
    self.x = x
    self.y = y
    self.action = action
  }
}
