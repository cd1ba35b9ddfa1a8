/// Dates and times of day, as tables have them.
///
/// They are recognised to be named, and never read: whether the days since the first one matter, or
/// the month, or the day of the week, is for the person to say.
enum DateText {
  /// The remedy.
  static let remedy =
    "write numbers in their place, as the days since the first one, or columns of year and month"

  /// Whether a text is a date, a month or a time, such as `2024-01-31`, `31.1.2024 12:05`,
  /// `2024-01` or `12:05:30`.
  static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (4...40).contains(bytes.count), let first = bytes.first, isDigit(first) else {
      return false
    }
    let day = bytes.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "T") }
    let time = bytes[day.endIndex...].dropFirst()
    if day.contains(UInt8(ascii: ":")) { return time.isEmpty && isTime(day) }
    return isDay(day) && (time.isEmpty || isTime(time))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...4).contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private static func isDay(_ bytes: ArraySlice<UInt8>) -> Bool {
    for mark in "-/.".utf8 {
      let parts = bytes.split(separator: mark, omittingEmptySubsequences: false)
      guard parts.count == 3 || (parts.count == 2 && mark != UInt8(ascii: ".")) else { continue }
      let numbers = parts.compactMap(number)
      guard numbers.count == parts.count else { return false }
      let years = parts.indices.filter { parts[$0].count == 4 }
      guard years == [0] || years == [parts.count - 1] else { return false }
      let others = parts.indices.filter { !years.contains($0) }.map { numbers[$0] }
      // Which of two is the month differs between countries.
      return others.allSatisfy { (1...31).contains($0) } && others.contains { $0 <= 12 }
    }
    return false
  }

  /// Hours, minutes and perhaps seconds, with a zone or a half of the day behind them.
  private static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
    let end = bytes.firstIndex { !isDigit($0) && $0 != UInt8(ascii: ":") } ?? bytes.endIndex
    let parts = bytes[..<end].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let numbers = parts.compactMap(number)
    let rest = bytes[end...]
    let marks = " .,+-:ZAPM".utf8
    return (2...3).contains(parts.count) && numbers.count == parts.count && numbers[0] < 24
      && numbers.dropFirst().allSatisfy { $0 < 61 }
      && parts.dropFirst().allSatisfy { $0.count == 2 }
      && rest.allSatisfy { isDigit($0) || marks.contains($0) }
  }
}
