public import Lessons
public import TerminalCells

/// Something that happened, to be taken up by the explorer's one update.
public enum Action: Sendable {
  /// A key was pressed.
  case keyPressed(Key)
  /// A text was pasted.
  case pasted(String)
  /// The mouse was used.
  case mouseUsed(Mouse)
  /// The screen has another size.
  case resized(ScreenSize)
  /// The training thread published something new.
  case snapshotArrived(TrainingSnapshot)
  /// The race published something new.
  case raceArrived(RaceSnapshot)
  /// Something outside has a sentence for the person, such as where a picture was written.
  case told(String)
  /// The session was saved, or could not be.
  case saved(SaveOutcome)
  /// The session can no longer be saved by itself, and why; nil where it can again.
  case autosaved(failure: String?)
  /// Files were written to a folder.
  case written(folder: String, names: [String])
  /// Nothing could be written to a folder, and why.
  case notWritten(folder: String, reason: String)
  /// The display was set up again, with these characters and colours.
  case displayChanged(glyphs: GlyphSet, theme: Theme)
}

/// Something that an update asks of the world outside the state.
public enum Effect: Equatable, Sendable {
  /// Tell the training thread.
  case train(TrainingCommand)
  /// Tell the race.
  case race(RaceCommand)
  /// Go on in the live view from where this runner of a race stands.
  case takeFromRace(lane: Int, of: RaceIdentity)
  /// Put a text on the clipboard, where the terminal allows it.
  case copy(String)
  /// Keep how far the person is with the lessons.
  case keepProgress(LessonProgress)
  /// Save the session as a file.
  case save(path: String, replacing: Bool)
  /// Write the screen as a picture, the curves as a table, and the evidence of the step, to a
  /// folder.
  case write(folder: String)
  /// Draw the whole screen again.
  case redraw
  /// Set the display up again: theme, colours, glyphs or mouse changed.
  case setUpDisplay
  /// End the program.
  case quit
}
