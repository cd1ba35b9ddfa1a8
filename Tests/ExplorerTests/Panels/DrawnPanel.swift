import Explorer
import TerminalCells

/// Every panel by name, and what it draws on a screen of its own.
struct DrawnPanel {
  /// The function that draws it.
  typealias Draw = @Sendable (ExplorerState, Rect, GlyphSet, inout CellBuffer) -> [HitRegion]

  /// All panels.
  static let all: [(name: Panel, draw: Draw)] = [
    (.network, { NetworkPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.sums, { SumsPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.divergence, { DivergencePanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.tested, { CounterfactualPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.curves, { CurvesPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.outcome, { OutcomePanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.phases, { PhasesPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.signals, { SignalsPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.gradientNetwork, { GradientNetworkPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.maskPasses, { MaskPassesPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.examples, { ExamplesPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.inputs, { InputsPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
    (.classes, { ClassesPanel.draw($0, in: $1, glyphs: $2, on: &$3) }),
  ]

  /// The cells.
  let buffer: CellBuffer
  /// What a click is about.
  let regions: [HitRegion]

  /// Draws a panel that fills a screen.
  init(
    _ panel: Panel, of state: ExplorerState, width: Int, height: Int, glyphs: GlyphSet = .ascii
  ) {
    var buffer = CellBuffer(width: width, height: height)
    regions = DrawnPanel.draw(panel)(state, buffer.bounds, glyphs, &buffer)
    self.buffer = buffer
  }

  /// The function of a panel.
  static func draw(_ panel: Panel) -> Draw {
    guard let entry = all.first(where: { $0.name == panel }) else {
      preconditionFailure("no panel \(panel.rawValue)")
    }
    return entry.draw
  }

  /// The rows without spaces at their ends.
  var rows: [String] { buffer.plainRows }
}
