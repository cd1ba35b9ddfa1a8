import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The columns of the race's table that find room, the most important ones first.
struct RaceColumns {
  /// A column of numbers.
  struct Column {
    /// Its name as a place on the screen.
    var place: String
    /// Its heading.
    var title: String
    /// The style of the heading.
    var style: Style
    /// The columns that its numbers need.
    var least = 6
    /// The text of a runner's number, in the width of the heading, and its style.
    var entry: @Sendable (LaneSnapshot, _ index: Int, _ width: Int) -> (text: String, style: Style)

    /// Its width.
    var width: Int { max(least, title.columns) }
  }

  /// The columns of mark and name.
  let name: Int
  /// The columns of numbers, from left to right.
  let columns: [Column]
  /// The first column behind all numbers.
  let end: Int

  /// Whether settings stand beside the numbers.
  let hasSettings: Bool

  /// The least width in which settings stand beside the numbers, and the most that they are given.
  private static let settings = 26...48
  /// The columns of numbers that settings never take the place of.
  private static let kept = 5

  init(_ lanes: [LaneSnapshot], width: Int) {
    let widest = lanes.map(\.shortName.columns).max() ?? 0
    // Mark of the selection, piece of line, name.
    name = 4 + min(max(widest, 8), max(8, width / 4))
    var end = name
    var chosen: [Column] = []
    for column in Self.all(lanes) {
      guard end + 2 + column.width <= width else { break }
      chosen.append(column)
      end += 2 + column.width
    }
    // Whole settings in the rows are worth more than the size of the weights.
    let different = lanes.map { RaceSettings(of: $0, among: lanes) }.filter(\.differs)
    let longest = different.map(\.text.columns).max() ?? 0
    let wanted = 2 + min(max(longest, Self.settings.lowerBound), Self.settings.upperBound)
    var all = (count: chosen.count, end: end)
    while width - all.end < wanted, all.count > Self.kept {
      all.count -= 1
      all.end -= 2 + chosen[all.count].width
    }
    if width - all.end >= Self.settings.lowerBound {
      chosen.removeLast(chosen.count - all.count)
      end = all.end
    }
    hasSettings = width - end >= Self.settings.lowerBound
    columns = chosen
    self.end = end
  }

  /// All columns.
  private static func all(_ lanes: [LaneSnapshot]) -> [Column] {
    guard let first = lanes.first else { return [] }
    let firstName = first.shortName.columns <= 9 ? first.shortName : "the first"
    let reference = first.test.loss
    let hasClasses = first.test.accuracy != nil
    return [
      Column(place: "loss", title: "test loss", style: Style(.test)) { lane, _, width in
        (NumberText.fitted(lane.test.loss, decimals: 4, width: width), Style(.test, bold: true))
      },
      Column(
        place: "difference", title: "than \(firstName)", style: Style(.dim),
        least: "0.0000 more".columns
      ) { lane, index, width in
        (
          index == 0 ? "" : differenceText(lane.test.loss - reference, width: width), Style(.text)
        )
      },
      Column(place: "accuracy", title: hasClasses ? "right" : "R2", style: Style(.dim)) {
        lane, _, width in
        (
          lane.test.accuracy.map { NumberText.percent($0) }
            ?? NumberText.fitted(lane.test.r2 ?? .nan, decimals: 2, width: width), Style(.text)
        )
      },
      Column(place: "ratio", title: "test/train", style: Style(.dim)) { lane, _, width in
        let ratio = lane.output.ratio
        let agreement = SumAgreement(
          ratio: ratio, into: lane.configuration.hidden.count, of: lane.configuration)
        return (NumberText.fitted(ratio, decimals: 2, width: width), Style(agreement.role))
      },
      Column(place: "masked", title: "masked loss", style: Style(.training)) { lane, _, width in
        (NumberText.fitted(lane.minibatchLoss, decimals: 4, width: width), Style(.training))
      },
      Column(place: "divergence", title: "divergence", style: Style(.dim)) { lane, _, width in
        (NumberText.fitted(lane.output.drawn, decimals: 2, width: width), Style(.text))
      },
      Column(place: "weights", title: "weight size", style: Style(.dim)) { lane, _, width in
        (NumberText.fitted(lane.weightNorm, decimals: 1, width: width), Style(.dim))
      },
    ]
  }

  /// How much less or more a loss is, in a width.
  private static func differenceText(_ difference: Double, width: Int) -> String {
    let word = difference == 0 ? "same" : difference < 0 ? "less" : "more"
    guard difference != 0, difference.isFinite else {
      return difference.isFinite ? word : NumberText.fixed(difference, decimals: 2)
    }
    guard difference.magnitude >= 0.000_05 else { return "< 0.0001" }
    let room = width - word.count - 1
    return NumberText.fitted(difference.magnitude, decimals: 4, width: room) + " " + word
  }
}
