import DropoutCore
import TerminalCells

/// The sentence of the backward view.
enum BackwardSentence {
  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] { [] }
}
