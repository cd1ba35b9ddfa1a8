public import TerminalCells

/// The box that lies over the view.
public enum Overlay: Equatable, Sendable {
  /// Nothing.
  case none
  /// The keys; the first line that is shown.
  case help(scroll: Int)
  /// Any parameter by name.
  case palette(PaletteState)
  /// The menu of the view; the number of the line that is chosen.
  case menu(line: Int)
  /// The variants; the number of the line that is chosen.
  case variants(line: Int)
  /// The formulas of the focused panel's numbers; the first line that is shown.
  case formula(scroll: Int)
  /// The meaning of one number on the screen.
  case explanation(ScreenPlace)
  /// The name of the file that the session is saved as.
  case saveAs(SaveForm)
  /// The folder that pictures and numbers are written to.
  case writeTo(SaveForm)
  /// A moment of the run by step, epoch or name.
  case goTo(GoToState)
  /// The branches; the number of the line that is chosen.
  case branches(line: Int)
  /// The branches, where the next press removes the one of the line.
  case branchRemoval(line: Int)
  /// The name of a branch, by its number.
  case branchName(Int, TextField)
  /// The questions that people ask; the number of the line that is chosen.
  case questions(line: Int)
  /// The answer to a question, by its number from 0.
  case answer(question: Int)
  /// The lessons; the number of the line that is chosen.
  case lessons(line: Int)
  /// A text to read, such as the command that reproduces the experiment.
  case message(title: String, lines: [String], scroll: Int)
}
