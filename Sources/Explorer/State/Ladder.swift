/// The values that a pair of keys visits, from low to high.
enum Ladder {
  /// L2.
  static let l2: [Double] = [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]
  /// The learning rate.
  static let learningRate: [Double] = [
    0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10,
  ]
  /// The keep probability: 0.05 to 1 by 0.05.
  static let keep: [Double] = (1...20).map { Double($0) / 20 }

  /// The next rung from a value, which may lie between two; nil at the end.
  static func next(
    _ ladder: [Double], from value: Double, _ turn: KeyCommand.Turn
  ) -> Double? {
    // A value that differs from a rung by rounding alone counts as that rung.
    let room = 1e-9 * max(1e-3, value.magnitude)
    return switch turn {
    case .more: ladder.first { $0 > value + room }
    case .less: ladder.last { $0 < value - room }
    }
  }
}
