import DropoutCore
import TerminalCells

/// The formulas of the ensemble view's numbers, with the values that are drawn put in.
enum EnsembleFormulas {
  static func lines(_ state: ExplorerState, panel: Panel) -> [BoxLine] { [] }
}
