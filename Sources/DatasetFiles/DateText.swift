import DropoutEngine

/// Dates and times of day, as tables have them.
///
/// They are recognised to be named, and never read: whether the days since the first one matter, or
/// the month, or the day of the week, is for the person to say.
enum DateText {
  /// A day, with or without a time.
  case date
  /// A time of day alone.
  case time

  /// The kind of a text such as `2024-01-31`, `31.1.2024 12:05`, `2024-01` or `12:05:30`; nil for
  /// any other text.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard (4...40).contains(bytes.count), let first = bytes.first, DateText.isDigit(first) else {
      return nil
    }
    let day = bytes.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "T") }
    let time = bytes[day.endIndex...].dropFirst()
    if day.contains(UInt8(ascii: ":")) {
      guard time.isEmpty, DateText.isTime(day) else { return nil }
      self = .time
    } else {
      guard DateText.isDay(day), time.isEmpty || DateText.isTime(time) else { return nil }
      self = .date
    }
  }

  /// The kind in words.
  var name: String {
    switch self {
    case .date: "date"
    case .time: "time of day"
    }
  }

  /// The kind in words, of several.
  private var plural: String {
    switch self {
    case .date: "dates"
    case .time: "times of day"
    }
  }

  /// The remedy.
  var remedy: String {
    switch self {
    case .date:
      "write numbers in their place, as the days since the first one, or columns of year and month"
    case .time: "write numbers in their place, as the minutes since midnight"
    }
  }

  /// The contents of a column of dates, one of which is given, with the remedy.
  static func holding(_ text: String, line: Int? = nil) -> String {
    let kind = DateText(text) ?? .date
    return "holds \(kind.plural), as '\(ForeignText.shown(text, limit: 40))'"
      + (line.map { " in line \($0)" } ?? "") + "; \(kind.remedy)"
  }

  /// The classes that dates are, with the remedy.
  static func classes(_ text: String) -> String {
    let kind = DateText(text) ?? .date
    return "\(kind.plural)); where a number is meant, \(kind.remedy)"
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
