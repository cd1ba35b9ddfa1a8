import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("What the panels look like") struct PanelLayoutTests {
  /// All panels of a state at the sizes that they have on a screen, one below the other.
  private func check(
    _ state: ExplorerState, _ panels: [(panel: Panel, width: Int, height: Int)], named name: String,
    glyphs: GlyphSet = .ascii
  ) throws {
    var rows: [String] = []
    for (panel, width, height) in panels {
      rows.append("== \(panel.name) \(width)x\(height)")
      rows += DrawnPanel(panel, of: state, width: width, height: height, glyphs: glyphs).rows
    }
    try ExpectedText.check(rows, named: name)
  }

  private let small: [(panel: Panel, width: Int, height: Int)] = [
    (.network, 25, 13), (.sums, 54, 13), (.divergence, 36, 4), (.tested, 36, 3), (.curves, 29, 7),
    (.outcome, 25, 7),
  ]
  private let large: [(panel: Panel, width: Int, height: Int)] = [
    (.network, 52, 20), (.sums, 86, 20), (.divergence, 60, 6), (.tested, 60, 5), (.curves, 80, 22),
    (.outcome, 60, 20),
  ]
  private let data: [(panel: Panel, width: Int, height: Int)] = [
    (.examples, 50, 12), (.inputs, 70, 8), (.classes, 40, 10),
  ]

  @Test("The default experiment at 80x24 and on a large screen") func defaultExperiment() throws {
    let state = try PanelStates.trained(
      steps: 400, changes: [.parameter(name: "l2", value: "0.01")], then: 200)
    try check(state, small, named: "default-small")
    try check(state, large, named: "default-large")
    try check(state, small, named: "default-unicode", glyphs: .unicode)
    try check(state, data, named: "default-data")
  }

  @Test("An image with masked pixels") func image() throws {
    var state = try PanelStates.trained(
      [("data", "glyphs"), ("hidden", "32"), ("keep-input", "0.8")], steps: 300)
    try check(state, small, named: "glyphs-small")
    try check(state, large, named: "glyphs-large")
    try check(state, [(.outcome, 60, 20)], named: "glyphs-unicode", glyphs: .unicode)
    state.scroll[.examples] = 3
    try check(state, data, named: "glyphs-data")
  }

  @Test("Numbers over the plane, and no hidden layer") func regression() throws {
    let state = try PanelStates.trained(
      [("data", "plane"), ("hidden", "none"), ("learning-rate", "0.01")], steps: 100)
    try check(state, small, named: "plane-small")
    var table = try PanelStates.regressionTable()
    table.selection = Selection(layer: 1, unit: 0)
    try check(table, [(.outcome, 26, 7), (.outcome, 60, 20)] + data, named: "numbers")
  }

  @Test("A table of many classes") func manyClasses() throws {
    let state = try PanelStates.crowdedTable()
    try check(
      state, [(.network, 25, 13), (.sums, 54, 13), (.outcome, 26, 7), (.outcome, 70, 20)] + data,
      named: "classes")
  }

  @Test("At 1x1 and at nothing there is nothing to see and nothing goes wrong") func tiny() throws {
    let state = try PanelStates.trained(steps: 1)
    for panel in Panel.allCases {
      #expect(DrawnPanel(panel, of: state, width: 0, height: 0).rows.isEmpty)
      let cell = DrawnPanel(panel, of: state, width: 1, height: 1).rows
      #expect(cell.count == 1 && cell[0].count <= 1)
    }
  }
}
