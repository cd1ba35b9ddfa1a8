import DropoutEngine
import DropoutMeasure
import Explorer
import TerminalCells
import Testing

@Suite("The values at the playhead") struct PlayheadTests {
  @Test("are those of the step at which training stands, and not of the end or of a change")
  func values() throws {
    var person = try Person([("examples", "200")], steps: 0, columns: 120, rows: 40)
    for _ in 0..<10 {
      person.train(10)
      person.training.measure()
      person.perform([])
    }
    person.press("]")
    person.training.measure()
    person.perform([])
    person.train(20)
    person.training.measure()
    person.perform([])
    person.go("20")
    person.training.measure()
    person.perform([])
    try check(person)
    // Before the change, where the curve has a point behind it at the same step.
    person.press(.end, "u")
    person.training.measure()
    person.perform([])
    #expect(person.state.snapshot.step == 100)
    try check(person)
  }

  private func check(_ person: Person) throws {
    let snapshot = person.state.snapshot
    let own = try #require(snapshot.ownEvaluation)
    let rows = Screen.draw(person.state).plainRows
    let point = try #require(
      snapshot.measured.curves.last { $0.step <= snapshot.step && $0.minibatches > 0 })
    let test = NumberText.fixed(own.loss, decimals: 4)
    let masked = NumberText.fixed(point.minibatchLoss, decimals: 4)
    #expect(rows.contains { $0.contains("LOSS at step \(snapshot.step)  test \(test)") })
    #expect(rows.contains { $0.contains("masked \(masked)") }, "\(rows)")
    let right = NumberText.percent(try #require(own.accuracy), decimals: 1)
    #expect(rows.contains { $0.contains("% of the test part  \(right)") }, "\(right): \(rows)")
  }
}
