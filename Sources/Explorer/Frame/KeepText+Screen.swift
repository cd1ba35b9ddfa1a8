import DropoutEngine
import TerminalCells

extension KeepText {
  /// A keep probability as the screen writes it: with two decimals where they tell it.
  init(_ probability: Double, decimals: Int = 2) {
    self.init(probability, decimals: decimals) { NumberText.fixed($0, decimals: decimals) }
  }

  /// How often a unit is masked, before "of the time": `20 %`; as a share where a percentage would
  /// say none or all.
  static func dropShare(_ keep: Double) -> String {
    let drop = 1 - keep
    if keep > 0, keep < 0.005 { return "all but " + FactorText.brief(keep) }
    if drop > 0, drop < 0.005 { return FactorText.brief(drop) }
    return NumberText.percent(drop)
  }
}

extension NumberText {
  /// A multiplier or a rate that follows from parameters: with fixed decimals where they tell it
  /// from 0 and 1.
  static func factor(_ value: Double, decimals: Int) -> String {
    FactorText(decimals: decimals) { fixed($0, decimals: decimals) }.text(value)
  }
}
