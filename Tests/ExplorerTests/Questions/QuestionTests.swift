import DropoutEngine
import DropoutMeasure
import Explorer
import TerminalCells
import Testing

@Suite("Questions that people ask") struct QuestionTests {
  private func answer(_ number: Int, by person: inout Person) -> String {
    person.press("?")
    person.press("?")
    person.press(.character(Array("123456789abcdefghimnoprs".unicodeScalars)[number - 1]))
    return text(person)
  }

  /// The question that is answered, with its answer.
  private func text(_ person: Person) -> String {
    PlainText.lines(person.state).first { $0.contains("? ") && $0.count > 60 } ?? ""
  }

  @Test("Three keys from the start lead to each answer, which leaves the sentence in sight")
  func threeKeys() throws {
    for number in 1...23 {
      var person = try Person(steps: 60)
      let text = answer(number, by: &person)
      #expect(person.state.overlay == .answer(question: number - 1))
      let rows = Screen.draw(person.state).plainRows
      let title = try #require(rows.firstIndex { $0.contains("┌─ ") }, "\(number)")
      let end = try #require(rows.firstIndex { $0.contains("└─") })
      // The box stands over the lower half, or above the panel that it speaks of.
      let subjects = [2: "LOSS", 5: "SAME WEIGHTS", 8: "DEPTH", 12: "SAME WEIGHTS", 20: "LOSS"]
      let below = subjects[number].flatMap { name in rows.firstIndex { $0.contains(name) } }
      #expect(
        subjects[number] == nil ? title >= 12 : end < below ?? 0,
        "question \(number) covers what it speaks of")
      #expect(title >= 3)
      #expect(rows.contains { $0.contains("Enter: more questions  Esc: end  1 to 6") })
      person.press(.enter)
      let list = Screen.draw(person.state).plainRows
      // The questions out of sight are counted below the list.
      let asked = try #require(text.firstIndex(of: "?"))
      #expect(list.contains { $0.contains(text[...asked]) })
      let counts = try #require(
        list.joined().firstMatch(of: /([0-9]+) more above, ([0-9]+) below/))
      let shown = list.count { $0.contains("?") && $0.contains("│") }
      #expect(try #require(Int(counts.1)) + shown + #require(Int(counts.2)) == 23, "\(list)")
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
    #expect(scaling.contains("2.00x") && scaling.contains("1/keep = 2.00"), "\(scaling)")
    person.press("s")
    #expect(text(person).contains("1.00x"), "the answer follows the scaling")
    person.press(.escape)
    let frameworks = answer(3, by: &person)
    #expect(frameworks.contains("nn.Dropout(p=0.5)"), "\(frameworks)")
  }

  @Test("The further answers have numbers of the screen, beside their theory")
  func furtherNumbers() throws {
    var person = try Person(steps: 60)
    func answers(_ number: Int) -> String {
      person.press(.escape)
      _ = answer(number, by: &person)
      person.training.measure()
      person.perform([])
      return text(person)
    }
    func fixed(_ value: Double, _ decimals: Int = 3) -> String {
      NumberText.fixed(value, decimals: decimals)
    }
    let evidence = person.state.snapshot.watched.value.evidence
    let masks = evidence.layers[0].mask.forwardMask
    let different = Set((0..<masks.rows).map { Array(masks.row($0)) }).count
    #expect(answers(10).contains("have \(different) different masks of the 12 units"))
    let tests = person.state.snapshot.measured.counterfactual.value.evaluations
    let plain = try #require(tests[.asTheyAre])
    #expect(answers(12).contains("loss is \(fixed(plain.loss)) as they are"))
    let keep = answers(11)
    let spreads = try #require(keep.firstMatch(of: /spreads by ([0-9.]+) \(theory ([0-9.]+)\)/))
    #expect(spreads.1 == spreads.2 && keep.contains("1.00 at keep 0.50"), "\(keep)")
    let mean = try #require(
      answers(13).firstMatch(of: /spread by [0-9.]+ about ([0-9]+\.[0-9]+)\./))
    person.press(.escape)
    #expect(answer(6, by: &person).contains("mean answer for this example is \(mean.1)"))
    let losses = try #require(
      answers(14).firstMatch(of: /has loss ([0-9.]+) here, their mean ([0-9]+\.[0-9]+)\./))
    #expect(try #require(Double(losses.1)) >= #require(Double(losses.2)))
    #expect(answers(15).contains("2.00 times as long (theory 2.00)"))
    for scaling in ["off", "classic", "inverted"] {
      let shift = answers(16)
      let layer = person.state.snapshot.watched.value.evidence.layers[1]
      func variance(_ values: [Float]) -> Double {
        let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
        return values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
          / Double(values.count)
      }
      let (train, test) = (
        variance(layer.received.elements), variance(layer.testReceived.elements)
      )
      #expect(shift.contains("by \(fixed(train)) in training and \(fixed(test))"), "\(scaling)")
      #expect(shift.contains("\(fixed(test / train, 2)) times; theory "), "\(shift)")
      person.press("s")
    }
  }

  @Test(
    "The variance that batch norm would take over is that of theory, under each scaling",
    arguments: ["unscaled", "classic", "inverted"])
  func varianceShift(_ variant: String) throws {
    var person = try Person(
      [("variant", variant), ("batch", "700"), ("hidden", "32,32")], steps: 20)
    let numbers = answer(16, by: &person).matches(of: /([0-9.]+) times; theory ([0-9.]+)/)
    let (measured, theory) = try (
      #require(Double(numbers[0].1)), #require(Double(numbers[0].2))
    )
    // 22,400 values: the ratio of the two variances is off by less than 5 % in all but few draws.
    #expect(abs(measured / theory - 1) < 0.05 && theory < (variant == "unscaled" ? 3 : 1))
    // In small minibatches it is off by as much as theory says: 4 standard deviations at most, and
    // in two draws out of three less than one.
    var within = 0
    let seeds = 1...30
    for seed in seeds {
      var person = try Person([("variant", variant), ("seed", "\(seed)")], steps: 20)
      let text = answer(16, by: &person)
      let found = try #require(
        text.firstMatch(of: /([0-9.]+) times; theory ([0-9.]+), give or take ([0-9.]+) by/))
      let (measured, theory, spread) = try (
        #require(Double(found.1)), #require(Double(found.2)), #require(Double(found.3))
      )
      #expect(abs(measured - theory) < 4 * spread + 0.02, "\(seed): \(text)")
      if abs(measured - theory) < spread { within += 1 }
    }
    #expect((13...27).contains(within), "\(within) of \(seeds.count)")
  }

  @Test(
    "Whether a mask stands before the function or behind it is measured, beside theory",
    arguments: [
      ("relu", "unscaled", 0.0), ("relu", "inverted", 0), ("linear", "inverted", 0),
      ("tanh", "unscaled", 0), ("tanh", "inverted", nil), ("sigmoid", "unscaled", 0.5),
    ])
  func order(_ activation: String, _ variant: String, _ apart: Double?) throws {
    var person = try Person([("activation", activation), ("variant", variant)], steps: 20)
    let text = answer(17, by: &person)
    let measured = try #require(
      text.firstMatch(of: /differ by up to ([0-9]+\.[0-9]+)\./).flatMap { Double($0.1) })
    if let apart { #expect(measured == apart, "\(text)") } else { #expect(measured > 0, "\(text)") }
    #expect(text.contains("theory says 0") == ["relu", "linear"].contains(activation))
  }

  @Test("How many units are kept, and how wide noise of either kind spreads, is measured")
  func sizeAndNoise() throws {
    var person = try Person([("variant", "inverted"), ("hidden", "16,16")], steps: 20)
    let evidence = person.state.snapshot.watched.value.evidence
    let mask = evidence.layers[0].mask.forwardMask
    let kept = (0..<mask.rows).map { row in mask.row(row).count { $0 == 1 } }.sorted()
    let size = answer(18, by: &person)
    #expect(size.contains("theory keeps 8.0, give or take 2.0"), "\(size)")
    #expect(size.contains("it was \(kept[0]) to \(kept[kept.count - 1])."), "\(size)")
    person.press(.escape)
    _ = answer(19, by: &person)
    person.training.measureSubject()
    person.perform([])
    let spreads = try #require(
      text(person).firstMatch(of: /spreads by ([0-9.]+), theory ([0-9.]+)\./))
    #expect(spreads.1 == spreads.2)
    #expect(text(person).contains("(1 - keep)/keep = 1.00"), "\(text(person))")
  }

  @Test("What dropout costs, and where it goes, is measured beside its theory") func places() throws
  {
    var person = try Person([("hidden", "6,16")], steps: 20)
    _ = answer(21, by: &person)
    person.training.measureSubject()
    person.perform([])
    let slower = text(person)
    let noise = try #require(slower.firstMatch(of: /to mask by ([0-9.]+) of the length/)).1
    person.press(.escape)
    person.press("p")
    let table = Screen.draw(person.state).plainRows
    #expect(table.contains { $0.contains("both ") && $0.contains(" \(noise) ") }, "\(table)")
    let places = answer(22, by: &person)
    #expect(places.contains("of 6 units at keep 0.50 none is left in 1.6 % of"), "\(places)")
    let mask = person.state.snapshot.watched.value.evidence.layers[0].mask.forwardMask
    let kept = (0..<mask.rows).map { row in mask.row(row).count { $0 != 0 } }.sorted()
    #expect(places.contains("in this step \(kept[0]) to \(kept[kept.count - 1]) were."))
    #expect(places.contains("2 inputs at 0.80 it would be 4.0 %"))
    person.press(.escape)
    let softmax = answer(23, by: &person)
    let evidence = person.state.snapshot.watched.value.evidence
    let sums = evidence.layers[2].preActivation
    let row = person.state.snapshot.watched.value.row
    guard case .classes(let classes) = evidence.targets else { return }
    let other = sums[row, 1 - classes[row]]
    let found = try #require(
      softmax.firstMatch(of: /watched example ([0-9.]+); .* it would be ([0-9.]+), and/))
    let (given, masked) = try (#require(Double(found.1)), #require(Double(found.2)))
    #expect((given < 0.5) == (sums[row, classes[row]] < other))
    #expect((masked < 0.5) == (other > 0) && softmax.contains("1/2 = 0.500"), "\(softmax)")
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
      for number in 1...23 {
        let text = answer(number, by: &person)
        #expect(!text.contains("nan") && !text.contains("inf") && text.count > 60, "\(text)")
        _ = Screen.draw(person.state)
        person.press(.escape)
      }
    }
  }
}
