import DropoutEngine
import DropoutMeasure
import Explorer
import TerminalCells
import Testing

@Suite("What is drawn is what was measured") struct PanelEvidenceTests {
  static let experiments: [[(name: String, value: String)]] = [
    [],
    [("variant", "classic"), ("keep", "0.8"), ("keep-input", "0.7")],
    [("variant", "inverted"), ("hidden", "5,3,4")],
    [("variant", "left-on-at-test")],
    [("variant", "backward-only")],
    [("data", "glyphs"), ("hidden", "32"), ("keep-input", "0.8")],
    [("data", "multigauss"), ("learning-rate", "0.02"), ("mask-sharing", "batch")],
    [("variant", "dropconnect")],
    [("variant", "random-subspace"), ("data", "glyphs"), ("hidden", "16"), ("learners", "3")],
    [("variant", "bagging"), ("data", "multigauss"), ("learning-rate", "0.02"), ("learners", "2")],
  ]

  /// The evidence of the step after a number of steps, from a trainer that no explorer has touched:
  /// the same that `trace` writes.
  private func trace(_ assignments: [(name: String, value: String)], step: Int) throws
    -> StepEvidence
  {
    let configuration = try Settings(assignments: assignments).experiment
    let trainer = try Trainer(
      configuration: configuration, dataset: try PanelStates.dataset(configuration))
    try trainer.advance(steps: step)
    return try trainer.evidence()
  }

  /// Whether a printed number is the value, to its printed digits.
  private func agrees(_ text: Substring, _ value: Double) -> Bool {
    if value.isNaN { return text == "n/a" }
    guard let number = Double(text) else { return false }
    let places = text.split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
    var unit = 1.0
    for _ in 0..<places { unit /= 10 }
    return (number - value).magnitude <= unit / 2 * (1 + 1e-9)
  }

  /// The numbers on a row of the sums: unit, step, train, test, ratio.
  private func numbers(_ row: String) -> [Substring] {
    let text = row.first == ">" ? " " + row.dropFirst() : row
    return text.split(separator: " ").prefix(5).map { $0 }
  }

  @Test(
    "The table holds the sums of this step, their means and the test sums of each unit",
    arguments: experiments.indices, [55, 70, 100])
  func sums(experiment: Int, width: Int) throws {
    let assignments = Self.experiments[experiment]
    var state = try PanelStates.trained(assignments, steps: 40)
    let evidence = try trace(assignments, step: 40)
    #expect(state.snapshot.watched.value.evidence == evidence)
    let watched = state.snapshot.watched.value.row
    for layer in evidence.layers.indices {
      state.selection = Selection(layer: layer, unit: 1)
      let units = evidence.layers[layer].trainingSum.columns
      let drawn = DrawnPanel(.sums, of: state, width: width, height: units + 1)
      for unit in 0..<units {
        let texts = numbers(drawn.rows[unit + 1])
        try #require(texts.count == 5, "\(drawn.rows[unit + 1])")
        let step = Double(evidence.layers[layer].trainingSum[watched, unit])
        let test = Double(evidence.layers[layer].testSum[watched, unit])
        let mean = state.snapshot.watched.value.sums[layer].meanTraining[unit]
        #expect(texts[0] == "\(unit + 1)")
        #expect(agrees(texts[1], step) && agrees(texts[2], mean) && agrees(texts[3], test))
        #expect(agrees(texts[4], test / mean))
        #expect((drawn.buffer[0, unit + 1].scalar == ">") == (unit == min(1, units - 1)))
      }
    }
  }

  @Test(
    "The network shows the mask of each unit of the watched example",
    arguments: experiments.indices, [25, 60])
  func masks(experiment: Int, width: Int) throws {
    let assignments = Self.experiments[experiment]
    var state = try PanelStates.trained(assignments, steps: 40)
    let evidence = try trace(assignments, step: 40)
    let isBackward = evidence.configuration.dropout.maskPass == .backward
    for watched in [0, evidence.examples.count - 1] {
      state.snapshot.watched.value.row = watched
      for layer in 0..<evidence.layers.count - 1 {
        state.selection = Selection(layer: layer, unit: 0)
        let mask = evidence.layers[layer].mask
        let expected = (isBackward ? mask.backwardMask : mask.forwardMask).row(watched)
        let drawn = DrawnPanel(.network, of: state, width: width, height: 40)
        var seen = ""
        for region in drawn.regions {
          guard case .unit(let unit) = region.target, unit.layer == layer else { continue }
          #expect(unit.unit == seen.count)
          seen.unicodeScalars.append(drawn.buffer[region.area.x + 1, region.area.y].scalar)
        }
        #expect(seen == String(expected.map { $0 == 0 ? "x" : "@" }))
      }
    }
  }

  @Test("Killed and pinned units are marked, whatever the mask says") func interventions() throws {
    let state = try PanelStates.trained(
      steps: 10,
      changes: [
        .unit(UnitAddress(layer: 0, unit: 2), .kill), .unit(UnitAddress(layer: 0, unit: 4), .pin),
      ])
    let rows = DrawnPanel(.network, of: state, width: 25, height: 13).rows
    #expect(rows[3].contains("X") && rows[5].contains("P"), "\(rows.joined(separator: "\n"))")
    #expect(rows.contains { $0.contains("X killed") } && rows.contains { $0.contains("P pinned") })
  }

  @Test("Divergence stands on the row of its layer, measured beside theory")
  func divergence() throws {
    let state = try PanelStates.trained(steps: 60)
    let layers = state.snapshot.measured.divergence.value
    for width in [36, 60] {
      let rows = DrawnPanel(.divergence, of: state, width: width, height: 4).rows
      // A layer whose inputs nothing masks has nothing to show.
      let masked = layers.indices.filter { layers[$0].method != .none }
      #expect(masked == [1, 2])
      for (row, layer) in masked.enumerated() {
        let texts = rows[row + 1].split(separator: " ")
        #expect(texts[1] == Substring(layer == 1 ? "hidden2" : "output"))
        #expect(agrees(texts[2], layers[layer].drawn) && agrees(texts[3], layers[layer].expected))
      }
    }
    let whole = try PanelStates.trained([("variant", "none")], steps: 60)
    let rows = DrawnPanel(.divergence, of: whole, width: 36, height: 4).rows
    for layer in 1...3 { #expect(rows[layer].hasSuffix("inputs kept")) }
    if let value = whole.snapshot.measured.divergence.value.first {
      #expect(value.method == .none)
    }
  }

  @Test("The noise stands beside the divergence at 80 columns, too", arguments: ["off", "classic"])
  func noise(scaling: String) throws {
    let state = try PanelStates.trained([("scaling", scaling)], steps: 60)
    let rows = DrawnPanel(.divergence, of: state, width: 31, height: 3).rows
    #expect(rows[0] == "DIVERGENCE   drawn theory noise")
    for (row, layer) in [1, 2].enumerated() {
      let value = state.snapshot.measured.divergence.value[layer]
      let texts = rows[row + 1].split(separator: " ")
      try #require(texts.count == 5, "\(rows)")
      #expect(agrees(texts[2], value.drawn) && agrees(texts[3], value.expected))
      #expect(agrees(texts[4], value.drawnFloor))
    }
  }

  @Test(
    "Of the points on a map the same share is wrong as of the examples", arguments: [25, 60, 120])
  func points(width: Int) throws {
    for steps in [30, 300] {
      let state = try PanelStates.trained(steps: steps)
      let outputs = state.snapshot.measured.examples.value
      guard case .classes(let classes) = state.snapshot.dataset.targets else {
        Issue.record("circle has classes")
        return
      }
      let drawn = DrawnPanel(
        .outcome, of: state, width: width, height: max(7, width / 4), glyphs: .unicode)
      for (name, matrix) in [("test map", outputs.asItIs), ("scaled map", outputs.scaled)] {
        let wrong = outputs.examples.enumerated().count { row, example in
          (matrix[row, 1] > matrix[row, 0] ? 1 : 0) != classes[example]
        }
        let area = try #require(
          drawn.regions.first {
            if case .place(let place) = $0.target { place.name == name } else { false }
          }?.area)
        var (shown, shownWrong) = (0, 0)
        let marks = (0..<2).map { GlyphSet.unicode.marker(ofClass: $0) } + ["!"]
        for y in area.y..<area.maxY {
          for x in area.x..<area.maxX where marks.contains(drawn.buffer[x, y].scalar) {
            shown += 1
            shownWrong += drawn.buffer[x, y].scalar == "!" ? 1 : 0
          }
        }
        #expect(shown >= 8)
        // Four kinds of points, by the maps on which they are wrong, are each rounded.
        let share = Double(wrong) / Double(outputs.examples.count)
        #expect(
          abs(Double(shownWrong) - share * Double(shown)) <= 2.5,
          "\(name): \(shownWrong) of \(shown), but \(wrong) of \(outputs.examples.count)")
      }
    }
  }

  @Test("The test of the same weights names the convention in force and prints its loss")
  func counterfactual() throws {
    let state = try PanelStates.trained(steps: 60)
    let measured = state.snapshot.measured.counterfactual.value
    let rows = DrawnPanel(.tested, of: state, width: 36, height: 4).rows
    let own = try #require(measured.evaluations[.asTheyAre])
    let scaled = try #require(measured.evaluations[.timesKeep])
    #expect(rows[1].hasPrefix("> nothing scaled"))
    #expect(rows[2].hasPrefix("  scaled by keep"))
    for (row, result) in [(rows[1], own), (rows[2], scaled)] {
      let texts = row.split(separator: " ")
      #expect(agrees(texts[texts.count - 3], result.loss))
      #expect(agrees(texts[texts.count - 2], 100 * (try #require(result.accuracy))))
    }
  }
}
