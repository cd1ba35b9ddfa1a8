/// A command that a key gives where a recording is shown; ``RecordedKeys`` says which.
public enum RecordedCommand: Equatable, Sendable {
  /// A look that is to be shown.
  public enum Look: Equatable, Sendable {
    /// The one before.
    case previous
    /// The one after.
    case next
    /// A twentieth of all looks back.
    case back
    /// A twentieth of all looks on.
    case on
    /// The first one.
    case first
    /// The newest one, and each that comes.
    case newest
  }

  /// End the program.
  case quit
  /// Draw everything again.
  case redraw
  /// Show the keys.
  case help
  /// Close what lies over the screen, leave the zoom, the focus.
  case back
  /// Show another look.
  case look(Look)
  /// Hold the look that is shown, or follow the newest one again.
  case hold
  /// Select the layer before or after.
  case layer(KeyCommand.Neighbor)
  /// Select the unit before or after.
  case unit(KeyCommand.Direction)
  /// Go a page of units back or on.
  case page(KeyCommand.Direction)
  /// Go to the next gap that has a bad verdict.
  case nextFinding
  /// Focus another panel.
  case panel(KeyCommand.Neighbor)
  /// Give the focused panel the whole screen, or give it back.
  case zoom
  /// Explain the numbers of the focused panel.
  case formula
  /// Show all verdicts.
  case verdicts
  /// Draw curves on a logarithmic axis, or on a linear one.
  case logAxis
  /// Write a picture of the screen.
  case writePicture
}
