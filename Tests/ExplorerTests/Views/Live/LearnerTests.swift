import DropoutEngine
import DropoutMeasure
import Explorer
import TerminalCells
import Testing

@Suite("Several learners in the explorer") struct LearnerTests {
  private func person(_ variant: String, steps: Int = 60) throws -> Person {
    try Person(
      [("variant", variant), ("learners", "4"), ("data", "glyphs"), ("hidden", "8")], steps: steps,
      columns: 120, rows: 40)
  }

  @Test(
    "What is drawn of one learner is the chosen one's own; the average stays",
    arguments: ["random-subspace", "bagging"])
  func drawing(variant: String) throws {
    var person = try person(variant)
    let before = person.state.snapshot
    person.press("L", "L")
    person.training.measure()
    _ = person.state.update(.snapshotArrived(person.training.snapshot))
    let after = person.state.snapshot
    #expect(after.learner == 2 && after.step == 60)
    #expect(try person.training.group.learners[2].evidence() == after.watched.value.evidence)
    #expect(after.watched.value.evidence != before.watched.value.evidence)
    #expect(after.measured.counterfactual.value == before.measured.counterfactual.value)
    #expect(after.measured.examples.value == before.measured.examples.value)
    let measurer = Measurer(dataset: after.dataset)
    let states = person.training.group.states
    #expect(after.ownEvaluation == measurer.evaluate(states, on: .test))
    #expect(after.measured.curves.last?.testLoss == after.ownEvaluation?.loss)
    #expect(
      after.measured.curves.last?.learnerLosses
        == states.map { measurer.evaluate($0, on: .test).loss })
    person.press("H", "H", "H")
    #expect(person.state.snapshot.learner == 3)
  }

  @Test("The close views are about the drawn learner") func closeViews() throws {
    var person = try person("bagging")
    person.press("L", "2")
    person.training.measureSubject()
    let snapshot = person.training.snapshot
    guard let sums = (snapshot.close.subject?.value as? UnitMeasurement)?.sums else {
      Issue.record("no sums were measured")
      return
    }
    let learner = person.training.group.learners[1]
    let selection = person.state.selection
    let expected = Measurer(dataset: snapshot.dataset).unitSums(
      learner.state, of: try learner.evidence(), row: 0, layer: selection.layer,
      unit: selection.unit)
    #expect(sums == expected)
  }

  @Test("Title and sentence say which learner it is and what it sees") func words() throws {
    var person = try person("random-subspace")
    person.press("L")
    let rows = Screen.draw(person.state).plainRows
    #expect(rows[0].contains("learner 2 of 4"))
    #expect(rows[1].contains("learner 2 of 4") && rows[1].contains("32 of 64 inputs"))
    let bagging = Screen.draw(try self.person("bagging").state).plainRows
    #expect(bagging[0].contains("learner 1 of 4"))
    #expect(bagging[1].contains("bootstrap resample"))
    for columns in [80, 60] {
      person.state.size = ScreenSize(columns: columns, rows: 24)
      #expect(Screen.draw(person.state).plainRows[0].contains("learner 2 of 4"))
    }
    let one = Screen.draw(try Person(steps: 3, columns: 120, rows: 40).state).plainRows
    #expect(!one[0].contains("learner"))
  }

  @Test(
    "The losses of single learners are drawn faint below the others, without a word at their ends"
  )
  func curves() throws {
    let state = try person("bagging").state
    let drawn = DrawnPanel(.curves, of: state, width: 80, height: 14)
    #expect(drawn.rows[0].contains("faint: each learner"))
    let dots = (1..<14).flatMap { y in (0..<80).map { (x: $0, y: y) } }.filter {
      drawn.buffer[$0.x, $0.y].scalar == "." && drawn.buffer[$0.x, $0.y].style == Style(.dim)
    }
    #expect(!dots.isEmpty)
    #expect(drawn.rows.dropFirst().joined().contains("* test"))
    let dotted = DrawnPanel(.curves, of: state, width: 80, height: 14, glyphs: .unicode)
    let words = dotted.rows.dropFirst().map { $0.split(separator: " ").last.map(String.init) ?? "" }
    #expect(words.contains("test") && words.contains("masked") && !words.contains("learner"))
    let one = DrawnPanel(.curves, of: try Person(steps: 60).state, width: 80, height: 14)
    #expect(!one.rows[0].contains("learners"))
  }

  @Test("Choosing a variant with several learners starts anew, and so does going back")
  func startingAnew()
    throws
  {
    var person = try Person(steps: 20)
    person.type("variant bagging")
    #expect(person.state.snapshot.experiment.start == 1 && person.state.snapshot.step == 0)
    #expect(person.training.group.learners.count == 10)
    person.press("L")
    #expect(person.state.snapshot.learner == 1)
    person.type("variant inverted")
    let second = person.state.snapshot.experiment
    #expect(second.start > 1 && second.hasData(of: .first) && person.state.snapshot.learner == 0)
    #expect(person.training.group.learners.count == 1)
    #expect(person.state.snapshot.configuration.variantName == "inverted")
    person.type("variant classic")
    #expect(person.state.snapshot.experiment == second)
    person.type("learners 3")
    person.type("variant random-subspace")
    #expect(person.training.group.learners.count == 3)
  }

  @Test(
    "The list says of each variant what it would do with this network now, or that it starts anew")
  func list() throws {
    var person = try Person([("hidden", "6,4")], steps: 80, columns: 120, rows: 40)
    person.press("v")
    var pending = Screen.draw(person.state).plainRows
    #expect(pending.contains { $0.contains("unscaled") && !$0.contains("0.") })
    person.training.measureSubject()
    _ = person.state.update(.snapshotArrived(person.training.snapshot))
    pending = []
    let rows = Screen.draw(person.state).plainRows
    let state = person.training.group.states[0]
    let measurer = Measurer(dataset: person.training.snapshot.dataset)
    for variant in Variant.allCases {
      let row = try #require(
        rows.first {
          $0.split(separator: " ").contains { $0.hasSuffix(variant.rawValue) } && $0.contains("│")
        },
        "\(variant)")
      guard !variant.hasSeveralLearners else {
        #expect(row.contains("starts   anew"), "\(row)")
        continue
      }
      let adopted = state.adopting(variant)
      let loss = NumberText.fixed(measurer.evaluate(adopted, on: .test).loss, decimals: 3)
      let divergence = NumberText.fixed(
        measurer.expectedOutputDivergence(adopted).divergence, decimals: 3)
      #expect(row.contains(" \(loss) ") && row.contains(" \(divergence) "), "\(row)")
    }
    let plain = PlainText.lines(person.state)
    #expect(plain.contains { $0.contains("bagging: ") && $0.contains("starts anew") })
    #expect(plain.contains { $0.contains("classic: ") && $0.contains("now: loss 0.") })
    // Measurements from before a change differ in generation from those after it.
    person.state.snapshot.generation += 1
    let stale = Screen.draw(person.state)
    let y = try #require(stale.plainRows.firstIndex { $0.contains("▶unscaled") })
    let x = try #require((0..<120).first { stale[$0, y].scalar == "." })
    #expect(stale[x, y].style == Style(.dim, bold: true) || stale[x, y].style == Style(.dim))
  }

  @Test("The details of random subspaces tell them from a mask that is drawn once for good")
  func distinction() throws {
    var person = try Person(steps: 3, columns: 120, rows: 40)
    person.state.overlay = .variants(
      line: try #require(Variant.allCases.firstIndex(of: .randomSubspace)))
    let text = Screen.draw(person.state).plainRows.joined(separator: " ")
    #expect(text.contains("mask-sharing fixed"))
    #expect(text.contains("start anew with it"))
    #expect(VariantDescription(.classic, keepProbability: 0.5).distinction == nil)
  }
}
