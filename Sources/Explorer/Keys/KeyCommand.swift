/// A command that a key gives; ``KeyTable`` says which key gives which.
public enum KeyCommand: Equatable, Sendable {
  /// The direction in which the selection moves in a list.
  public enum Direction: Equatable, Sendable {
    /// To the line above, or a page up.
    case up
    /// To the line below, or a page down.
    case down

    /// The lines that it goes.
    var offset: Int { self == .up ? -1 : 1 }
  }

  /// The direction in which a knob is turned.
  public enum Turn: Equatable, Sendable {
    /// To a lower value.
    case less
    /// To a higher value.
    case more
  }

  /// The neighbour to go to.
  public enum Neighbor: Equatable, Sendable {
    /// The one before.
    case previous
    /// The one after.
    case next

    /// The steps that it goes.
    var offset: Int { self == .previous ? -1 : 1 }
  }

  /// End the program.
  case quit
  /// Draw everything again.
  case redraw
  /// Show the keys.
  case help
  /// Go back: close what lies over the view, leave the zoom, the focus, the view.
  case back
  /// Run or pause.
  case toggleRunning
  /// Take one step and pause.
  case stepOn
  /// Change the speed of training.
  case speed(Turn)
  /// Turn the scaling: off, classic, inverted.
  case nextScaling
  /// Change the keep probability of all hidden layers, or of the focused one.
  case keep(Turn)
  /// Change L2.
  case l2(Turn)
  /// Change the learning rate.
  case learningRate(Turn)
  /// Select the layer before or after.
  case layer(Neighbor)
  /// Select the unit before or after; in a list, the row.
  case unit(Direction)
  /// Go a page of units, or of rows, back or on.
  case page(Direction)
  /// Watch another example of the minibatch.
  case example(Neighbor)
  /// Draw the learner before or after.
  case learner(Neighbor)
  /// Focus another panel.
  case panel(Neighbor)
  /// Give the focused panel the whole screen, or give it back.
  case zoom
  /// Show the list of variants.
  case variants
  /// Change any parameter by name.
  case palette
  /// Show the formulas of the focused panel's numbers.
  case formula
  /// Show what can be done to the selected unit.
  case menu
  /// Draw losses on a logarithmic axis, or on a linear one.
  case logAxis
  /// Start again with the same settings.
  case restart
  /// Start again with another seed.
  case restartWithNewSeed
  /// Write a picture of the screen.
  case write
  /// Show the command that reproduces this.
  case showCommand
  /// Show a view.
  case view(ViewDefinition)
  /// An action of one view alone.
  case own(ViewKey)
  /// Go to another moment of the run.
  case travel(TimelineDestination)
  /// Go to a moment of the run that is typed.
  case goTo
  /// Save the session.
  case save
  /// Show the branches of the run.
  case branches
  /// Show the lessons.
  case lessons
}
