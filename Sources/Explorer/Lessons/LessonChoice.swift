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
  /// The distance of average and averaged network below which the subnetworks of view average agree
  /// on an example.
  private static let tellingGap = 0.001

  /// Goes on from example to example in view average, past those on which all subnetworks agree, so
  /// that there is something to see; nil where a command does something else, or nothing is known
  /// of the examples.
  mutating func goToTellingExample(_ command: KeyCommand) -> [Effect]? {
    guard case .example(let neighbor) = command, view == .ensemble,
      let measured = snapshot.measurement(of: EnsembleSubject.self), snapshot.isCurrent(measured),
      measured.step == evidence.step
    else { return nil }
    let gaps = measured.value.gaps
    let count = evidence.examples.count
    let offset = (1..<max(1, count)).map { $0 * neighbor.offset }.first { offset in
      let row = ((watchedRow + offset) % count + count) % count
      return gaps.indices.contains(row) && gaps[row].magnitude >= ExplorerState.tellingGap
    }
    guard let offset else { return nil }
    hasChosenExample = true
    return send(.watch(offset: offset, of: snapshot.experiment.start))
  }

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
