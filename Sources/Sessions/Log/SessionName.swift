import CLibrary

/// The names of autosaves: date, data, machine, process.
enum SessionName {
  /// The name of this machine, in the letters that a name may have.
  static var host: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
    let bytes = buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    return plain(String(decoding: bytes, as: UTF8.self), else: "unknown")
  }

  /// The name without its end.
  static func stem(dataName: String, now: Int) -> String {
    "\(date(now))-\(plain(dataName, else: "data"))@\(host)+\(getpid())"
  }

  /// The time in this place, as `20260131-235959`.
  private static func date(_ now: Int) -> String {
    var seconds = time_t(now)
    var parts = tm()
    localtime_r(&seconds, &parts)
    func digits(_ number: Int32, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return digits(parts.tm_year + 1900, 4) + digits(parts.tm_mon + 1, 2)
      + digits(parts.tm_mday, 2) + "-" + digits(parts.tm_hour, 2) + digits(parts.tm_min, 2)
      + digits(parts.tm_sec, 2)
  }

  /// A name of letters, digits, points and hyphens, not longer than 40.
  private static func plain(_ name: String, else standard: String) -> String {
    let plain = name.unicodeScalars.prefix(40).map { scalar in
      let isPlain =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains(scalar))
      return isPlain ? Character(scalar) : "_"
    }
    return plain.isEmpty ? standard : String(plain)
  }
}
