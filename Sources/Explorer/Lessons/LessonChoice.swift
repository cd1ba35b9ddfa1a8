import DropoutEngine
import Lessons

/// A unit and an example that are selected in a lesson.
struct LessonChoice: Equatable {
  /// The unit; nil where none was chosen.
  var unit: Selection?
  /// The example of the minibatch, from 0; nil where none was chosen.
  var row: Int?
}

extension ExplorerState {
  /// Keeps the choice of a person who goes on from a task or a sentence, for the steps behind it;
  /// the layer is the lesson's.
  mutating func noteChoice() {
    guard let run = lesson, let arrival = run.arrival else { return }
    switch run.step?.task {
    case .act?, .see?: break
    case .look?, .predict?, .because?, nil: return
    }
    let isOther = selection != arrival.unit && selection.layer == arrival.unit?.layer
    let row = watchedRow
    let choice = LessonChoice(
      unit: isOther ? selection : nil, row: row == arrival.row ? nil : row)
    lesson?.chosen[run.place] = choice
  }
}
