import Foundation

/// Numbers with a fixed number of decimals.
public enum FixedText {
  /// A number with its sign and four decimals.
  public static func signed(_ value: Double) -> String { String(format: "%+.4f", value) }

  /// A number with some decimals.
  public static func text(_ value: Double, decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }
}
