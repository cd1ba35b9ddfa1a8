import DropoutCore
import TerminalCells

/// The formulas of the backward view's numbers, with the values that are drawn put in.
enum BackwardFormulas {
  static func lines(_ state: ExplorerState, panel: Panel) -> [BoxLine] { [] }
}
