import DropoutMeasure
import Explorer
import TerminalCells
import Testing

@Suite("Every panel, at every size, for every experiment") struct PanelSweepTests {
  /// Experiments that differ in all that panels look at.
  static let experiments: [(name: String, assignments: [(name: String, value: String)])] = [
    ("the default", []),
    ("an image", [("data", "glyphs"), ("hidden", "32"), ("keep-input", "0.8")]),
    ("a signed plane", [("data", "multigauss"), ("learning-rate", "0.01")]),
    ("no hidden layer", [("data", "plane"), ("hidden", "none"), ("learning-rate", "0.01")]),
    ("eight layers", [("hidden", "3,4,5,6,5,4,3,2"), ("scaling", "inverted")]),
    ("one unit", [("hidden", "1"), ("examples", "20"), ("batch", "1")]),
    ("dropconnect", [("variant", "dropconnect"), ("keep-input", "0.8")]),
    ("noise", [("variant", "gaussian"), ("features", "x1,x2,x1^2,x2^2,x1x2,sin(x1),sin(x2)")]),
    ("backward only", [("variant", "backward-only"), ("data", "spiral")]),
    (
      "random subspaces of an image",
      [("variant", "random-subspace"), ("data", "glyphs"), ("hidden", "8"), ("learners", "3")]
    ),
    ("bagging", [("variant", "bagging"), ("learners", "2"), ("test-fraction", "0")]),
    ("no test part", [("variant", "left-on-at-test"), ("test-fraction", "0")]),
    (
      "squared error",
      [("loss", "mean-squared-error"), ("variant", "keep-drop-swapped"), ("keep", "0.8")]
    ),
  ]

  /// Sizes from nothing to more than a large screen; the odd ones among them are where panels
  /// change their layout.
  static let sizes: [(width: Int, height: Int)] = [
    0, 1, 2, 3, 7, 12, 13, 20, 26, 40, 55, 84, 121, 210,
  ]
  .flatMap { width in [0, 1, 2, 3, 5, 6, 9, 13, 16, 24, 65].map { (width, $0) } }

  /// Draws every panel in an area in the middle of a marked screen and finds what was touched
  /// outside.
  static func sweep(_ state: ExplorerState, panels: [Panel] = Panel.allCases) {
    let mark = Cell("~", Style(.warning))
    var state = state
    for panel in panels {
      for glyphs in [GlyphSet.unicode, .ascii] {
        state.glyphs = glyphs
        for size in sizes {
          var buffer = CellBuffer(width: size.width + 4, height: size.height + 4)
          buffer.fill(with: mark)
          let area = Rect(x: 2, y: 2, width: size.width, height: size.height)
          let regions = panel.draw(state, in: area, on: &buffer)
          var touched = 0
          for y in 0..<buffer.height {
            for x in 0..<buffer.width where !area.contains(x: x, y: y) && buffer[x, y] != mark {
              touched += 1
            }
          }
          #expect(touched == 0, "\(panel) draws outside \(size.width)x\(size.height)")
          let inside = regions.allSatisfy {
            $0.area.isEmpty || area.intersection($0.area) == $0.area
          }
          #expect(inside, "\(panel) gives regions outside \(size.width)x\(size.height)")
          #expect(regions.contains { $0.target == .panel(panel) }, "\(panel) is not clickable")
        }
      }
    }
  }

  @Test("Nothing is drawn outside a panel's area", arguments: experiments.indices)
  func nothingOutside(experiment: Int) throws {
    var state = try PanelStates.trained(Self.experiments[experiment].assignments)
    Self.sweep(state)
    // The output layer, a unit far down, and lists scrolled beyond their ends.
    state.selection = Selection(layer: 99, unit: 99)
    state.logAxis = true
    for panel in Panel.allCases { state.scroll[panel] = 100_000 }
    Self.sweep(state)
  }

  @Test("Tables with long and wide names, and with targets that do not vary, stay inside")
  func tables() throws {
    Self.sweep(try PanelStates.crowdedTable())
    Self.sweep(try PanelStates.regressionTable())
  }

  @Test("Numbers that are none, or infinite, stay inside", arguments: 0..<4)
  func hostileNumbers(experiment: Int) throws {
    Self.sweep(try PanelStates.hostileNumbers(Self.experiments[experiment].assignments))
  }

  @Test("A layer of 4096 units stays inside") func wideLayer() throws {
    var state = try PanelStates.trained(
      [("hidden", "4096"), ("examples", "30"), ("test-fraction", "0.2")], steps: 1)
    Self.sweep(state)
    state.selection = Selection(layer: 0, unit: 4000)
    Self.sweep(state)
  }

  @Test("A selection or a watched row that is not there does no harm") func selectionBeyond() throws
  {
    var state = try PanelStates.trained(steps: 2)
    state.selection = Selection(layer: -3, unit: -7)
    for panel in Panel.allCases { state.scroll[panel] = -5 }
    state.snapshot.measured.curves = []
    state.snapshot.measured.divergence.value = []
    state.snapshot.watched.value.sums = []
    state.snapshot.measured.counterfactual.value = Counterfactual(evaluations: [:], other: nil)
    Self.sweep(state)
  }
}
