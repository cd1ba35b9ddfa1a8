public import TerminalCells

/// The whole screen as a function of the state.
public enum Screen {
  /// Draws the screen into a buffer of the state's size.
  public static func draw(_ state: ExplorerState) -> CellBuffer { render(state).buffer }

  /// Where on the screen the things are that the mouse can reach.
  public static func hitMap(_ state: ExplorerState) -> HitMap { render(state).map }

  private static func render(_ state: ExplorerState) -> (buffer: CellBuffer, map: HitMap) {
    var buffer = CellBuffer(width: state.size.columns, height: state.size.rows)
    guard !state.size.isTooSmall else {
      drawTooSmall(state, on: &buffer)
      return (buffer, HitMap())
    }
    let layout = ScreenLayout(state)
    var regions: [HitRegion] = []
    TitleLine.draw(state, in: layout.title, on: &buffer)
    Sentence.draw(state, in: layout.sentence, on: &buffer)
    for rule in layout.rules {
      let scalar = rule.width == 1 ? state.glyphs.vertical : state.glyphs.horizontal
      buffer.fill(rule, with: Cell(scalar, Style(.frame)))
    }
    if let tabs = layout.tabs { regions += TabLine.draw(state, in: tabs, on: &buffer) }
    for (panel, area) in layout.panels {
      regions += draw(panel, state, in: area, on: &buffer)
      if panel == state.focus {
        buffer.restyle(area.row(0)) { style in
          style.underline = true
          style.bold = true
        }
      }
    }
    FooterLine.draw(state, in: layout.footer, on: &buffer)
    let body = Rect(
      x: 0, y: layout.sentence.maxY, width: state.size.columns,
      height: layout.footer.y - layout.sentence.maxY)
    OverlayBox.draw(state, in: body, on: &buffer)
    return (buffer, HitMap(regions: regions))
  }

  /// Draws one panel in an area; the regions are what the mouse can reach in it.
  package static func draw(
    _ panel: Panel, _ state: ExplorerState, in area: Rect, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let glyphs = state.glyphs
    return switch panel {
    case .network: NetworkPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .sums: SumsPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .divergence: DivergencePanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .tested: CounterfactualPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .curves: CurvesPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .outcome: OutcomePanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .distribution: DistributionPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .terms: TermsPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .bend: BendPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .depth: DepthPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .raceCurves: RaceCurvesPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .raceTable: RaceTablePanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .raceNetwork: RaceNetworkPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .subnetworks: SubnetworksPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .means: MeansPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .ranked: RankedPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .convergence: ConvergencePanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .gapMap: GapMapPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .phases: PhasesPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .signals: SignalsPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .gradientNetwork: GradientNetworkPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .maskPasses: MaskPassesPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .examples: ExamplesPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .inputs: InputsPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    case .classes: ClassesPanel.draw(state, in: area, glyphs: glyphs, on: &buffer)
    }
  }

  private static func drawTooSmall(_ state: ExplorerState, on buffer: inout CellBuffer) {
    let text =
      "dropscope needs 60 columns and 20 rows; this is \(state.size.columns)x\(state.size.rows). q quits."
    for (row, line) in wrap(text, width: buffer.width).enumerated() {
      buffer.write(line, x: 0, y: row)
    }
  }
}
