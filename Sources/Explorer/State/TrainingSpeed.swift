import DropoutEngine

/// The speeds that `+` and `-` visit, in steps a second; infinity is as fast as it goes.
public enum TrainingSpeed {
  /// From slow to fast.
  public static let ladder: [Double] = [
    1, 2, 5, 10, 30, 60, 120, 300, 1000, 3000, 10_000, .infinity,
  ]

  /// The next faster speed; nil at the top.
  public static func faster(than speed: Double) -> Double? { ladder.first { $0 > speed } }

  /// The next slower speed; nil at the bottom.
  public static func slower(than speed: Double) -> Double? { ladder.last { $0 < speed } }

  /// The speed as the screen says it: `60 steps/s`, or `full speed`.
  public static func text(_ speed: Double) -> String {
    if speed == .infinity { return "full speed" }
    return ParameterText.text(speed) + " steps/s"
  }
}
