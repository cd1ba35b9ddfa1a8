import DropoutEngine
package import TerminalCells

/// What comes out: the maps of the plane, what both passes say of an image, the accuracy by class, or what is
/// predicted against what is true.
package enum OutcomePanel {
  /// Draws what suits the dataset.
  package static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    buffer.clipped(to: area) { buffer in
      let dataset = state.snapshot.dataset
      if state.snapshot.maps != nil, dataset.plane != nil {
        MapsOutcome.draw(state, in: area, glyphs: glyphs, on: &buffer)
      } else if dataset.image != nil {
        ImageOutcome.draw(state, in: area, glyphs: glyphs, on: &buffer)
      } else if dataset.isClassification {
        ClassOutcome.draw(state, in: area, glyphs: glyphs, on: &buffer)
      } else {
        RegressionOutcome.draw(state, in: area, glyphs: glyphs, on: &buffer)
      }
    }
    return [HitRegion(area: area, target: .panel(.outcome))]
  }
}
