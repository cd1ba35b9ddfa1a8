public import DropoutEngine

/// The extreme values of the parameter table's rows, found by asking the rows themselves, so that a
/// new row is included at once.
public enum ParameterExtremes {
  /// The extremes of a row that takes numbers, as accepted text; empty for a row of names or of
  /// free text.
  public static func values(of row: ParameterDefinition) -> [String] {
    takes(row, "no value at all") ? [] : numbers(of: row)
  }

  /// Numbers that are hard on arithmetic or on text, and numbers between which ranges begin and
  /// end.
  private static let candidates: [Double] = [
    -.greatestFiniteMagnitude, -1e300, -1000, -1, -1e-300, 0, .leastNonzeroMagnitude, 1e-300, 1e-17,
    1e-8, 0.004, 0.5, 1 - 0x1p-53, 1, 1 + 0x1p-52, 2, 1e6, 1e15, 1e17, 1e30, 1e300,
    .greatestFiniteMagnitude,
  ]

  private static func numbers(of row: ParameterDefinition) -> [String] {
    let isWhole = !takes(row, "0.5") && !takes(row, "1.5")
    let offered = isWhole ? candidates.filter { $0 == $0.rounded() } : candidates
    // Between the ends of a range all whole numbers are alike.
    var found = isWhole ? [] : offered.filter { takes(row, text($0)) }
    for (low, high) in zip(offered, offered.dropFirst())
    where takes(row, text(low)) != takes(row, text(high)) {
      found.append(last(of: row, from: low, to: high, isWhole: isWhole))
    }
    var texts: [String] = []
    for value in found.map(text) where !texts.contains(value) { texts.append(value) }
    return texts
  }

  /// The last accepted number on the way from an accepted to a refused one.
  private static func last(
    of row: ParameterDefinition, from low: Double, to high: Double, isWhole: Bool
  ) -> Double {
    let startsInside = takes(row, text(low))
    var inside = place(startsInside ? low : high, isWhole)
    var outside = place(startsInside ? high : low, isWhole)
    while (inside - outside).magnitude > 1 {
      let middle = inside + (outside - inside) / 2
      if takes(row, text(value(middle, isWhole))) { inside = middle } else { outside = middle }
    }
    return value(inside, isWhole)
  }

  /// The index of a number in the order of all numbers of its kind.
  private static func place(_ value: Double, _ isWhole: Bool) -> Int {
    if isWhole { return Int(min(max(-0x1p62, value), 0x1p62)) }
    let place = Int(bitPattern: UInt(value.magnitude.bitPattern))
    return value < 0 ? -place : place
  }

  private static func value(_ place: Int, _ isWhole: Bool) -> Double {
    if isWhole { return Double(place) }
    let magnitude = Double(bitPattern: UInt64(place.magnitude))
    return place < 0 ? -magnitude : magnitude
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 0x1p53 ? "\(Int(value))" : "\(value)"
  }

  private static func takes(_ row: ParameterDefinition, _ text: String) -> Bool {
    var settings = Settings()
    do {
      try row.set(text, &settings)
      return true
    } catch {
      return false
    }
  }
}
