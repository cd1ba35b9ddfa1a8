import DropoutEngine
import DropoutMeasure
import Explorer
import TerminalCells
import Testing

@Suite("The panels of the backward pass") struct BackwardPanelTests {
  /// The backward view of a training, its gradients measured.
  static func state(
    _ assignments: [(name: String, value: String)] = [], steps: Int = 40, columns: Int = 80,
    rows: Int = 24, keys: [Key] = [], changes: [ExperimentChange] = []
  ) throws -> ExplorerState {
    var person = try Person(assignments, steps: steps, columns: columns, rows: rows)
    for change in changes { person.training.perform(.change(change, of: 0)) }
    person.press("5")
    for key in keys { person.press(key) }
    person.training.measureSubject()
    _ = person.state.update(.snapshotArrived(person.training.snapshot))
    return person.state
  }

  private func check(_ states: [(String, ExplorerState)], named name: String) throws {
    var rows: [String] = []
    for (title, state) in states {
      rows.append("== \(title) \(state.size.columns)x\(state.size.rows)")
      var plain = state
      plain.glyphs = .ascii
      rows += Screen.draw(plain).plainRows
    }
    try ExpectedText.check(rows, named: name)
  }

  @Test("The whole view at three sizes, whole and in phases") func views() throws {
    try check(
      [
        ("whole", try Self.state(steps: 600)),
        ("forward", try Self.state(steps: 600, keys: ["n", "n", "n", "n"])),
        ("backward", try Self.state(steps: 600, keys: ["N", "N", "N"])),
        ("other masks", try Self.state([("variant", "mismatched-masks")], keys: ["N", "N", "N"])),
        ("whole", try Self.state(steps: 600, columns: 120, rows: 40)),
        ("table", try Self.state(steps: 600, keys: ["p"])),
        ("table", try Self.state(steps: 600, columns: 120, rows: 40, keys: ["p"])),
        ("update", try Self.state(steps: 600, columns: 200, rows: 60, keys: ["N"])),
      ], named: "backward")
  }

  @Test("Images, numbers, no hidden layer, many units, masked weights") func others() throws {
    try check(
      [
        (
          "image",
          try Self.state([("data", "glyphs"), ("hidden", "64"), ("keep-input", "0.8")], steps: 20)
        ),
        (
          "numbers",
          try Self.state(
            [("data", "plane"), ("hidden", "6"), ("learning-rate", "0.01"), ("keep", "0.8")],
            columns: 120, rows: 30)
        ),
        (
          "no hidden layer",
          try Self.state(
            [
              ("data", "plane"), ("hidden", "none"), ("keep-input", "0.5"),
              ("learning-rate", "0.01"),
            ])
        ), ("dropconnect", try Self.state([("variant", "dropconnect")])),
        ("one unit", try Self.state([("hidden", "1")])),
        ("gaussian", try Self.state([("variant", "gaussian")])),
      ], named: "backward-others")
  }

  @Test("The table prints what was measured, and theory beside it") func table() throws {
    let state = try Self.state([("variant", "backward-only"), ("keep", "0.8")])
    guard let moments = state.snapshot.close.subject?.value as? GradientMoments else {
      Issue.record("no gradients were measured")
      return
    }
    for layer in 0..<3 {
      var selected = state
      selected.selection = Selection(layer: layer, unit: 0)
      let rows = DrawnPanel(.maskPasses, of: selected, width: 78, height: 8).rows
      for (row, pass) in moments.passes.enumerated() {
        let words = rows[row + 2].split { " >".contains($0) }.map(String.init)
        let values = pass.layers[layer]
        #expect(words[0] == pass.maskPass.rawValue)
        if case .monteCarlo(let masks) = values.mean.method {
          #expect(words[1] == "\(masks)" && words[2] == "drawn")
        }
        let share =
          values.expectedMean.value.map { NumberText.fixed($0.share, decimals: 3) } ?? "n/a"
        for number in [
          NumberText.fixed(values.stepCosine, decimals: 2),
          NumberText.fixed(values.mean.share, decimals: 3), share,
          NumberText.fixed(values.squaredCosine, decimals: 2), layer > 0 ? "1.25" : "1.00",
        ] { #expect(words.contains(number), "\(number) in \(words)") }
      }
      // The pass in force is marked, and theory says p^k.
      #expect(rows[3].hasPrefix(">backward"))
      #expect(rows[3].contains([" 0.640 ", " 0.800 ", " 1.000 "][layer]))
    }
  }

  @Test("A column without a number is not drawn; p shows the table, and the network again")
  func tableKey() throws {
    var state = try Self.state(steps: 60, columns: 120, rows: 40)
    func names() -> [String] {
      Screen.hitMap(state).regions.compactMap {
        if case .panel(let panel) = $0.target { panel.name } else { nil }
      }
    }
    #expect(names() == ["phases", "signals", "gradient network"])
    _ = state.update(.keyPressed("p"))
    #expect(names().contains("mask passes"))
    let rows = DrawnPanel(.maskPasses, of: state, width: 78, height: 6).rows
    #expect(!rows.joined().contains("squared theory"))
    for row in rows[2...5] {
      #expect(row.split(separator: " ").count >= 6)
    }
    _ = state.update(.keyPressed("p"))
    #expect(!names().contains("mask passes"))
  }

  @Test(
    "The gradients of the examples add up to that of the minibatch",
    arguments: ["unscaled", "inverted", "dropconnect", "mismatched-masks"])
  func ownGradients(variant: String) throws {
    var state = try Self.state([("variant", variant), ("keep", "0.8")])
    let evidence = state.snapshot.watched.value.evidence
    for layer in 0..<3 {
      let gradient = evidence.layers[layer].weightGradient
      for unit in 0..<gradient.rows {
        for source in 0..<gradient.columns {
          var sum = 0.0
          for row in evidence.examples.indices {
            state.snapshot.watched.value.row = row
            sum += state.ownGradient(layer: layer, unit: unit, source: source)
          }
          #expect(abs(sum - Double(gradient[unit, source])) < 1e-6)
        }
      }
    }
  }

  @Test("No wire and no bar comes from a masked unit or goes to one", arguments: [20, 600])
  func keptWires(steps: Int) throws {
    var state = try Self.state(steps: steps, columns: 120, rows: 40)
    let evidence = state.snapshot.watched.value.evidence
    var lit = 0
    for row in evidence.examples.indices {
      state.snapshot.watched.value.row = row
      for layer in 1..<3 {
        let (below, own) = (evidence.layers[layer - 1].mask, evidence.layers[layer].mask)
        for unit in 0..<evidence.layers[layer].weights.rows {
          for source in 0..<12
          where state.ownGradient(layer: layer, unit: unit, source: source) != 0 {
            lit += 1
            #expect(below.forwardMask[row, source] != 0)
            #expect(layer == 2 || own.forwardMask[row, unit] != 0)
          }
        }
      }
    }
    #expect(lit > 0)
  }

  @Test("The list of the gradients into a unit has 0 beside each source that is masked")
  func keptBars() throws {
    let state = try Self.state(steps: 600, columns: 120, rows: 40)
    let watched = state.snapshot.watched.value
    try #require(state.selection.layer == 1)
    let rows = Screen.draw(state).plainRows
    let heading = "INTO unit \(state.selection.unit + 1), this example"
    let first = try #require(rows.firstIndex { $0.contains(heading) })
    let mask = watched.evidence.layers[0].mask.forwardMask
    let masked = (0..<12).filter { mask[watched.row, $0] == 0 }
    #expect(!masked.isEmpty)
    for source in masked {
      #expect(rows[first + 1 + source].split(separator: " ").last == "0")
    }
    #expect(rows.joined().contains("gradients of this example"))
  }

  @Test(
    "The view opens on the kept unit that the largest signal passes", arguments: [0, 5, 60, 600])
  func opensOnStrongest(steps: Int) throws {
    let state = try Self.state(steps: steps)
    let watched = state.snapshot.watched.value
    let values = watched.evidence.layers[state.selection.layer]
    let sizes = values.delta.row(watched.row).map(\.magnitude)
    #expect(values.delta[watched.row, state.selection.unit].magnitude == sizes.max())
    #expect(values.mask.forwardMask[watched.row, state.selection.unit] != 0)
  }

  @Test("A unit that the person chose stays when the step changes") func chosenUnitStays() throws {
    for key in [Key.down, .up] {
      var person = try Person(steps: 60)
      person.press("5", key)
      let chosen = person.state.selection
      person.press(".", ".", ".")
      #expect(person.state.selection == chosen)
    }
  }

  @Test("Each phase has one large number, and a layer is told of by one unit in both passes")
  func onePhaseOneHero() throws {
    var person = try Person(steps: 600)
    person.press("5")
    var units: [Int: Set<Int>] = [:]
    for _ in 0..<10 {
      person.press("n")
      let targets = Screen.hitMap(person.state).regions.map(\.target)
      #expect(
        targets.contains { "\($0)".contains("hero") }, "\(String(describing: person.state.phase))")
      switch person.state.phase {
      case .forward(let layer) where layer < 2, .backward(let layer) where layer < 2:
        units[layer, default: []].insert(person.state.selection.unit)
      default: break
      }
      let text = Screen.draw(person.state).plainRows[1...3].joined(separator: " ")
      if person.state.phase == .minibatch || person.state.phase == .inputMask {
        #expect(!text.contains("times"))
      }
    }
    #expect(units.count == 2 && units.values.allSatisfy { $0.count == 1 })
  }

  @Test("The view opens on a kept unit with a gradient", arguments: [20, 40, 60, 80])
  func opensOnKept(steps: Int) throws {
    let state = try Self.state(steps: steps)
    let watched = state.snapshot.watched.value
    let (layer, unit) = (state.selection.layer, state.selection.unit)
    let deltas = watched.evidence.layers[layer].delta.row(watched.row)
    guard deltas.contains(where: { $0 != 0 }) else { return }
    #expect(watched.evidence.layers[layer].delta[watched.row, unit] != 0)
    #expect(watched.evidence.layers[layer].mask.forwardMask[watched.row, unit] != 0)
  }

  @Test("Masks of both passes stand side by side, and where they differ is marked and counted")
  func masks() throws {
    var state = try Self.state([("variant", "mismatched-masks")], columns: 120, rows: 40)
    for layer in 0..<2 {
      state.selection = Selection(layer: layer, unit: 0)
      let mask = state.snapshot.watched.value.evidence.layers[layer].mask
      let row = state.snapshot.watched.value.row
      var differing = 0
      for width in [48, 70] {
        let drawn = DrawnPanel(.signals, of: state, width: width, height: 13)
        differing = 0
        for unit in 0..<12 {
          let cells = (8, 16, 25)
          func isKept(_ x: Int) -> Bool { drawn.buffer[x, unit + 1].scalar == "@" }
          #expect(isKept(cells.0) == (mask.forwardMask[row, unit] != 0))
          #expect(isKept(cells.1) == (mask.backwardMask[row, unit] != 0))
          let differs = mask.forwardMask[row, unit] != mask.backwardMask[row, unit]
          #expect((drawn.buffer[cells.2, unit + 1].scalar == "!") == differs)
          differing += differs ? 1 : 0
        }
        #expect(drawn.rows[0].contains("!\(differing)"))
      }
      #expect(differing > 0)
    }
    // The same mask in both passes: nothing is marked.
    let same = try Self.state()
    #expect(!DrawnPanel(.signals, of: same, width: 70, height: 13).rows.joined().contains("!"))
  }

  @Test("Signals are those of the chain rule: W of the layer above times its dL/dz") func signals()
    throws
  {
    let state = try Self.state([("variant", "inverted"), ("hidden", "5,4")])
    let evidence = state.snapshot.watched.value.evidence
    for layer in 0..<2 {
      let (values, above) = (evidence.layers[layer], evidence.layers[layer + 1])
      for row in 0..<evidence.examples.count {
        for unit in 0..<values.signal.columns {
          var expected = 0.0
          for other in 0..<above.weights.rows {
            expected += Double(above.weights[other, unit]) * Double(above.delta[row, other])
          }
          #expect(abs(Double(values.signal[row, unit]) - expected) < 1e-6)
          let slope: Float = values.activation[row, unit] > 0 ? 1 : 0
          let delta = values.signal[row, unit] * values.mask.backwardMask[row, unit] * 2 * slope
          #expect(values.delta[row, unit] == delta)
        }
      }
      // The bias gradient is the sum of dL/dz over the examples.
      for unit in 0..<values.biasGradient.count {
        let sum = (0..<evidence.examples.count).reduce(Float(0)) { $0 + values.delta[$1, unit] }
        #expect(abs(values.biasGradient[unit] - sum) < 1e-6)
      }
    }
  }

  @Test(
    "Nothing is drawn outside a panel's area, whatever is measured and whichever phase",
    arguments: PanelSweepTests.experiments.indices)
  func sweep(experiment: Int) throws {
    var state = try Self.state(PanelSweepTests.experiments[experiment].assignments, steps: 3)
    PanelSweepTests.sweep(state, panels: state.view.panels)
    state.phase = .backward(0)
    state.selection = Selection(layer: 99, unit: 99)
    PanelSweepTests.sweep(state, panels: state.view.panels)
    // A phase of a network that is no longer there.
    state.phase = .forward(17)
    _ = Screen.draw(state)
  }

  @Test("An error of an output says what it is divided by; no name is one letter") func errors()
    throws
  {
    var state = try Self.state(steps: 200)
    state.selection = Selection(layer: 2, unit: 0)
    let watched = state.snapshot.watched.value
    let delta = Double(watched.evidence.layers[2].delta[watched.row, 0])
    let text = Screen.draw(state).plainRows.joined(separator: "\n")
    let digits = NumberText.significant(delta, digits: 3)
    #expect(text.contains(" / 10 examples = \(digits)"))
    #expect(text.contains(", mean gradient "))
    let table = try Self.state(steps: 60, columns: 120, rows: 40, keys: ["p", "N"])
    let rows = Screen.draw(table).plainRows.joined(separator: "\n")
    #expect(rows.contains("x 1/keep") && rows.contains("times 1/keep") && !rows.contains("1/p"))
  }

  @Test("What a star stands for is said above all other remarks") func star() throws {
    var state = try Self.state(steps: 60, keys: ["p"])
    state.snapshot.watched.value.evidence.step += 1
    let rows = DrawnPanel(.maskPasses, of: state, width: 78, height: 8).rows
    #expect(rows[0].contains("*") && rows[6] == "* measured at step 60")
  }

  @Test("The columns of the units stand apart, and the last one says what it is the mean of")
  func columns() throws {
    let state = try Self.state(steps: 200, columns: 120, rows: 40)
    let rows = Screen.draw(state).plainRows
    #expect(rows.contains { $0.contains("signal  let through  mean gradient") }, "\(rows)")
    #expect(rows.contains { $0.contains("mean of 10 examples, each with its own mask") })
  }

  @Test("A person's kill is marked, and theory says that it does not apply") func killed() throws {
    let state = try Self.state(
      [("variant", "backward-only")],
      changes: [.unit(UnitAddress(layer: 1, unit: 2), .kill)])
    let rows = DrawnPanel(.maskPasses, of: state, width: 78, height: 8).rows
    #expect(rows.joined(separator: "\n").contains("killed or pinned by hand"))
  }

  @Test("Formulas of each panel have the numbers of the step put in") func formulas() throws {
    var state = try Self.state(columns: 120, rows: 60)
    for (panel, text) in [
      (Panel.signals, "signal: dL/ds = sum over k of W[k] * dL/dz[k]"),
      (.gradientNetwork, "dL/dW = sum over the examples of dL/dz * received"),
      (.maskPasses, "EG/R = EG . R / |R|^2"), (.phases, "three questions"),
    ] {
      state.focus = panel
      state.overlay = .formula(scroll: 0)
      let rows = Screen.draw(state).plainRows.joined(separator: "\n")
      #expect(rows.contains(text), "\(panel)")
    }
  }

  @Test(
    "The terms of a formula add up to its sum",
    arguments: ["unscaled", "inverted", "gaussian", "mismatched-masks", "backward-only"])
  func sums(variant: String) throws {
    var state = try Self.state(
      [("variant", variant), ("keep", "0.8")], columns: 120, rows: 60)
    var checked = 0
    for unit in 0..<12 {
      state.selection = Selection(layer: 0, unit: unit)
      state.focus = .signals
      state.overlay = .formula(scroll: 0)
      let lines = PlainText.lines(state)
      for (index, line) in lines.enumerated() where line.hasPrefix("    = ") && line.contains("*") {
        guard lines[index - 1].contains("sum over") else { continue }
        let value = try #require(Double(lines[index + 1].dropFirst(6)))
        let sum = try Self.sum(of: line.dropFirst(6))
        // Each factor is written with three digits.
        #expect(abs(sum.total - value) <= 0.02 * sum.magnitude, "\(line) is not \(value)")
        checked += 1
      }
    }
    #expect(checked >= 12)
  }

  /// The sum of products that a text writes out, and that of their magnitudes.
  private static func sum(of text: Substring) throws -> (total: Double, magnitude: Double) {
    var (total, magnitude, sign) = (0.0, 0.0, 1.0)
    for word in text.split(separator: " ") {
      switch word {
      case "+": sign = 1
      case "-": sign = -1
      default:
        // Only words remain: the number of terms that are 0.
        guard word.contains("*") else { continue }
        let factors = word.split(separator: "*").compactMap { Double($0) }
        try #require(factors.count == 2, "\(word)")
        total += sign * factors[0] * factors[1]
        magnitude += (factors[0] * factors[1]).magnitude
      }
    }
    return (total, magnitude)
  }
}
