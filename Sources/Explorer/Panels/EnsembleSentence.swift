import DropoutCore
import TerminalCells

/// The sentence of the ensemble view.
enum EnsembleSentence {
  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] { [] }
}
