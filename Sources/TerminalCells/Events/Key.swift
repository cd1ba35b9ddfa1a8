/// A key that was pressed.
public enum Key: Equatable, Hashable, Sendable {
  /// A printable character, including the space.
  case character(Unicode.Scalar)
  /// The up arrow.
  case up
  /// The down arrow.
  case down
  /// The left arrow.
  case left
  /// The right arrow.
  case right
  /// Enter or Return.
  case enter
  /// Escape alone.
  case escape
  /// The tabulator.
  case tab
  /// Shift and tabulator.
  case backTab
  /// Backspace.
  case backspace
  /// Delete.
  case delete
  /// Home.
  case home
  /// End.
  case end
  /// Page up.
  case pageUp
  /// Page down.
  case pageDown
  /// A function key, from 1.
  case function(Int)
  /// Control and a character, in lower case: `.control("c")`.
  case control(Character)
  /// Alt and any key: such keys mean nothing here.
  case alt
}
