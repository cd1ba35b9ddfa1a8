import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("What panels say of what they cannot show") struct PanelWordingTests {
  /// The words at the ends of the curves.
  private func words(_ rows: [String]) -> Set<String> {
    Set(rows.dropFirst().joined(separator: " ").split(separator: " ").map(String.init))
      .intersection(["test", "scaled", "masked", "unmasked"])
  }

  @Test("Where the own test pass is the scaled one, both are one curve and the heading says so")
  func coincidingCurves() throws {
    let classic = try PanelStates.trained([("variant", "classic")])
    let rows = DrawnPanel(.curves, of: classic, width: 40, height: 8).rows
    #expect(rows[0].contains("scaling is on"))
    #expect(words(rows) == ["test", "masked"])
    let unscaled = DrawnPanel(
      .curves, of: try PanelStates.trained(), width: 40, height: 8
    ).rows
    #expect(!unscaled[0].contains("is scaled"))
    #expect(words(unscaled) == ["test", "scaled", "masked"])
  }

  @Test("The unmasked loss of the training part is drawn where there is room") func trainingPart()
    throws
  {
    let state = try PanelStates.trained()
    let wide = words(DrawnPanel(.curves, of: state, width: 80, height: 12).rows)
    #expect(wide.contains("unmasked"))
    let narrow = words(DrawnPanel(.curves, of: state, width: 40, height: 12).rows)
    #expect(!narrow.contains("unmasked"))
  }

  @Test("At 80x24 each curve has its word at its end", arguments: ["circle", "glyphs"])
  func smallWords(data: String) throws {
    let state = try PanelStates.trained([("data", data)], steps: 200)
    let rows = DrawnPanel(.curves, of: state, width: 21, height: 6).rows[1...]
    for word in ["train", "scaled", "test"] {
      #expect(rows.contains { $0.hasSuffix(word) || $0.contains(word + " ") }, "\(word): \(rows)")
    }
  }

  @Test("Beside the widest network the bars' heading still has both its words") func barWords()
    throws
  {
    let state = try PanelStates.trained(steps: 60)
    for width in [48, 54] {
      let heading = DrawnPanel(.sums, of: state, width: width, height: 13).rows[0]
      #expect(heading.split(separator: "train").count == 3, "\(heading)")
      #expect(heading.contains("extra") && heading.contains("hidden2"), "\(heading)")
    }
  }

  @Test("Curves without a point, or without a number, say so") func noCurves() throws {
    var state = try PanelStates.trained()
    for index in state.snapshot.measured.curves.indices {
      state.snapshot.measured.curves[index].testLoss = .nan
      state.snapshot.measured.curves[index].scaledLoss = .infinity
      state.snapshot.measured.curves[index].minibatchLoss = .nan
      state.snapshot.measured.curves[index].trainLoss = .nan
    }
    let none = DrawnPanel(.curves, of: state, width: 40, height: 8).rows
    #expect(none[1] == "no loss is a finite number")
    state.snapshot.measured.curves = []
    let empty = DrawnPanel(.curves, of: state, width: 40, height: 8).rows
    #expect(empty[1] == "no loss was measured yet")
  }

  @Test("What was changed stands below its line") func markNames() throws {
    let state = try PanelStates.trained(
      steps: 100, changes: [.parameter(name: "scaling", value: "classic")], then: 100)
    let rows = DrawnPanel(.curves, of: state, width: 60, height: 14).rows
    #expect(rows.contains { $0.contains("scaling classic") })
  }

  @Test("Measurements of an earlier configuration are dim") func pendingMeasurements() throws {
    var state = try PanelStates.trained()
    state.snapshot.generation += 1
    state.snapshot.counterfactualGeneration += 1
    for panel in [Panel.divergence, .tested, .sums] {
      let drawn = DrawnPanel(panel, of: state, width: 60, height: 4).buffer
      for y in 1..<drawn.height {
        for x in 0..<drawn.width where ("0"..."9").contains(drawn[x, y].scalar) && x > 18 {
          #expect(drawn[x, y].style.foreground == .dim, "\(panel) at \(x), \(y)")
        }
      }
    }
  }

  @Test("A row of the list is clickable as the example at that place of the list")
  func exampleRegions() throws {
    var state = try PanelStates.trained()
    state.scroll[.examples] = 7
    let drawn = DrawnPanel(.examples, of: state, width: 60, height: 12)
    let tests = state.snapshot.dataset.testExamples
    let rows = drawn.regions.filter { if case .example = $0.target { true } else { false } }
    #expect(rows.map(\.target) == (7..<17).map { .example($0) })
    for (row, position) in zip(rows, 7..<17) {
      #expect(drawn.rows[row.area.y].split(separator: " ").first == "\(tests[position])")
    }
  }

  @Test("Each example that the list marks wrong is one that the network gets wrong")
  func wrongExamples() throws {
    let state = try PanelStates.trained(steps: 100)
    let outputs = state.snapshot.measured.examples.value
    guard case .classes(let classes) = state.snapshot.dataset.targets else {
      Issue.record("circle has classes")
      return
    }
    let drawn = DrawnPanel(.examples, of: state, width: 60, height: outputs.examples.count + 2)
    for (row, example) in outputs.examples.enumerated() {
      let says = outputs.asItIs[row, 1] > outputs.asItIs[row, 0] ? 1 : 0
      #expect(drawn.rows[row + 2].contains("!") == (says != classes[example]))
    }
  }
}
