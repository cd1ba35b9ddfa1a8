import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The numbers of the race, a row for each variant.
  public static let raceTable = Panel(
    "race table", draw: RaceTablePanel.draw, formulas: RaceFormulas.lines)
}

/// The numbers of all runners, the first one as the reference; where a runner's settings differ
/// from the first one's, they stand in its row.
enum RaceTablePanel {
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let first = state.lanes.first else { return }
    let isWide = frame.area.width >= 100
    let right = first.test.accuracy == nil ? "R2" : "right"
    var columns: [Table.Column] = [
      .init("", width: 1), .init("variant", width: isWide ? 20 : 17),
      .init("loss", .right, width: 6, style: Style(.test)), .init("- a", .right, width: 7),
      .init(right, .right, width: 5), .init("masked", .right, width: 6, style: Style(.training)),
      .init("div", .right, width: 5), .init("ratio", .right, width: 5),
      .init("|W|", .right, width: 5),
    ]
    if isWide { columns.append(.init("settings, those that differ from a in bright")) }
    let rows = state.lanes.enumerated().map { lane, value in
      row(value, lane: lane, first: first, isWide: isWide)
    }
    // Without room for a column, the settings of the selected runner stand below the table.
    let hasLine = !isWide && frame.area.height > rows.count + 1
    let (list, line) = frame.area.splitBottom(hasLine ? 1 : 0)
    Table(columns: columns, rows: rows, selection: state.raceLine).draw(
      in: list, on: &buffer, glyphs: frame.glyphs)
    if hasLine, let lane = state.shownLane {
      let settings = RaceSettings(lane.configuration, beside: first.configuration)
      let letter = String(RaceMarks.letter(state.raceLine))
      let text = settings.differs ? "\(letter), first what differs from a: " : "\(letter): "
      buffer.write(
        (text + settings.text).truncated(to: line.width, ellipsis: frame.glyphs.ellipsis),
        x: line.x,
        y: line.y, style: Style(settings.differs ? .text : .dim))
    }
  }

  /// A number that fits a width, with a plus before it where it is above zero.
  private static func signed(_ number: Double, width: Int) -> String {
    guard number > 0 else { return NumberText.fitted(number, decimals: 4, width: width) }
    let digits = NumberText.fitted(number, decimals: 4, width: width - 1).drop { $0 == " " }
    return NumberText.padded("+" + digits, width: width)
  }

  private static func row(
    _ value: LaneSnapshot, lane: Int, first: LaneSnapshot, isWide: Bool
  ) -> [Table.Entry] {
    let mark = Style(RaceMarks.role(lane), bold: true)
    let difference = value.test.loss - first.test.loss
    let score =
      value.test.accuracy.map { NumberText.percent($0) }
      ?? NumberText.fitted(value.test.r2 ?? .nan, decimals: 2, width: 5)
    var row: [Table.Entry] = [
      .init(String(RaceMarks.letter(lane)), mark),
      .init(value.notFinite == nil ? value.name : value.name + " !", mark),
      .init(NumberText.fitted(value.test.loss, decimals: 4, width: 6), Style(.test, bold: true)),
      .init(
        lane == 0 ? "" : signed(difference, width: 7),
        Style(.text)),
      .init(score, Style(.text)),
      .init(NumberText.fitted(value.minibatchLoss, decimals: 4, width: 6), Style(.training)),
      .init(NumberText.fitted(value.output.drawn, decimals: 2, width: 5), Style(.text)),
      .init(
        NumberText.fitted(value.output.ratio, decimals: 2, width: 5),
        Style(abs(value.output.ratio - 1) > 0.005 ? .extra : .text)),
      .init(NumberText.fitted(value.weightNorm, decimals: 1, width: 5), Style(.dim)),
    ]
    if isWide {
      let settings = RaceSettings(value.configuration, beside: first.configuration)
      row.append(.init(settings.text, Style(settings.differs ? .strong : .dim)))
    }
    return row
  }
}

/// The settings of a runner: every parameter that differs from the first one's, then those that
/// people turn most.
struct RaceSettings: Equatable {
  /// The text of the settings.
  var text: String
  /// Whether any differs.
  var differs: Bool

  /// Other names for what stands in the table already.
  private static let aliases: Set<String> = ["drop", "drop-input", "seed", "variant"]
  /// The settings that are written even where they do not differ.
  private static let turned = ["keep", "scaling", "l2", "learning-rate"]

  /// Compares a runner's settings with the settings of the first one.
  init(_ configuration: ExperimentConfiguration, beside first: ExperimentConfiguration) {
    let (own, other) = (Settings(experiment: configuration), Settings(experiment: first))
    func value(_ definition: ParameterDefinition, _ settings: Settings) -> String {
      // Variant none keeps every unit, whatever keep says.
      definition.name == "keep" && settings.experiment.variant.keepsEveryUnit
        ? "1" : definition.get(settings)
    }
    let definitions = ParameterTable.all.filter {
      $0.effect != .display && !RaceSettings.aliases.contains($0.name)
    }
    let different = definitions.filter { value($0, own) != value($0, other) }
    let same = definitions.filter { definition in
      RaceSettings.turned.contains(definition.name)
        && !different.contains { $0.name == definition.name }
    }
    text = (different + same).map { "\($0.name) \(value($0, own))" }.joined(separator: "  ")
    differs = !different.isEmpty
  }
}
