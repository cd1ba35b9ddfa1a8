import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("Questions that people ask") struct QuestionTests {
  private func answer(_ number: Int, by person: inout Person) -> String {
    person.press("?")
    person.press("?")
    person.press(.character(Unicode.Scalar(UInt8(ascii: "0") + UInt8(number))))
    return text(person)
  }

  /// The question that is answered, with its answer.
  private func text(_ person: Person) -> String {
    PlainText.lines(person.state).first { $0.contains("? ") && $0.count > 60 } ?? ""
  }

  @Test("Three keys from the start lead to each answer, which leaves the sentence in sight")
  func threeKeys() throws {
    for number in 1...9 {
      var person = try Person(steps: 60)
      let text = answer(number, by: &person)
      #expect(person.state.overlay == .answer(question: number - 1))
      let rows = Screen.draw(person.state).plainRows
      let title = try #require(rows.firstIndex { $0.contains("┌─ ") }, "\(number)")
      let end = try #require(rows.firstIndex { $0.contains("└─") })
      // The box stands over the lower half, or above the panel that it speaks of.
      let subjects = [2: "LOSS", 5: "SAME WEIGHTS", 8: "DEPTH"]
      let below = subjects[number].flatMap { name in rows.firstIndex { $0.contains(name) } }
      #expect(
        subjects[number] == nil ? title >= 12 : end < below ?? 0,
        "question \(number) covers what it speaks of")
      #expect(title >= 3)
      #expect(rows.contains { $0.contains("Enter: more questions  Esc: end  1 to 6") })
      #expect(!text.contains("nan") && text.count > 80, "\(text)")
    }
  }

  @Test("An answer has the numbers of the network on the screen") func numbers() throws {
    var person = try Person(steps: 60)
    let unit = person.state.snapshot.watched.value
    #expect(unit.sums.count == 3)
    func fixed(_ value: Double) -> String { NumberText.fixed(value, decimals: 3) }
    let point = try #require(person.state.snapshot.measured.curves.last)
    let losses = answer(2, by: &person)
    for loss in [point.minibatchLoss, point.trainLoss, point.testLoss] {
      #expect(losses.contains(fixed(loss)), "\(loss): \(losses)")
    }
    person.press(.escape)
    let scaling = answer(1, by: &person)
    #expect(scaling.contains("2.00x") && scaling.contains("1/p = 2.00"), "\(scaling)")
    person.press("s")
    #expect(text(person).contains("1.00x"), "the answer follows the scaling")
    person.press(.escape)
    let frameworks = answer(3, by: &person)
    #expect(frameworks.contains("nn.Dropout(p=0.5)"), "\(frameworks)")
  }

  @Test("Keys work under an answer; Enter goes back to the list, another view ends it")
  func keys() throws {
    var person = try Person(steps: 20)
    _ = answer(4, by: &person)
    person.press("}")
    #expect(person.state.overlay == .answer(question: 3))
    #expect(text(person).contains("L2 is 0.0001"))
    person.press(.enter)
    #expect(person.state.overlay == .questions(line: 3))
    person.press(.down)
    person.press(.enter)
    #expect(person.state.overlay == .answer(question: 4))
    person.press("2")
    #expect(person.state.overlay == .none && person.state.view == .sums)
    _ = answer(9, by: &person)
    person.press(.escape)
    #expect(person.state.overlay == .none)
    person.press("?")
    person.press("?")
    person.press("?")
    #expect(person.state.overlay == .none)
  }

  @Test("An answer claims nothing of a network that it is not true of") func honesty() throws {
    var inverted = try Person([("variant", "inverted")], steps: 20)
    let scaled = answer(1, by: &inverted)
    #expect(scaled.contains("1.00x") && !scaled.contains("becomes 1"), "\(scaled)")
    inverted.press(.escape)
    #expect(answer(4, by: &inverted).contains("scaling makes the sums alike"))
    var bags = try Person([("variant", "bagging"), ("learners", "2")], steps: 5)
    var kept = try Person([("keep", "1")], steps: 5)
    for number in [1, 2, 4, 5, 6, 7, 8] {
      #expect(answer(number, by: &bags).contains("in another way: bagging"))
      bags.press(.escape)
      #expect(answer(number, by: &kept).contains("Nothing is masked"))
      kept.press(.escape)
    }
    var deep = try Person([("hidden", "4,4,4"), ("keep", "0.5,0.5,0.8")], steps: 5)
    let factors = answer(8, by: &deep)
    #expect(factors.contains("5.00 into the output"), "\(factors)")
  }

  @Test(
    "There is an answer for each kind of network",
    arguments: [
      [("data", "plane")], [("variant", "none")], [("variant", "bagging")], [("hidden", "none")],
      [("variant", "gaussian")], [("variant", "backward-only")], [("keep", "1,0.3")],
    ])
  func everywhere(_ assignments: [(name: String, value: String)]) throws {
    for steps in [0, 30] {
      var person = try Person(assignments, steps: steps)
      for number in 1...9 {
        let text = answer(number, by: &person)
        #expect(!text.contains("nan") && !text.contains("inf") && text.count > 60, "\(text)")
        _ = Screen.draw(person.state)
        person.press(.escape)
      }
    }
  }
}
