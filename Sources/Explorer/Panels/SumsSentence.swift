import DropoutCore
import TerminalCells

/// The sentence of the sums view.
enum SumsSentence {
  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] { [] }
}
