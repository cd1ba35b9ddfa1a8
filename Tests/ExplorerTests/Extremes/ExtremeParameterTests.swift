import DropoutEngine
import Explorer
import ExplorerPlay
import ParameterExtremes
import TerminalCells
import Testing

@Suite("Every parameter at its extremes") struct ExtremeParameterTests {
  /// The values that are tried in place of extremes that are too large for a test.
  static let affordable = ["examples": "300", "learners": "5"]

  /// Settings that parameters matter under: each extreme is tried under two of them, the extremes
  /// of dropout under all.
  static let contexts: [[(name: String, value: String)]] = [
    [], [("variant", "inverted"), ("optimizer", "adam"), ("data", "plane")],
    [("variant", "gaussian"), ("optimizer", "rmsprop")],
    [("variant", "scaled-update"), ("optimizer", "momentum"), ("features", "x1,sin(x2)")],
    [("variant", "random-subspace"), ("data", "glyphs"), ("optimizer", "nesterov")],
    [("variant", "double-scaled"), ("loss", "mean-squared-error"), ("keep-input", "0.8")],
  ]

  /// A small experiment under a context, with a parameter at an extreme; nil where the combination
  /// is refused.
  private func explorer(
    _ name: String, _ value: String, _ context: [(name: String, value: String)]
  ) throws -> PressedExplorer? {
    var assignments: [(name: String, value: String)] = [
      ("hidden", "3,2"), ("examples", "24"), ("batch", "4"),
    ]
    assignments += context + [("learners", "2")]
    assignments.removeAll { $0.name == name }
    assignments.append((name: name, value: value))
    do {
      return try PressedExplorer(Settings(assignments: assignments), steps: 3)
    } catch is ConfigurationError {
      return nil
    } catch is ExperimentLoadError {
      return nil
    } catch is NotFiniteError {
      return nil
    }
  }

  @Test(
    "Whatever a parameter is set to, all that is drawn can be drawn, and every number is one",
    arguments: ParameterTable.all.map(\.name))
  func draws(name: String) throws {
    let row = try #require(ParameterTable.definition(named: name))
    var values = ParameterExtremes.values(of: row)
    if let most = Self.affordable[name] {
      values = values.map { (Double($0) ?? 0) > (Double(most) ?? 0) ? most : $0 }
    }
    // Layers are tried at their fewest and at some of their units.
    if name == "hidden" { values = ["1", "64", "none"] }
    var drawn = 0
    for (index, value) in values.enumerated() {
      let places = row.group == .dropout ? [0, 1, 2, 5] : [index % Self.contexts.count]
      for place in places {
        guard var explorer = try explorer(name, value, Self.contexts[place]) else { continue }
        drawn += 1
        visit(&explorer, "\(name) \(value), context \(place)")
      }
    }
    // Parameters of files are refused with generated data.
    let isRefused = !row.applies(to: ExperimentConfiguration())
    #expect(drawn > 0 || values.isEmpty || isRefused, "no extreme of \(name) could be tried")
  }

  /// Draws every view, and every overlay; each at another size than the one before.
  private func visit(_ explorer: inout PressedExplorer, _ what: String) {
    let sizes = [(80, 24), (200, 60), (121, 40), (40, 12)]
    var drawn = 0
    func draw(_ explorer: PressedExplorer) -> [String] {
      drawn += 1
      let size = sizes[drawn % sizes.count]
      let glyphs = drawn % 3 == 0 ? GlyphSet.ascii : .unicode
      return explorer.screen(columns: size.0, rows: size.1, glyphs: glyphs)
    }
    func check(_ rows: [String], _ place: String) {
      let faults = NumberWords.faults(in: rows)
      #expect(faults.isEmpty, "\(what), \(place): \(faults)")
    }
    for key: Key in ["2", "3", "4", "5", "6", "1"] {
      explorer.press(key)
      _ = draw(explorer)
      check(explorer.screen(columns: 120, rows: 40), "view \(key)")
      explorer.press("i")
      _ = draw(explorer)
      check(PlainText.lines(explorer.state), "formulas of view \(key)")
      explorer.press(.escape)
    }
    // A box covers parts of numbers: its own are read in the lines.
    for key: Key in ["v", "?", "m", ":", "y", "t", "o"] {
      explorer.press(key)
      _ = draw(explorer)
      check(PlainText.lines(explorer.state), "key \(key)")
      explorer.press(.escape)
    }
  }

  @Test(
    "A keep probability is told as what it is, however near it is to 0 or 1",
    arguments: [
      ("1e-17", "keep 1e-17 (drop 1-1e-17)"), ("1e-300", "keep 1e-300 (drop 1-1e-300)"),
      ("0.9999999999999999", "keep 1-1.11e-16 (drop 1.11e-16)"),
      ("0.004", "keep 0.004 (drop 0.996)"),
      ("0.85", "keep 0.85 (drop 0.15)"), ("1", "keep 1.00 (drop 0.00)"),
    ])
  func keep(value: String, title: String) throws {
    var explorer = try PressedExplorer(Settings(assignments: [("keep", value)]), steps: 1)
    explorer.press("v")
    let rows = explorer.screen(columns: 200, rows: 60)
    #expect(rows.contains { $0.contains("variants at \(title)") })
    #expect(rows.last.map { $0.contains(title.replacing("keep 0.", with: "keep .")) } == true)
  }
}
