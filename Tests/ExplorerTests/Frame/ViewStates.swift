import DropoutEngine
import Explorer
import TerminalCells

/// States of the explorer in a view, reached by keys as a person reaches it, with what the view
/// shows measured.
enum ViewStates {
  /// A training of built-in data after some steps, with keys pressed.
  static func pressed(
    _ keys: String, _ assignments: [(name: String, value: String)] = [], steps: Int = 60,
    columns: Int = 80, rows: Int = 24
  ) throws -> ExplorerState {
    var person = try Person(assignments, steps: steps, columns: columns, rows: rows)
    for scalar in keys.unicodeScalars {
      person.press(.character(scalar))
      person.training.measureSubject()
      _ = person.state.update(.snapshotArrived(person.training.snapshot))
    }
    return person.state
  }
}
