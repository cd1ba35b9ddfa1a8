import TerminalCells

/// The numbers of the backward view as text.
enum SignalText {
  /// A signal or a gradient with three digits, however small it is; 0 is `0`.
  static func digits(_ value: Double) -> String {
    value == 0 ? "0" : NumberText.significant(value, digits: 3)
  }
}
