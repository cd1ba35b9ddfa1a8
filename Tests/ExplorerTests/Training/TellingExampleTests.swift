import DropoutEngine
import Explorer
import Sessions
import TerminalCells
import Testing

@Suite("The watched example says something, unless a person chose another one")
struct TellingExampleTests {
  /// The size of the largest sum into the first masked layer, in the training and the test pass.
  private func sizes(_ evidence: StepEvidence, row: Int) -> (training: Float, test: Float) {
    let layer = evidence.layers[1]
    func size(_ matrix: Matrix) -> Float { matrix.row(row).map(\.magnitude).max() ?? 0 }
    return (size(layer.trainingSum), size(layer.testSum))
  }

  @Test("No step is drawn with an example that is silent while others speak", arguments: [1, 2, 3])
  func speaks(seed: Int) throws {
    var person = try Person([("seed", "\(seed)")], steps: 1)
    #expect(!person.state.hasChosenExample)
    var others = 0
    for _ in 0..<80 {
      let watched = person.state.snapshot.watched.value
      let (training, test) = sizes(watched.evidence, row: watched.row)
      let all = watched.evidence.examples.indices.map { sizes(watched.evidence, row: $0) }
      let most = (training: all.map(\.training).max() ?? 0, test: all.map(\.test).max() ?? 0)
      let speaks = all.contains { $0.training > 0.2 * most.training && $0.test > 0.2 * most.test }
      let isTelling = training > 0.2 * most.training && test > 0.2 * most.test
      if speaks { #expect(isTelling) }
      if watched.row > 0 { others += 1 }
      person.press(".")
    }
    #expect(others > 0, "no step had a silent first example, so nothing was tested")
  }

  @Test("An example that was chosen stays, and a session has it") func chosen() throws {
    var person = try Person(steps: 20)
    let first = person.state.snapshot.watched.value.row
    #expect(person.state.viewValues["row"] == nil)
    person.press("e")
    let chosen = person.state.snapshot.watched.value.row
    #expect(chosen == first + 1 && person.state.hasChosenExample)
    for _ in 0..<10 {
      person.press(".")
      #expect(person.state.snapshot.watched.value.row == chosen)
    }
    #expect(person.state.viewValues["row"] == .number(chosen))
    // The average shows it, too, and does not choose another one.
    person.press("4")
    person.training.measureSubject()
    person.perform([])
    #expect(person.state.snapshot.watched.value.row == chosen)
  }

  @Test("An example that the average chose is watched for this step only") func ofTheAverage()
    throws
  {
    var moved = 0
    for seed in 1...6 {
      var person = try Person([("seed", "\(seed)")], steps: 30)
      let first = person.state.snapshot.watched.value.row
      person.press("4")
      person.training.measureSubject()
      person.perform([])
      moved += person.state.snapshot.watched.value.row != first ? 1 : 0
      #expect(!person.state.hasChosenExample && person.state.viewValues["row"] == nil)
      person.press("1", ".")
      let next = person.state.snapshot.watched.value
      var other = try Person([("seed", "\(seed)")], steps: 31)
      _ = other.state.update(.snapshotArrived(other.training.snapshot))
      #expect(next.row == other.state.snapshot.watched.value.row)
    }
    #expect(moved > 0, "the average never chose another example, so nothing was tested")
  }

  /// The size of the largest signal at the sums of the first layer, by row.
  private func signals(_ evidence: StepEvidence) -> [Float] {
    let delta = evidence.layers[0].delta
    return evidence.examples.indices.map { delta.row($0).map(\.magnitude).max() ?? 0 }
  }

  @Test(
    "One step watches an example whose signal is large, in each step that is taken or held",
    arguments: [1, 2, 3])
  func signal(seed: Int) throws {
    var person = try Person([("seed", "\(seed)")], steps: 200)
    person.press("5")
    var small = 0
    for step in 0..<60 {
      let watched = person.state.snapshot.watched.value
      let sizes = signals(watched.evidence)
      let most = sizes.max() ?? 0
      #expect(sizes[watched.row] >= 0.3 * most, "step \(step): \(sizes) of row \(watched.row)")
      small += sizes.count { $0 < 0.05 * most }
      // A step in phases, and one that a run held.
      if step % 2 == 0 { person.press(".") } else { person.train(3) }
    }
    #expect(small > 60, "hardly an example was solved, so nothing was tested")
    // Other views watch one whose sums say something.
    let row = try Person([("seed", "\(seed)")], steps: person.state.snapshot.step)
      .training.snapshot.watched.value.row
    person.press("1")
    #expect(person.state.snapshot.watched.value.row == row)
  }

  @Test("A chosen example stays in the view of one step, too") func chosenInStep() throws {
    var person = try Person(steps: 100)
    person.press("e")
    let chosen = person.state.snapshot.watched.value.row
    person.press("5", ".", ".")
    #expect(person.state.snapshot.watched.value.row == chosen)
  }
}
