import DropoutEngine
import TerminalCells

/// An axis of a panel's picture, for a person who asks about one of its numbers.
///
/// The panel marks the cells of its numbers; the words are said here once for all of them.
struct PanelAxis: Sendable {
  /// Its name as a place of the panel: `loss axis`.
  let place: String
  /// Its quantity, its unit and its direction, in sentences.
  let words: @Sendable (ExplorerState) -> [String]

  /// The explanation of its numbers.
  func lines(_ state: ExplorerState) -> [BoxLine] {
    [BoxLine("the \(place)", Style(.title))] + words(state).map(Explained.gloss)
  }

  /// The losses, upwards.
  static let loss = PanelAxis(place: "loss axis") { state in
    let isClassified =
      state.snapshot.dataset.isClassification && state.configuration.loss != .meanSquaredError
    return [
      "The loss, upwards: how wrong the outputs are. Lower is better, 0 is perfect.",
      isClassified
        ? "It is the mean of -log(probability of the right class), in natural logarithms: one that "
          + "guesses among \(state.snapshot.dataset.outputCount) classes has "
          + "\(NumberText.fixed(guess(state), decimals: 2))."
        : "It is the mean of the squared distance from the target.",
      state.logAxis
        ? "The axis is logarithmic: equal steps up are equal factors."
        : "\(state.keys[.logAxis]) makes the axis logarithmic.",
    ]
  }

  /// The loss of an answer that gives all classes the same probability.
  private static func guess(_ state: ExplorerState) -> Double {
    ElementaryFunctions.logarithm(Double(max(1, state.snapshot.dataset.outputCount)))
  }

  /// The steps, from left to right.
  static let steps = PanelAxis(place: "step axis") { state in
    [
      "The steps, from left to right: how often the weights were updated. All curves share them.",
      "One epoch is \(NumberText.grouped(state.snapshot.dataset.trainingExamples.count)) training "
        + "examples, \(state.snapshot.configuration.batch) in a step.",
    ]
  }

  /// The share that is right, upwards.
  static let right = PanelAxis(place: "right axis") { _ in
    ["The share of the test part that is classified right, in percent, from 0 to 100."]
  }
}

extension Panel {
  /// The explanation of a number of one of its axes; nil for any other place.
  func explainAxis(_ state: ExplorerState, _ place: ScreenPlace) -> [BoxLine]? {
    axes.first { $0.place == place.name }?.lines(state)
  }
}

extension Rect {
  /// The cells to the left of a picture in it: where the numbers of its axis stand.
  func left(of picture: Rect) -> Rect {
    Rect(x: x, y: picture.y, width: max(0, picture.x - x), height: picture.height)
  }
}
