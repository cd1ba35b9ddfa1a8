/// Reads and writes parameters as text.
///
/// The whole text must be the value.
package enum ParameterText {
  /// A plain decimal number; no infinity, no NaN, no hexadecimal.
  package static func number(_ text: String) -> Double? {
    let allowed = text.utf8.allSatisfy {
      (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0)
    }
    guard allowed, let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// Whether a whole number is written with a zero in front.
  package static func hasNeedlessZero(_ text: String) -> Bool {
    text.count > 1 && text.hasPrefix("0") && text.allSatisfy { ("0"..."9").contains($0) }
  }

  /// A number with a decimal comma, written with a point; nil for any other text.
  package static func withDecimalPoint(_ text: String) -> String? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
      parts[1].allSatisfy({ ("0"..."9").contains($0) })
    else { return nil }
    let point = "\(parts[0]).\(parts[1])"
    return number(point) == nil ? nil : point
  }

  /// Whether two numbers between a comma may as well be one below 1 with a decimal comma.
  package static func isDoubtfulList(_ text: String) -> Bool {
    text.hasPrefix("0,") && text.count > 2
      && text.dropFirst(2).allSatisfy { ("0"..."9").contains($0) }
      && !hasNeedlessZero(String(text.dropFirst(2)))
  }

  /// A list of numbers that is no number with a decimal comma.
  package static func clearList(_ text: String) -> String {
    isDoubtfulList(text) ? "0.0" + text.dropFirst() : text
  }

  /// A number as text: the shortest form that reads back as the same bits, without `.0`.
  package static func text(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The parts between commas, without blanks around them.
  package static func list(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let trimmed = part.drop { $0 == " " }
      return String(trimmed.reversed().drop { $0 == " " }.reversed())
    }
  }
}

/// The similarity of two names.
public enum NameDistance {
  /// The candidate closest to `name`; nil where none is close enough to be meant.
  public static func nearest(to name: String, in candidates: [String]) -> String? {
    if let same = candidates.first(where: { $0.lowercased() == name.lowercased() }) { return same }
    let mostMistakes = { (candidate: String) in max(1, min(name.count, candidate.count) / 3) }
    let isBegun = { (candidate: String) in !name.isEmpty && candidate.hasPrefix(name) }
    // Two names are at least as far from each other as their lengths.
    let ranked = candidates.filter {
      isBegun($0) || abs($0.count - name.count) <= mostMistakes($0)
    }.map { (distance(name, $0), $0) }.min { $0.0 < $1.0 }
    guard let (distance, candidate) = ranked else { return nil }
    return isBegun(candidate) || distance <= mostMistakes(candidate) ? candidate : nil
  }

  /// The number of insertions, deletions, substitutions and swaps of neighbours between two names.
  ///
  /// > Source: Damerau 1964, A Technique for Computer Detection and Correction of Spelling Errors.
  static func distance(_ first: String, _ second: String) -> Int {
    let a = Array(first.unicodeScalars)
    let b = Array(second.unicodeScalars)
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
