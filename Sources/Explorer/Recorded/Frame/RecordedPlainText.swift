import DropoutEngine
public import Recordings
import TerminalCells

/// A recording as lines of text: the sentence and the numbers, in the order in which a screen
/// reader says them.
public enum RecordedPlainText {
  /// The first lines: the model.
  public static func opening(_ header: RecordingHeader) -> [String] {
    let frameworks = header.frameworks.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
    let layers = header.layers.count == 1 ? "1 layer" : "\(header.layers.count) layers"
    return [
      "\(header.model), \(layers), recorded by dropscope \(header.program)"
        + (frameworks.isEmpty ? "" : " with \(frameworks)") + " from \(header.started) on."
    ]
  }

  /// A look in one line.
  public static func line(_ shown: ShownLook, of header: RecordingHeader) -> String {
    let look = shown.look
    func loss(_ name: String, _ value: Double?) -> String? {
      value.map { "\(name) \(NumberText.fixed($0, decimals: 4))" }
    }
    let losses = [
      loss("minibatch", look.losses.batch), loss("training mode", look.losses.training),
      loss("eval mode", look.losses.test),
    ].compactMap { $0 }
    let largest = zip(look.divergence, header.layers).reduce(
      into: nil as (value: Double, name: String)?
    ) { largest, layer in
      guard let value = layer.0, !(value <= largest?.value ?? -1) else { return }
      largest = (value, layer.1.title)
    }
    let divergence = largest.map {
      "largest divergence \(NumberText.fixed($0.value, decimals: 3)), in \($0.name)"
    }
    return "Look \(look.number), step \(look.step)"
      + (losses.isEmpty ? "" : ", loss: " + losses.joined(separator: ", "))
      + (divergence.map { "; " + $0 } ?? "") + "."
  }

  /// All that is found at a look: the sentence, and each gap that drops.
  public static func verdicts(_ shown: ShownLook, of header: RecordingHeader) -> [String] {
    [
      RecordedSentence.forms(
        shown, of: header, verdicts: KeyMap<RecordedCommand>.standard[.verdicts])[0]
    ]
      + VerdictLines.lines(shown, of: header).map(\.text)
  }

  /// Whether the training runs on, and whether its last line is whole.
  public static func activity(_ activity: RecordingActivity, unfinishedBytes: Int) -> String {
    let torn =
      unfinishedBytes > 0 && !activity.isOpen
      ? " The last line is torn: \(unfinishedBytes) bytes without an end, which are left out." : ""
    return activity.sentence + torn
  }
}
