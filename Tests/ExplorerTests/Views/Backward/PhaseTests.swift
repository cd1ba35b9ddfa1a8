import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("A step in phases") struct PhaseTests {
  /// The bits of all parameters and of the optimizer's state, folded into one number.
  private func fingerprint(_ trainer: Trainer) throws -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ values: [Float]) {
      for value in values { hash = (hash ^ UInt64(value.bitPattern)) &* 0x100_0000_01b3 }
    }
    for layer in try trainer.evidence().layers {
      add(layer.weights.elements + layer.biases)
      for slot in layer.optimizerState { add(slot.weights.elements + slot.biases) }
    }
    return hash
  }

  @Test(
    "leaves the bits of a whole step",
    arguments: [Variant.unscaled, .inverted, .mismatchedMasks, .scaledUpdate, .dropconnect])
  func sameBits(variant: Variant) throws {
    let assignments = [("variant", variant.rawValue), ("optimizer", "adam"), ("keep-input", "0.8")]
    var person = try Person(assignments, steps: 20)
    let whole = try Person(assignments, steps: 20)
    person.press("5")
    // Ten phases of three steps on, some of them back and on again, and a step that is finished in
    // the middle.
    for phase in 0..<30 {
      person.press("n")
      person.training.measureSubject()
      if phase % 7 == 3 { person.press("N", "n") }
    }
    person.press("n", "n", ".")
    #expect(person.state.phase == .minibatch)
    whole.training.advance(steps: person.training.group.learners[0].step - 20)
    #expect(person.training.group.learners[0].step == 24)
    #expect(
      try fingerprint(person.training.group.learners[0])
        == fingerprint(whole.training.group.learners[0]))
    #expect(person.training.group.learners[0].journal == whole.training.group.learners[0].journal)
  }

  @Test("Each phase draws what it computes, and nothing of what comes later") func reached() throws
  {
    var person = try Person(steps: 60, columns: 120, rows: 40)
    person.press("5")
    person.training.measureSubject()
    _ = person.state.update(.snapshotArrived(person.training.snapshot))
    let evidence = person.state.snapshot.watched.value.evidence
    let loss = NumberText.fixed(evidence.trainingLoss, decimals: 4)
    var shown: [StepPhase] = []
    for phase in StepPhase.all(layers: 3) {
      person.press("n")
      #expect(person.state.phase == phase)
      let rows = Screen.draw(person.state).plainRows
      let index = shown.count + 1
      #expect(rows[4].contains("step 60, phase \(index) of 10"), "\(rows[4])")
      // The loss stands beside its phase as soon as it is reached.
      let lossRow = rows[4 + 6]
      #expect(lossRow.contains("loss"))
      #expect(lossRow.contains(loss) == (index >= 6), "\(phase): \(lossRow)")
      shown.append(phase)
    }
    // Taken: the next step begins with its first phase.
    person.press("n")
    #expect(person.state.phase == .minibatch && person.state.snapshot.step == 61)
  }

  @Test("What the phase at hand computes is the brightest thing") func brightness() throws {
    var person = try Person(steps: 60, columns: 120, rows: 40)
    person.press("5", "n", "n", "n", "n", "n", "n", "n", "n")
    #expect(person.state.phase == .backward(1))
    let map = Screen.hitMap(person.state)
    let buffer = Screen.draw(person.state)
    let signals = try #require(map.regions.first { $0.target == .panel(.signals) }).area
    let bright = (signals.y + 1..<signals.maxY).map { y in
      (signals.x + 26..<signals.maxX).filter {
        buffer[$0, y].style.foreground == .selected && buffer[$0, y].scalar != " "
      }.count
    }
    #expect(bright.prefix(12).allSatisfy { $0 > 5 })
    // The values sent forward are from an earlier phase: they are drawn, but not highlighted.
    let quiet = (signals.x..<signals.maxX).filter {
      buffer[$0, signals.y + 1].style.foreground == .training
    }
    #expect(!quiet.isEmpty)
  }

  @Test("The three questions are each at most three keys away, and all of them on i")
  func questions() throws {
    for (keys, text) in [
      (["5"], "gradient is multiplied by"), (["5", "N", "N"], "Why the same mask?"),
      (["5", "N"], "What does update times 1/keep change?"),
    ] as [([Key], String)] {
      for columns in [80, 120, 200] {
        var person = try Person(steps: 30, columns: columns, rows: columns / 4 + 4)
        for key in keys { person.press(key) }
        let sentence = Screen.draw(person.state).plainRows[1...3].joined(separator: " ")
        #expect(sentence.contains(text), "\(columns) columns: \(sentence)")
      }
    }
    var person = try Person(steps: 30, columns: 120, rows: 40)
    person.press("5", "i", "i")
    let text = Screen.draw(person.state).plainRows.joined(separator: "\n")
    for question in [
      "gradient is multiplied by", "Why the same mask?", "What does update times 1/keep",
    ] {
      #expect(text.contains(question))
    }
  }

  @Test("The answer has the factor in force: 1 without scaling, 2 with inverted scaling")
  func factors() throws {
    func sentence(_ assignments: [(name: String, value: String)]) throws -> String {
      var person = try Person(assignments, steps: 30, columns: 200, rows: 50)
      person.press("5")
      // The words alone, without the large number beside them.
      return Screen.draw(person.state).plainRows[1...5].flatMap { $0.split(separator: " ") }
        .filter { !$0.contains { "█▀▄".contains($0) } }.joined(separator: " ")
    }
    #expect(try sentence([]).contains("1 where kept"))
    #expect(try sentence([("variant", "classic")]).contains("1 where kept"))
    #expect(try sentence([("variant", "inverted")]).contains("2 where kept"))
    #expect(
      try sentence([("variant", "inverted"), ("keep", "0.8")]).contains("1.25 where kept"))
    #expect(try sentence([("variant", "backward-only")]).contains("though nothing"))
    #expect(try sentence([("variant", "mismatched-masks")]).contains("of another mask"))
    #expect(try sentence([("mask-pass", "forward")]).contains("1, whether the unit was masked"))
    #expect(try sentence([("variant", "none")]).contains("Nothing is masked"))
    #expect(try sentence([("variant", "scaled-update")]).contains("update times 1/keep"))
  }
}
