import DropoutCore
import TerminalCells

/// The formulas of the sums view's numbers, with the values that are drawn put in.
enum SumsFormulas {
  static func lines(_ state: ExplorerState, panel: Panel) -> [BoxLine] { [] }
}
